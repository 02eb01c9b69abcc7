import { expect, it } from 'vitest'
import { readNumber } from './NumberField.tsx'

it.each([
  ['12', 0, 12],
  ['1.250', 0, 1250],
  ['1.250,5', 2, 1250.5],
  ['2,5', 2, 2.5],
  ['2.5', 2, 2.5],
  ['12 000', 0, 12000],
  ['2,345', 2, 2.35],
  ['', 0, null],
  ['-3', 0, null],
  ['abc', 0, null],
  ['1e9', 0, null],
] as const)('%j with %i places is %s', (text, digits, value) => {
  expect(readNumber(text, digits)).toBe(value)
})
