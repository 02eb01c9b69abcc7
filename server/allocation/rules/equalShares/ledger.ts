import type { Rational } from '../rational.ts'

/** What a point costs in one purchase: `numerator` over `points` times the ledger's denominator at the time. */
export interface Price {
  readonly numerator: bigint
  /** Points of those who pay by the point. */
  readonly points: number
}

/**
 * The exact side of a run. Every amount that occurs is a whole multiple of the endowment less whole multiples of the prices
 * of earlier purchases; they are kept as whole numbers over one common denominator, which grows with each purchase.
 */
export class Ledger {
  endowment: bigint
  denominator: bigint
  readonly prices: bigint[] = []

  constructor({ numerator, denominator }: Rational) {
    this.endowment = numerator
    this.denominator = denominator
  }

  /** So many endowments less the points bought at each price. @unit the election's units, times `denominator` */
  worth(endowments: number, bought: Float64Array): bigint {
    let sum = BigInt(endowments) * this.endowment
    for (const [turn, price] of this.prices.entries()) {
      const points = bought[turn] as number
      if (points !== 0) sum -= BigInt(points) * price
    }
    return sum
  }

  /** Puts down the price of the next purchase and brings everything to the new denominator. */
  enter({ numerator, points }: Price): void {
    const shared = greatestCommonDivisor(points, Number(numerator % BigInt(points)))
    const factor = BigInt(points / shared)
    for (const [turn, price] of this.prices.entries()) this.prices[turn] = price * factor
    this.endowment *= factor
    this.denominator *= factor
    this.prices.push(numerator / BigInt(shared))
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  let [large, small] = [a, b]
  while (small !== 0) [large, small] = [small, large % small]
  return large
}
