import { expect, it } from 'vitest'
import { z } from 'zod'
import { writtenNumber } from './writtenNumber.ts'

const schema = writtenNumber(z.number().min(-180).max(180))

it.each([
  ['0', 0],
  ['12.3583', 12.3583],
  ['-7', -7],
  ['1e-7', 1e-7],
])('reads %j', (text, value) => {
  expect(schema.parse(text)).toBe(value)
})

it.each(['', ' ', '0x10', '1,5', '１２', 'Infinity', 'NaN', '1e999', ' 12', '12 ', '+12', '.5', '181', undefined, null, ['1', '2']])(
  'refuses %j',
  (text) => {
    expect(schema.safeParse(text).success).toBe(false)
  },
)

it('may be left out where it has a default', () => {
  expect(writtenNumber(z.number()).default(50).parse(undefined)).toBe(50)
})
