import { expect, it } from 'vitest'
import { haveSameAwards } from './sameAwards.ts'

it('two results are the same when the same projects get the same money', () => {
  const result = [
    { projectId: 'a', amountDkk: 220_000 },
    { projectId: 'b', amountDkk: 53_918 },
  ]
  expect(haveSameAwards(result, [...result, { projectId: 'c', amountDkk: 0 }].toReversed())).toBe(true)
  // The same winners, but one gets its whole cost instead of the remainder.
  expect(
    haveSameAwards(result, [
      { projectId: 'a', amountDkk: 220_000 },
      { projectId: 'b', amountDkk: 50_000 },
    ]),
  ).toBe(false)
  expect(haveSameAwards(result, result.slice(1))).toBe(false)
})
