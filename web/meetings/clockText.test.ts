import { expect, it } from 'vitest'
import { clockText } from './usePitchClock.ts'

it.each([
  [600_000, '10:00'],
  [599_999, '10:00'],
  [545_000, '9:05'],
  [1, '0:01'],
  [0, '0:00'],
  [-400, '0:00'],
  [-12_400, '−0:12'],
])('%d ms left is %s', (leftMs, text) => expect(clockText(leftMs)).toBe(text))
