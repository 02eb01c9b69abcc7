import { type Contest, excluderOf, isAdmitted, withChange } from './contest.ts'
import { largestWhere, smallestWhere } from './search.ts'
import type { TieMet } from './ties.ts'

/** By what the walk goes: votes, or votes per krone ("cardinality utility" in the literature). */
export type WalkMeasure = 'votes' | 'votes-per-cost'

/** What happens at the first project that does not fit: go on, stop, or stop after topping it up when 80 % of it is left. */
export type OnMisfit = 'skip' | 'stop' | 'top-up'

export interface WalkRule {
  readonly measure: WalkMeasure
  readonly onMisfit: OnMisfit
}

export type Verdict =
  | { readonly kind: 'funded' }
  | { readonly kind: 'did-not-fit' }
  | { readonly kind: 'after-stop'; readonly stoppedBy: number }
  | { readonly kind: 'excluded'; readonly by: number }
  | { readonly kind: 'topped-up'; readonly otherMoney: number }

export interface WalkRow {
  readonly project: number
  readonly leftBefore: number
  readonly leftAfter: number
  readonly verdict: Verdict
}

export interface Walk {
  readonly rows: readonly WalkRow[]
  readonly ties: readonly TieMet[]
}

/** Where a walk begins: with the whole pool, or with what another rule left. */
export interface WalkStart {
  readonly left: number
  readonly funded: readonly number[]
}

const TOP_UP_FROM_PERCENT = 80

/** Which of two projects has the better measure (< 0: the first). Exact: fractions are compared by cross-multiplication. */
function compareMeasure({ costs, scores }: Contest, measure: WalkMeasure, a: number, b: number): number {
  const [scoreA, scoreB] = [scores[a] as number, scores[b] as number]
  if (measure === 'votes') return scoreB - scoreA
  const [costA, costB] = [costs[a] as number, costs[b] as number]
  // What costs nothing comes first; nothing can be better value.
  if (costA === 0 || costB === 0) return Number(costA !== 0) - Number(costB !== 0)
  const difference = BigInt(scoreB) * BigInt(costA) - BigInt(scoreA) * BigInt(costB)
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** Projects in the order in which the walk meets them. */
function sortByMeasure(contest: Contest, projects: readonly number[], measure: WalkMeasure): number[] {
  return projects.toSorted((a, b) => compareMeasure(contest, measure, a, b) || contest.ties.compare(a, b))
}

function tiesAmong(contest: Contest, order: readonly number[], measure: WalkMeasure): TieMet[] {
  const met: TieMet[] = []
  for (let first = 0; first < order.length; ) {
    const end = order.findIndex((project, at) => at > first && compareMeasure(contest, measure, order[first] as number, project) !== 0)
    const projects = order.slice(first, end === -1 ? undefined : end)
    if (projects.length > 1) met.push({ fromRun: 0, toRun: 0, step: first + 1, projects, criterion: contest.ties.deciding(projects) })
    first += projects.length
  }
  return met
}

function misfit({ onMisfit }: WalkRule, cost: number, left: number): Verdict {
  const isNear = BigInt(left) * 100n >= BigInt(cost) * BigInt(TOP_UP_FROM_PERCENT)
  return onMisfit === 'top-up' && isNear ? { kind: 'topped-up', otherMoney: cost - left } : { kind: 'did-not-fit' }
}

/**
 * Walks some projects from the best measure to the worst and funds what fits into the money left. Without skipping it ends
 * at the first misfit; in the house what is free is funded all the same.
 * @source regulations of Polish cities, as Pabulib sorts them: greedy, greedy-threshold, greedy-no-skip; Poznań's 80 %
 */
export function walk(contest: Contest, projects: readonly number[], rule: WalkRule, start: WalkStart): Walk {
  const order = sortByMeasure(
    contest,
    projects.filter((project) => isAdmitted(contest, project)),
    rule.measure,
  )
  const funded = new Set(start.funded)
  let { left } = start
  let stoppedBy: number | null = null
  const verdictOf = (project: number, cost: number): Verdict => {
    const by = excluderOf(contest, project, (other) => funded.has(other))
    if (by !== null) return { kind: 'excluded', by }
    const isGift = cost === 0 && contest.practice === 'house'
    if (stoppedBy !== null && !isGift) return { kind: 'after-stop', stoppedBy }
    return cost <= left ? { kind: 'funded' } : misfit(rule, cost, left)
  }
  const rows = order.map((project): WalkRow => {
    const cost = contest.costs[project] as number
    const verdict = verdictOf(project, cost)
    const leftBefore = left
    if (verdict.kind === 'funded') left -= cost
    if (verdict.kind === 'topped-up') left = 0
    if (verdict.kind === 'funded' || verdict.kind === 'topped-up') funded.add(project)
    const isMisfit = verdict.kind === 'did-not-fit' || verdict.kind === 'topped-up'
    if (isMisfit && rule.onMisfit !== 'skip') stoppedBy ??= project
    return { project, leftBefore, leftAfter: left, verdict }
  })
  const reached = rows.findLastIndex(({ verdict }) => verdict.kind !== 'after-stop')
  return { rows, ties: tiesAmong(contest, order, rule.measure).filter(({ step }) => step <= reached + 1) }
}

/** Whether a row puts its project among the funded. */
export function isFundedRow({ verdict }: WalkRow): boolean {
  return verdict.kind === 'funded' || verdict.kind === 'topped-up'
}

/** What would have been enough for a loser, all else equal; null where nothing of the kind would have been. */
export interface Enough {
  /** The highest cost with which it would have been funded. @unit the election's units */
  readonly cost: number | null
  /** The fewest additional ballots that name it alone and with which it would have been funded. */
  readonly moreVotes: number | null
}

/**
 * What would have been enough in a walk. Found by walking again: a lower cost or more votes never put a project further
 * back, so that before it less is spent and nothing new excludes it or stops the walk, and bisecting finds the very border.
 * @cost (log₂ cost + log₂ votes) walks
 */
export function enoughInWalk(contest: Contest, projects: readonly number[], rule: WalkRule, start: WalkStart, loser: number): Enough {
  const isFunded = (change: { cost?: number; moreVotes?: number }) =>
    walk(withChange(contest, { project: loser, ...change }), projects, rule, start).rows.some(
      (row) => row.project === loser && isFundedRow(row),
    )
  const cost = contest.costs[loser] as number
  // Per krone the best of the others is outdone by its votes times the cost at the latest.
  const mostVotes = (Math.max(contest.minScore, ...contest.scores) + 1) * (rule.measure === 'votes' ? 1 : Math.max(1, cost))
  return {
    cost: largestWhere(0, cost - 1, (lower) => isFunded({ cost: lower })),
    moreVotes: smallestWhere(1, mostVotes, (moreVotes) => isFunded({ moreVotes })),
  }
}
