import { expect, test } from 'vitest'
import { chooseCandidate } from './pick.ts'

const idea = (id: number, distancePx: number, rank: number) => ({
  picked: { kind: 'target' as const, target: { kind: 'idea' as const, id } },
  distancePx,
  rank,
})
const district = { picked: { kind: 'target' as const, target: { kind: 'district' as const, id: 'maaloev' } }, distancePx: 0, rank: 4 }

test('nothing under the pointer means nothing', () => {
  expect(chooseCandidate([])).toBeNull()
})

test('the nearest of equals', () => {
  expect(chooseCandidate([idea(1, 9, 1), idea(2, 3, 1)])).toEqual(idea(2, 3, 1).picked)
})

test('a sign before the shape and the ground it stands on', () => {
  expect(chooseCandidate([district, idea(3, 0, 3), idea(1, 11, 1)])).toEqual(idea(1, 11, 1).picked)
})

test('the ground when there is nothing else', () => {
  expect(chooseCandidate([district])).toEqual(district.picked)
})
