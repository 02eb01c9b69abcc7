import { type Contest, idAt } from '../contest.ts'
import { compareRationals, differenceOf, type Rational, roundRational } from '../rational.ts'
import type { EqualSharesRound, SpentElsewhere, Standing } from '../transcript.ts'
import { exactPrice, priceOf } from './price.ts'
import type { Purses } from './purses.ts'
import type { Onlooker, Winner } from './run.ts'

const DECIMALS = 6

/** What a run looked like for a project that it did not buy. */
export interface LoserView {
  readonly moneyAtStart: number
  readonly moneyLeft: number
  /** What the cost exceeds that by. */
  readonly missing: number
  readonly spentOn: readonly SpentElsewhere[]
}

/** A project that is not bought so far. */
interface Watched {
  readonly project: number
  /** What its supporters hold, exactly, at the last look. */
  money: Rational
  readonly moneyAtStart: number
  readonly spentOn: SpentElsewhere[]
}

/** A watched project before the purchase of a round. */
interface Seen {
  readonly watched: Watched
  readonly effectiveVotes: number | null
  readonly supporterPays: number | null
  /** Its supporters' ballots that pay in this round. */
  readonly ballots: number
}

interface OpenRound {
  readonly record: Omit<EqualSharesRound, 'standings'>
  readonly seen: readonly Seen[]
}

/** Writes down a run: every round as people read it, and for each loser where its supporters' money went and what was missing. */
export class Chronicle implements Onlooker {
  readonly rounds: EqualSharesRound[] = []
  readonly #contest: Contest
  readonly #isPoor: Uint8Array
  readonly #paysNow: Uint8Array
  #watched: Watched[] | null = null
  #open: OpenRound | null = null

  constructor(contest: Contest, distinctBallots: number) {
    this.#contest = contest
    this.#isPoor = new Uint8Array(distinctBallots)
    this.#paysNow = new Uint8Array(distinctBallots)
  }

  /** What became of every project that costs something and was not bought. */
  losers(): ReadonlyMap<number, LoserView> {
    return new Map(
      (this.#watched ?? []).map(({ project, money, moneyAtStart, spentOn }) => {
        const cost = { numerator: BigInt(this.#contest.costs[project] as number), denominator: 1n }
        const missing = compareRationals(cost, money) > 0 ? this.#inCurrency(differenceOf(cost, money)) : 0
        const spentMostFirst = spentOn.toSorted((a, b) => b.amount - a.amount)
        return [project, { moneyAtStart, moneyLeft: this.#inCurrency(money), missing, spentOn: spentMostFirst }]
      }),
    )
  }

  beforePurchase(purses: Purses, winner: Winner): void {
    const watched = this.#watchedFrom(purses)
    const payers = this.#markPayers(purses, winner)
    const cost = this.#contest.costs[winner.project] as number
    const record = {
      round: this.rounds.length + 1,
      projectId: idAt(this.#contest.election, winner.project),
      cost: cost / this.#contest.election.unitsPerCurrency,
      ...this.#readable(priceOf(purses, winner.price), cost),
      ...payers,
    }
    const losers = watched.filter(({ project }) => project !== winner.project)
    this.#open = { record, seen: losers.map((each) => this.#see(purses, each)) }
  }

  afterPurchase(purses: Purses): void {
    const { record, seen } = this.#open as OpenRound
    const standings = seen.map(({ watched, effectiveVotes, supporterPays, ballots }): Standing => {
      const before = watched.money
      watched.money = { numerator: purses.behind(watched.project), denominator: purses.ledger.denominator }
      const spent = differenceOf(before, watched.money)
      if (spent.numerator > 0n) watched.spentOn.push({ projectId: record.projectId, amount: this.#inCurrency(spent), ballots })
      const projectId = idAt(this.#contest.election, watched.project)
      return { projectId, effectiveVotes, supporterPays, moneyLeft: this.#inCurrency(watched.money) }
    })
    this.rounds.push({ ...record, standings })
    this.#watched = seen.map(({ watched }) => watched)
  }

  /** A run that buys nothing is looked at here for the first time. */
  atEnd(purses: Purses): void {
    this.#watchedFrom(purses)
  }

  #inCurrency({ numerator, denominator }: Rational): number {
    return roundRational({ numerator, denominator: denominator * BigInt(this.#contest.election.unitsPerCurrency) }, DECIMALS)
  }

  #readable(price: Rational, cost: number): { effectiveVotes: number; supporterPays: number } {
    const votes = { numerator: BigInt(cost) * price.denominator, denominator: price.numerator }
    return { effectiveVotes: roundRational(votes, DECIMALS), supporterPays: this.#inCurrency(price) }
  }

  /** The watched projects; at the first call all that cost something. */
  #watchedFrom(purses: Purses): Watched[] {
    this.#watched ??= this.#contest.costs.flatMap((cost, project): Watched[] => {
      if (cost === 0) return []
      const money = { numerator: purses.behind(project), denominator: purses.ledger.denominator }
      return [{ project, money, moneyAtStart: this.#inCurrency(money), spentOn: [] }]
    })
    return this.#watched
  }

  /** Marks the ballots that pay in this round and counts them. */
  #markPayers({ electorate, isEmpty }: Purses, { project, isPoor }: Winner): { payers: number; payersOfAll: number } {
    const { from, supporters, weights } = electorate
    this.#paysNow.fill(0)
    let [payers, payersOfAll] = [0, 0]
    for (let slot = from[project] as number; slot < (from[project + 1] as number); slot += 1) {
      const ballot = supporters[slot] as number
      if (isEmpty[ballot]) continue
      this.#paysNow[ballot] = 1
      payers += weights[ballot] as number
      if (isPoor[ballot]) payersOfAll += weights[ballot] as number
    }
    return { payers, payersOfAll }
  }

  #see(purses: Purses, watched: Watched): Seen {
    const { project } = watched
    const { from, supporters, weights } = purses.electorate
    let ballots = 0
    for (let slot = from[project] as number; slot < (from[project + 1] as number); slot += 1) {
      const ballot = supporters[slot] as number
      if (this.#paysNow[ballot]) ballots += weights[ballot] as number
    }
    const cost = this.#contest.costs[project] as number
    const price = exactPrice(purses, { project, cost }, 0, this.#isPoor)
    const readable = price === null ? { effectiveVotes: null, supporterPays: null } : this.#readable(priceOf(purses, price), cost)
    return { watched, ...readable, ballots }
  }
}
