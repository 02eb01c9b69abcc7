import type { Rational } from '../rational.ts'
import type { Price } from './ledger.ts'
import type { Purses } from './purses.ts'

/**
 * The price x of a project is what each supporter pays per point, or all they hold where that is less:
 * the smallest x with Σ min(held, x · points) = cost. Utility decides only how prices of different projects compare.
 */
export interface Offer {
  readonly project: number
  readonly cost: number
}

/** Bounds of a price in 2^-bits units. `high` is infinite where it is open whether the supporters can pay at all. */
export interface PriceBounds {
  readonly isShort: boolean
  readonly low: number
  readonly high: number
}

interface Split {
  /** What those hold by floor who hold less than they would pay, and how many people they are. */
  readonly paid: number
  readonly poor: number
  /** Points of the others. */
  readonly points: number
}

/** Parts the supporters at a price per point: who holds less by floor gives all, the others pay by the point. */
function splitAt({ electorate, floors }: Purses, { project }: Offer, price: number): Split {
  const { from, supporters, points: given, weights } = electorate
  let [paid, poor, points] = [0, 0, 0]
  const end = from[project + 1] as number
  for (let slot = from[project] as number; slot < end; slot += 1) {
    const ballot = supporters[slot] as number
    const floor = floors[ballot] as number
    const weight = weights[ballot] as number
    const each = given[slot] as number
    if (floor < price * each) {
      paid += floor * weight
      poor += weight
    } else points += each * weight
  }
  return { paid, poor, points }
}

/**
 * Bounds a price by whole numbers alone. `known` is a lower bound found earlier in the run: prices never fall.
 *
 * Low: for any split, cost = Σ min(held, x · points) ≤ Σ held of the one part + x · points of the other.
 * High: at the threshold where the split stands still, the floors alone pay the cost. Thresholds only rise, so each pass
 * moves somebody or is the last.
 */
export function boundPrice(purses: Purses, offer: Offer, known: number): PriceBounds {
  const cost = offer.cost * 2 ** purses.bits
  const [costFloor, costCeiling] = [Math.floor(cost), Math.ceil(cost)]
  let [low, high, before] = [known, known, -1]
  for (;;) {
    const { paid, poor, points } = splitAt(purses, offer, high)
    if (points === 0) return { isShort: paid + poor * purses.slack < costFloor, low, high: Number.POSITIVE_INFINITY }
    // A quotient of two whole numbers below 2^53 is off by less than one.
    low = Math.max(low, Math.floor((costFloor - paid - poor * purses.slack) / points) - 1)
    if (points === before) return { isShort: false, low, high }
    before = points
    high = Math.max(high, Math.ceil((costCeiling - paid) / points) + 1)
  }
}

/** Marks of the last exact price: who gives all they hold. */
export type PoorMarks = Uint8Array

interface Doubt {
  readonly ballot: number
  readonly points: number
  readonly count: number
}

/**
 * The exact price of a project, and in `isPoor` who gives all they hold; null when its supporters cannot pay.
 * Bounds settle all but the few whose purse is as good as equal to what they would pay; those are compared exactly.
 */
export function exactPrice(purses: Purses, offer: Offer, known: number, isPoor: PoorMarks): Price | null {
  const { isShort, low, high } = boundPrice(purses, offer, known)
  if (isShort || (high === Number.POSITIVE_INFINITY && !canPay(purses, offer))) return null
  const { doubts, points } = sortOut(purses, offer, low, high, isPoor)
  return settle(purses, offer, doubts, points, isPoor)
}

function canPay(purses: Purses, { project, cost }: Offer): boolean {
  return purses.behind(project) >= BigInt(cost) * purses.ledger.denominator
}

/** Puts the surely poor into the sum of the purses and answers whom the bounds leave in doubt, and the points of all others. */
function sortOut(purses: Purses, offer: Offer, low: number, high: number, isPoor: PoorMarks): { doubts: Doubt[]; points: number } {
  const { electorate, floors, isEmpty, slack } = purses
  const { from, supporters, points: given, weights } = electorate
  const doubts: Doubt[] = []
  let points = 0
  purses.clearSum()
  for (let slot = from[offer.project] as number; slot < (from[offer.project + 1] as number); slot += 1) {
    const ballot = supporters[slot] as number
    const [floor, each] = [floors[ballot] as number, given[slot] as number]
    isPoor[ballot] = Number(isEmpty[ballot] || floor + slack < low * each)
    if (isEmpty[ballot]) continue
    if (isPoor[ballot]) purses.addToSum(ballot)
    else {
      const count = weights[ballot] as number
      points += each * count
      if (floor < high * each) doubts.push({ ballot, points: each, count })
    }
  }
  return { doubts, points }
}

/** Moves those in doubt to the poor as long as one holds less than he would pay; whom it hits exactly pays by the point. */
function settle(purses: Purses, { cost }: Offer, doubts: readonly Doubt[], allPoints: number, isPoor: PoorMarks): Price {
  const { ledger } = purses
  let [open, points] = [doubts, allPoints]
  for (;;) {
    const numerator = BigInt(cost) * ledger.denominator - purses.sum()
    const short = open.filter((doubt) => purses.held(doubt.ballot) * BigInt(points) < numerator * BigInt(doubt.points))
    if (short.length === 0) return { numerator, points }
    for (const { ballot, points: each, count } of short) {
      purses.addToSum(ballot)
      isPoor[ballot] = 1
      points -= each * count
    }
    open = open.filter((doubt) => !short.includes(doubt))
  }
}

/** A price as a fraction of the election's units. */
export function priceOf({ ledger }: Purses, { numerator, points }: Price): Rational {
  return { numerator, denominator: ledger.denominator * BigInt(points) }
}

/** By what projects compete: price per krone of cost (points count as often as the project costs), or price alone. */
export type Utility = 'cost' | 'card'

/** What the rule compares, the smallest first: ρ, exactly. */
export function rateOf(purses: Purses, price: Price, cost: number, utility: Utility): Rational {
  const { numerator, denominator } = priceOf(purses, price)
  return { numerator, denominator: utility === 'cost' ? denominator * BigInt(cost) : denominator }
}
