import { expect, it } from 'vitest'
import { personLine, personText } from './text.ts'

it.each([
  ['Bænk ved søen', true],
  ['<b>Bænk</b>', true],
  ['linje\nskift', true],
  ['\u0000', false],
  ['abc\u0007', false],
  ['vendt \u202e tekst', false],
  ['halv \ud83d', false],
  ['hel 🌳', true],
  ['   ', false],
])('text %j is accepted: %s', (value, accepted) => {
  expect(personText(1, 50).safeParse(value).success).toBe(accepted)
})

it('refuses line breaks where one line is asked for, and trims before it counts', () => {
  expect(personLine(3, 10).safeParse('to\nlinjer').success).toBe(false)
  expect(personLine(3, 10).safeParse(' ab ').success).toBe(false)
  expect(personLine(3, 3).parse(' abc ')).toBe('abc')
})
