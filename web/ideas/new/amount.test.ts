import { expect, test } from 'vitest'
import { readAmount } from './amount.ts'

test.each([
  ['12.500 kr.', 12500],
  ['12.500', 12500],
  ['12500', 12500],
  ['12 500 kr', 12500],
  ['12\u00a0500 kr.', 12500],
  ['12,500', 12500],
  ['DKK 12,500', 12500],
  ['12500,-', 12500],
  ['12500,00', 12500],
  ['12.500,00 kr.', 12500],
  ['1.000.000 kr.', 1_000_000],
  ['1', 1],
  [' 40332 kroner ', 40332],
])('%j is %d kroner', (text, amountDkk) => {
  expect(readAmount(text)).toEqual({ ok: true, amountDkk })
})

test.each([[''], ['   ']])('%j is no amount', (text) => {
  expect(readAmount(text)).toEqual({ ok: true, amountDkk: null })
})

test.each([
  ['kr.', 'not-a-number'],
  ['mange penge', 'not-a-number'],
  ['12.50.0', 'not-a-number'],
  ['12,5000', 'not-a-number'],
  ['-500', 'not-a-number'],
  ['1e5', 'not-a-number'],
  ['12.500,50', 'ore'],
  ['99,95', 'ore'],
  ['0', 'too-small'],
  ['1.000.001', 'too-large'],
])('%j is refused as %s', (text, reason) => {
  expect(readAmount(text)).toEqual({ ok: false, reason })
})
