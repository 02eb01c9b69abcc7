import type { Rational } from '../rational.ts'
import type { Electorate } from './electorate.ts'
import { Ledger, type Price } from './ledger.ts'

/**
 * What every ballot still holds during one run, twice: exactly in the ledger, and from below as whole numbers of 2^-`bits`
 * units, which decide almost every question without a fraction (decision 0016).
 *
 * Held at all times: `floors[b]` ≤ what ballot b holds · 2^bits ≤ `floors[b]` + `slack`; where `isEmpty[b]` it holds nothing.
 */
export class Purses {
  readonly electorate: Electorate
  readonly ledger: Ledger
  readonly bits: number
  readonly floors: Float64Array
  readonly isEmpty: Uint8Array
  /** Number of a project's purchase from 0; -1 while it is not bought. */
  readonly turns: Int32Array
  slack = 1
  readonly #bought: Float64Array
  #endowments = 0

  constructor(electorate: Electorate, endowment: Rational) {
    const people = electorate.weights.reduce((sum, weight) => sum + weight, 0)
    const money = (endowment.numerator * BigInt(people)) / endowment.denominator + 1n
    this.electorate = electorate
    this.ledger = new Ledger(endowment)
    this.bits = electorate.mostBits - money.toString(2).length
    const floor = Number(this.#scaled(endowment.numerator, endowment.denominator))
    this.floors = new Float64Array(electorate.weights.length).fill(floor)
    this.isEmpty = new Uint8Array(electorate.weights.length)
    this.turns = new Int32Array(electorate.totalPoints.length).fill(-1)
    this.#bought = new Float64Array(electorate.totalPoints.length)
  }

  #scaled(numerator: bigint, denominator: bigint): bigint {
    return this.bits >= 0 ? (numerator << BigInt(this.bits)) / denominator : numerator / (denominator << BigInt(-this.bits))
  }

  /** The greatest whole number of 2^-bits not above an amount; at least 2^53 where that is more. */
  floorOf({ numerator, denominator }: Rational): number {
    return Number(this.#scaled(numerator, denominator))
  }

  /** A whole number of 2^-bits above a price, by one at most. */
  ceilingOf({ numerator, points }: Price): number {
    return Number(this.#scaled(numerator, this.ledger.denominator * BigInt(points))) + 1
  }

  /** Begins a sum of purses. */
  clearSum(): void {
    this.#endowments = 0
    this.#bought.fill(0)
  }

  /** Adds the purses of all who cast a ballot to the sum; not for empty ones, whose history is no sum of full payments. */
  addToSum(ballot: number): void {
    const { weights, namedFrom, named, namedPoints } = this.electorate
    const weight = weights[ballot] as number
    this.#endowments += weight
    for (let slot = namedFrom[ballot] as number; slot < (namedFrom[ballot + 1] as number); slot += 1) {
      const turn = this.turns[named[slot] as number] as number
      if (turn >= 0) this.#bought[turn] = (this.#bought[turn] as number) + weight * (namedPoints[slot] as number)
    }
  }

  /** The exact sum. @unit the election's units, times the ledger's denominator */
  sum(): bigint {
    return this.ledger.worth(this.#endowments, this.#bought)
  }

  /** What one person of a ballot holds. @unit the election's units, times the ledger's denominator */
  held(ballot: number): bigint {
    if (this.isEmpty[ballot]) return 0n
    const { namedFrom, named, namedPoints } = this.electorate
    const { endowment, prices } = this.ledger
    let left = endowment
    for (let slot = namedFrom[ballot] as number; slot < (namedFrom[ballot + 1] as number); slot += 1) {
      const turn = this.turns[named[slot] as number] as number
      if (turn >= 0) left -= BigInt(namedPoints[slot] as number) * (prices[turn] as bigint)
    }
    return left
  }

  /** What all supporters of a project hold together. @unit the election's units, times the ledger's denominator */
  behind(project: number): bigint {
    const { from, supporters } = this.electorate
    this.clearSum()
    for (let slot = from[project] as number; slot < (from[project + 1] as number); slot += 1) {
      const ballot = supporters[slot] as number
      if (!this.isEmpty[ballot]) this.addToSum(ballot)
    }
    return this.sum()
  }

  /** Takes the price of a project from its supporters; the poor among them, marked by `isPoor`, give all they hold. */
  pay(project: number, price: Price, isPoor: Uint8Array): void {
    const { from, supporters, points, mostPoints } = this.electorate
    const ceiling = this.ceilingOf(price)
    for (let slot = from[project] as number; slot < (from[project + 1] as number); slot += 1) {
      const ballot = supporters[slot] as number
      if (this.isEmpty[ballot]) continue
      if (isPoor[ballot]) {
        this.isEmpty[ballot] = 1
        this.floors[ballot] = 0
      } else this.floors[ballot] = Math.max(0, (this.floors[ballot] as number) - ceiling * (points[slot] as number))
    }
    this.turns[project] = this.ledger.prices.length
    this.ledger.enter(price)
    this.slack += mostPoints
  }
}
