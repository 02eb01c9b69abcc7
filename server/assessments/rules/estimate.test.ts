import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Estimate, type EstimateLine, PAYERS } from '../contract.ts'
import { ASSESSMENT_LIMITS } from '../limits.ts'
import { lineDkk, totalsOf } from './estimate.ts'

const LINE: EstimateLine = {
  elementId: null,
  label: 'Bænk',
  unit: 'piece',
  quantity: 1,
  unitPriceDkk: 1000,
  runningCostDkkPerYear: 100,
  lifeYears: 10,
  paidBy: 'round',
  keptBy: 'municipality',
}
const EMPTY: Estimate = { lines: [], coFunding: [], contingencyPercent: 15, runningYears: 10 }

describe('a line', () => {
  it.each([
    [0, 9500, 0],
    [2, 9500, 19_000],
    [3.25, 801, 2603],
    [0.5, 1, 1],
    [0.49, 1, 0],
    // 1.15 and 4.35 are not what they seem in binary.
    [1.15, 100, 115],
    [4.35, 100, 435],
    [0.29, 50, 15],
    [ASSESSMENT_LIMITS.quantity, ASSESSMENT_LIMITS.unitPriceDkk, 1e12],
  ])('%d units at %i are %i', (quantity, unitPriceDkk, expected) => {
    expect(lineDkk({ quantity, unitPriceDkk })).toBe(expected)
  })
})

describe('the sums', () => {
  it('of nothing are nothing', () => {
    const { paidByDkk, ...amounts } = totalsOf(EMPTY)
    expect([...Object.values(amounts), ...Object.values(paidByDkk)].every((amount) => amount === 0)).toBe(true)
  })

  it.each([
    [1, 1, 0],
    [10, 10, 0],
    [11, 10, 1],
    [20, 10, 1],
    [21, 10, 2],
    [50, 1, 49],
    [50, null, 0],
  ])('over %i years renew what lives %s years %i times', (runningYears, lifeYears, times) => {
    expect(totalsOf({ ...EMPTY, runningYears, lines: [{ ...LINE, lifeYears }] }).renewalDkk).toBe(times * 1000)
  })

  it('count co-funding for the round only once it is confirmed, and never below nothing', () => {
    const promised = { source: 'Fond', amountDkk: 600, isConfirmed: false }
    const confirmed = { source: 'Klub', amountDkk: 700, isConfirmed: true }
    const sums = totalsOf({ ...EMPTY, contingencyPercent: 0, lines: [LINE], coFunding: [promised, confirmed] })
    expect(sums).toMatchObject({ coFundingDkk: 1300, confirmedCoFundingDkk: 700, roundDkk: 300, roundWithAllCoFundingDkk: 0 })
  })

  const line = fc.record({
    elementId: fc.constant(null),
    label: fc.constant('x'),
    unit: fc.constantFrom('piece' as const, 'm' as const, 'm2' as const),
    quantity: fc.integer({ min: 0, max: ASSESSMENT_LIMITS.quantity * 100 }).map((hundredths) => hundredths / 100),
    unitPriceDkk: fc.integer({ min: 0, max: ASSESSMENT_LIMITS.unitPriceDkk }),
    runningCostDkkPerYear: fc.integer({ min: 0, max: ASSESSMENT_LIMITS.unitPriceDkk }),
    lifeYears: fc.option(fc.integer({ min: 1, max: ASSESSMENT_LIMITS.lifeYears })),
    paidBy: fc.constantFrom(...PAYERS),
    keptBy: fc.constantFrom('municipality' as const, 'others' as const),
  })
  const estimate: fc.Arbitrary<Estimate> = fc.record({
    lines: fc.array(line, { maxLength: ASSESSMENT_LIMITS.lines }),
    coFunding: fc.array(fc.record({ source: fc.constant('x'), amountDkk: fc.integer({ min: 0, max: 1e9 }), isConfirmed: fc.boolean() }), {
      maxLength: 20,
    }),
    contingencyPercent: fc.integer({ min: 0, max: ASSESSMENT_LIMITS.contingencyPercent }),
    runningYears: fc.integer({ min: 1, max: ASSESSMENT_LIMITS.runningYears }),
  })

  it('are whole, exact and add up, up to the largest estimate allowed', () => {
    fc.assert(
      fc.property(estimate, (given) => {
        const sums = totalsOf(given)
        for (const amount of [...Object.values(sums.paidByDkk), ...Object.values({ ...sums, paidByDkk: 0 })]) {
          expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true)
        }
        const exact = given.lines.map(
          ({ quantity, unitPriceDkk }) => (BigInt(Math.round(quantity * 100)) * BigInt(unitPriceDkk) + 50n) / 100n,
        )
        expect(BigInt(sums.worksDkk)).toBe(exact.reduce((total, amount) => total + amount, 0n))
        expect(sums.worksDkk + sums.contingencyDkk).toBe(sums.totalDkk)
        expect(sums.paidByDkk.round + sums.paidByDkk.municipality + sums.paidByDkk.others).toBe(sums.totalDkk)
        // Each of three payers is rounded by half a krone at most.
        expect(Math.abs(sums.contingencyDkk - (sums.worksDkk * given.contingencyPercent) / 100)).toBeLessThanOrEqual(1.51)
        expect(sums.roundWithAllCoFundingDkk).toBeLessThanOrEqual(sums.roundDkk)
        expect(sums.municipalRunningCostDkkPerYear).toBeLessThanOrEqual(sums.runningCostDkkPerYear)
        expect(sums.runningCostDkk).toBe(sums.runningCostDkkPerYear * given.runningYears)
      }),
    )
  })

  it('do not depend on the order of lines, and a further line never lowers one', () => {
    fc.assert(
      fc.property(estimate, line, (given, further) => {
        const sums = totalsOf(given)
        expect(totalsOf({ ...given, lines: given.lines.toReversed(), coFunding: given.coFunding.toReversed() })).toEqual(sums)
        const more = totalsOf({ ...given, lines: [...given.lines, further] })
        for (const key of ['worksDkk', 'totalDkk', 'roundDkk', 'runningCostDkk', 'renewalDkk'] as const) {
          expect(more[key]).toBeGreaterThanOrEqual(sums[key])
        }
      }),
    )
  })
})
