import { type Contest, supportedOf } from '../contest.ts'
import { compareRationals, type Rational } from '../rational.ts'
import type { TieMet } from '../ties.ts'
import type { Electorate } from './electorate.ts'
import type { Price } from './ledger.ts'
import { boundPrice, exactPrice, priceOf, rateOf, type Utility } from './price.ts'
import { Purses } from './purses.ts'

/** A project bought by its supporters. */
export interface Purchase {
  readonly project: number
  /** What a supporter pays per point, unless all he holds is less. @unit the election's units */
  readonly price: Rational
}

/** Plain Equal Shares at one endowment. */
export interface EqualSharesRun {
  readonly endowment: Rational
  /** Free projects with support, which nobody has to pay for. */
  readonly free: readonly number[]
  readonly purchases: readonly Purchase[]
  readonly ties: readonly TieMet[]
}

/** What a round buys, with the marks of those who give all they hold. */
export interface Winner {
  readonly project: number
  readonly rate: Rational
  readonly price: Price
  readonly isPoor: Uint8Array
}

/** Looks on while a run goes. */
export interface Onlooker {
  beforePurchase(purses: Purses, winner: Winner): void
  afterPurchase(purses: Purses): void
  /** When nobody can buy anything more. */
  atEnd(purses: Purses): void
}

interface Candidate {
  readonly project: number
  readonly cost: number
  /** Lower bound of its price, from the last look. */
  low: number
  rateLow: number
  rateHigh: number
}

// Two roundings of at most 2^-53 each lie between a whole number over another and its bound.
const [BELOW, ABOVE] = [1 - 2 * Number.EPSILON, 1 + 2 * Number.EPSILON]

/** One run of Equal Shares from full purses: buys, again and again, what its supporters get at the best rate. */
class Run {
  readonly #contest: Contest
  readonly #utility: Utility
  readonly #purses: Purses
  readonly #onlooker: Onlooker | undefined
  readonly #endowment: Rational
  readonly #isPoor: Uint8Array
  readonly #bought = new Set<number>()
  readonly #purchases: Purchase[] = []
  readonly #ties: TieMet[] = []
  #candidates: Candidate[]

  constructor(contest: Contest, electorate: Electorate, utility: Utility, endowment: Rational, onlooker?: Onlooker) {
    this.#contest = contest
    this.#utility = utility
    this.#endowment = endowment
    this.#purses = new Purses(electorate, endowment)
    this.#onlooker = onlooker
    this.#isPoor = new Uint8Array(electorate.weights.length)
    this.#candidates = supportedOf(contest).map((project) => {
      return { project, cost: contest.costs[project] as number, low: 0, rateLow: 0, rateHigh: 0 }
    })
  }

  /** Runs to the end. */
  finish(): EqualSharesRun {
    const free = this.#takeFree()
    for (let winner = this.#findWinner(); winner !== null; winner = this.#findWinner()) this.#buy(winner)
    this.#onlooker?.atEnd(this.#purses)
    return { endowment: this.#endowment, free, purchases: this.#purchases, ties: this.#ties }
  }

  /** Takes a project and leaves it and what it excludes out from now on. */
  #take(project: number): void {
    this.#bought.add(project)
    const isOut = (other: number) => other === project || this.#contest.rivals[project]?.includes(other)
    this.#candidates = this.#candidates.filter((candidate) => !isOut(candidate.project))
  }

  #takeFree(): number[] {
    const { ties } = this.#contest
    const free = this.#candidates.filter(({ cost }) => cost === 0).sort((a, b) => ties.compare(a.project, b.project))
    for (const candidate of free) if (this.#candidates.includes(candidate)) this.#take(candidate.project)
    return free.map(({ project }) => project).filter((project) => this.#bought.has(project))
  }

  #buy({ project, cost }: Candidate): void {
    const purses = this.#purses
    const price = exactPrice(purses, { project, cost }, 0, this.#isPoor) as Price
    this.#purchases.push({ project, price: priceOf(purses, price) })
    this.#onlooker?.beforePurchase(purses, { project, rate: rateOf(purses, price, cost, this.#utility), price, isPoor: this.#isPoor })
    purses.pay(project, price, this.#isPoor)
    this.#onlooker?.afterPurchase(purses)
    this.#take(project)
  }

  /** Looks at a candidate anew; answers whether it may still be affordable. */
  #look(candidate: Candidate): boolean {
    const bounds = boundPrice(this.#purses, candidate, candidate.low)
    if (bounds.isShort) return false
    const by = this.#utility === 'cost' ? candidate.cost : 1
    candidate.low = bounds.low
    candidate.rateLow = (bounds.low / by) * BELOW
    candidate.rateHigh = (bounds.high / by) * ABOVE
    return true
  }

  /**
   * The candidate with the best rate. Rates never fall during a run, so that those whose last known rate is worse than the
   * best one found need not be looked at.
   */
  #findWinner(): Candidate | null {
    this.#candidates.sort((a, b) => a.rateLow - b.rateLow)
    const short = new Set<Candidate>()
    let best = Number.POSITIVE_INFINITY
    for (const candidate of this.#candidates) {
      if (candidate.rateLow > best) break
      if (this.#look(candidate)) best = Math.min(best, candidate.rateHigh)
      else short.add(candidate)
    }
    if (short.size > 0) this.#candidates = this.#candidates.filter((candidate) => !short.has(candidate))
    const contenders = this.#candidates.filter(({ rateLow }) => rateLow <= best)
    const [only] = contenders
    return only !== undefined && contenders.length === 1 && best < Number.POSITIVE_INFINITY ? only : this.#compareExactly(contenders)
  }

  #compareExactly(contenders: readonly Candidate[]): Candidate | null {
    let best: Rational | null = null
    let equal: Candidate[] = []
    for (const candidate of contenders) {
      const price = exactPrice(this.#purses, candidate, candidate.low, this.#isPoor)
      if (price === null) continue
      const rate = rateOf(this.#purses, price, candidate.cost, this.#utility)
      const difference = best === null ? -1 : compareRationals(rate, best)
      if (difference < 0) [best, equal] = [rate, [candidate]]
      else if (difference === 0) equal.push(candidate)
    }
    equal.sort((a, b) => this.#contest.ties.compare(a.project, b.project))
    if (equal.length > 1) {
      const projects = equal.map(({ project }) => project)
      this.#ties.push({
        fromRun: 0,
        toRun: 0,
        step: this.#purchases.length + 1,
        projects,
        criterion: this.#contest.ties.decidingFirst(projects),
      })
    }
    return equal[0] ?? null
  }
}

/**
 * The Method of Equal Shares at one endowment per ballot, with nothing added.
 * @source Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021
 */
export function runEqualShares(
  contest: Contest,
  electorate: Electorate,
  utility: Utility,
  endowment: Rational,
  onlooker?: Onlooker,
): EqualSharesRun {
  return new Run(contest, electorate, utility, endowment, onlooker).finish()
}
