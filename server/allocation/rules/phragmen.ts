import { admittedOf, type Contest, excluderOf } from './contest.ts'
import type { Rational } from './rational.ts'
import type { TieMet } from './ties.ts'

export interface PhragmenPurchase {
  readonly project: number
  /** When its approvers have earned its cost, each at one unit per time. */
  readonly time: Rational
  readonly leftAfter: number
}

export interface PhragmenRun {
  readonly purchases: readonly PhragmenPurchase[]
  readonly ties: readonly TieMet[]
  /** Projects whose turn it was, or that were tied for it, and that did not fit. */
  readonly misfits: readonly number[]
}

/** At a project that does not fit: stop, as published, or leave it out and go on. */
export type PhragmenMisfit = 'stop' | 'skip'

/** How many people approve each project, and since which purchase they have been earning: turn t in row t + 1, never in row 0. */
class Approvers {
  readonly numbers: readonly number[]
  readonly #since: readonly Float64Array[]
  readonly #lastTurn: Int32Array
  readonly #contest: Contest

  constructor(contest: Contest) {
    const { ballots, projects } = contest.election
    this.#contest = contest
    this.#lastTurn = new Int32Array(ballots.length).fill(-1)
    this.#since = projects.map(() => new Float64Array(projects.length + 1))
    for (const ballot of ballots) for (const project of ballot.projects) this.#move(project, -1, 0, ballot.count)
    this.numbers = this.#since.map((row) => row[0] as number)
  }

  #move(project: number, from: number, to: number, count: number): void {
    const row = this.#since[project] as Float64Array
    if (from >= 0) row[from] = (row[from] as number) - count
    row[to] = (row[to] as number) + count
  }

  /** Loads of all approvers together, given the times of the purchases. */
  loadOf(project: number, times: readonly bigint[]): bigint {
    let load = 0n
    for (const [turn, time] of times.entries()) {
      const count = this.#since[project]?.[turn + 1] as number
      if (count !== 0) load += BigInt(count) * time
    }
    return load
  }

  /** Lets the approvers of a project begin anew with a purchase. */
  restart(bought: number, turn: number): void {
    for (const [b, ballot] of this.#contest.election.ballots.entries()) {
      if (!ballot.projects.includes(bought)) continue
      for (const project of ballot.projects) this.#move(project, (this.#lastTurn[b] as number) + 1, turn + 1, ballot.count)
      this.#lastTurn[b] = turn
    }
  }
}

/** One step: who is first to be paid for, exactly tied, and the time over the common denominator times the approvers. */
function firstPaid(contest: Contest, approvers: Approvers, candidates: readonly number[], times: readonly bigint[], denominator: bigint) {
  let best: { tied: number[]; numerator: bigint; count: bigint } | null = null
  for (const project of candidates) {
    const numerator = BigInt(contest.costs[project] as number) * denominator + approvers.loadOf(project, times)
    const count = BigInt(approvers.numbers[project] as number)
    const difference = best === null ? -1n : numerator * best.count - best.numerator * count
    if (difference < 0n) best = { tied: [project], numerator, count }
    else if (difference === 0n) best?.tied.push(project)
  }
  return best
}

/**
 * Sequential Phragmén on approval sets: approvers of a project earn at the same rate and buy it when they hold its cost.
 * Times are kept as whole numbers over one denominator.
 * @source Los, Christoff, Grossi: Proportional Budget Allocations, IJCAI 2022
 */
export function runPhragmen(contest: Contest, onMisfit: PhragmenMisfit): PhragmenRun {
  const approvers = new Approvers(contest)
  let candidates = admittedOf(contest).filter((project) => (approvers.numbers[project] as number) > 0)
  let [denominator, left] = [1n, contest.budget]
  let times: bigint[] = []
  const [purchases, ties, misfits]: [PhragmenPurchase[], TieMet[], number[]] = [[], [], []]
  for (;;) {
    const first = firstPaid(contest, approvers, candidates, times, denominator)
    if (first === null) return { purchases, ties, misfits }
    const tied = first.tied.sort(contest.ties.compare.bind(contest.ties))
    if (tied.length > 1)
      ties.push({ fromRun: 0, toRun: 0, step: purchases.length + 1, projects: tied, criterion: contest.ties.decidingFirst(tied) })
    const dear = tied.filter((project) => (contest.costs[project] as number) > left)
    misfits.push(...dear)
    if (dear.length > 0 && onMisfit === 'stop') return { purchases, ties, misfits }
    candidates = candidates.filter((project) => !dear.includes(project))
    const winner = tied.find((project) => !dear.includes(project))
    if (winner === undefined) continue
    approvers.restart(winner, times.length)
    times = [...times.map((time) => time * first.count), first.numerator]
    denominator *= first.count
    left -= contest.costs[winner] as number
    purchases.push({ project: winner, time: { numerator: first.numerator, denominator }, leftAfter: left })
    candidates = candidates.filter((project) => project !== winner && excluderOf(contest, project, (other) => other === winner) === null)
  }
}
