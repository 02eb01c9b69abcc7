import { type Contest, excluderOf, isAdmitted } from './contest.ts'
import { walk } from './greedy.ts'

export interface Remainder {
  readonly project: number
  /** The whole of what was left, never more than the cost. @unit the election's units */
  readonly amount: number
}

/**
 * Offers what a rule left to the losers in the order of votes: the first who declared before the vote that so little helps
 * gets all of it, and nobody else anything. Null when nobody did or nothing is left.
 * @source the programme's own practice in 2017 and 2018; eight Amsterdam elections
 */
export function offerRemainder(contest: Contest, funded: ReadonlySet<number>, left: number): Remainder | null {
  if (left === 0) return null
  const losers = contest.costs.map((_cost, project) => project).filter((project) => !funded.has(project) && isAdmitted(contest, project))
  const { rows } = walk(contest, losers, { measure: 'votes', onMisfit: 'skip' }, { left: 0, funded: [...funded] })
  const taker = rows.find(({ project }) => {
    const smallest = contest.election.projects[project]?.smallestUseful ?? null
    return smallest !== null && smallest <= left && excluderOf(contest, project, (other) => funded.has(other)) === null
  })
  return taker === undefined ? null : { project: taker.project, amount: Math.min(left, contest.costs[taker.project] as number) }
}
