import { expect, it } from 'vitest'
import { instantOf, localOf } from './localTime.ts'

it.each([
  ['2026-05-04', '19:00', '2026-05-04T17:00:00.000Z'],
  ['2026-12-04', '19:00', '2026-12-04T18:00:00.000Z'],
  ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['2026-03-29', '02:30', null],
  ['2026-13-01', '10:00', null],
  ['', '19:00', null],
])('%s %s in Denmark is %s', (date, time, instant) => {
  expect(instantOf(date, time)).toBe(instant)
  if (instant) expect(localOf(instant)).toEqual({ date, time })
})
