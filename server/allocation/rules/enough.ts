import { type Count, type CountOptions, countElection } from './count.ts'
import type { Election } from './election.ts'
import type { Enough } from './greedy.ts'
import type { RuleName } from './ruleNames.ts'

/** So many ballots more are never looked for. */
const MOST_VOTES = 2 ** 20

/** The election with another cost of one project. @unit the election's units */
export function withCost(election: Election, projectId: string, cost: number): Election {
  return { ...election, projects: election.projects.map((project) => (project.id === projectId ? { ...project, cost } : project)) }
}

/** The election with more ballots that name one project alone. */
export function withMoreVotes(election: Election, projectId: string, count: number): Election {
  const place = election.projects.findIndex(({ id }) => id === projectId)
  return { ...election, ballots: [...election.ballots, { projects: [place], points: [1], count }] }
}

/** A border between a value for which something holds and its neighbour for which it does not. */
function borderBetween(holding: number, failing: number, holds: (value: number) => boolean): number {
  let [inside, outside] = [holding, failing]
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2)
    if (holds(middle)) inside = middle
    else outside = middle
  }
  return inside
}

/**
 * What would have been enough for a loser, found by counting again: a cost with which it is funded while one unit more is too
 * dear, and a number of ballots naming it alone with which it is funded while one fewer is not enough. Equal Shares is not
 * monotone in either, so that beyond such a border there may be others; that both sides of it were counted always holds.
 * @cost about 20 counts for the cost and as many for the votes
 */
export function findEnough(election: Election, rule: RuleName, options: CountOptions, projectId: string): Enough {
  const { onProgress: _silent, ...rest } = options
  const isFunded = (changed: Election) => countElection(changed, rule, { ...rest, withTranscript: false }).selected.includes(projectId)
  const own = election.projects.find(({ id }) => id === projectId)?.cost ?? 0
  const cheaper = (cost: number) => isFunded(withCost(election, projectId, cost))
  const stronger = (votes: number) => isFunded(withMoreVotes(election, projectId, votes))
  const cost = cheaper(0) ? borderBetween(0, own, cheaper) / election.unitsPerCurrency : null
  if (own > election.budget) return { cost, moreVotes: null }
  let votes = 1
  while (votes < MOST_VOTES && !stronger(votes)) votes *= 2
  return { cost, moreVotes: votes < MOST_VOTES ? borderBetween(votes, Math.floor(votes / 2), stronger) : null }
}

/** The count with what would have been enough for every loser, told after each; a transcript is needed. */
export function addEnough(election: Election, options: CountOptions, count: Count, onProgress?: (done: number, of: number) => void): Count {
  if (count.transcript === null) return count
  const open = count.transcript.projects.filter(({ award, enough }) => award === null && enough === null).length
  let done = 0
  const projects = count.transcript.projects.map((outcome) => {
    if (outcome.award !== null || outcome.enough !== null) return outcome
    const enough = findEnough(election, count.rule, options, outcome.projectId)
    done += 1
    onProgress?.(done, open)
    return { ...outcome, enough }
  })
  return { ...count, transcript: { ...count.transcript, projects } }
}
