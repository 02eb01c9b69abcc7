import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromCopenhagenLocal, toCopenhagenLocal } from './copenhagen.ts'

it.each([
  ['2026-11-23T19:05', '2026-11-23T18:05:00.000Z'],
  ['2026-07-01T00:00', '2026-06-30T22:00:00.000Z'],
  // The night clocks go forward: the last minute before, the first after.
  ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  // The night they go back: the hour that comes twice is the first of the two, then its end.
  ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
])('%s in Denmark is %s', (local, instant) => {
  expect(fromCopenhagenLocal(local)?.toISOString()).toBe(instant)
  expect(toCopenhagenLocal(new Date(instant))).toBe(local)
})

it.each(['2026-03-29T02:30', '2026-02-30T10:00', '2026-11-23', '2026-11-23T19:05:00', '', 'i morgen'])(
  '%j is no time in Denmark',
  (local) => {
    expect(fromCopenhagenLocal(local)).toBeNull()
  },
)

it('every minute shown in Denmark leads back to an instant that shows it', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (instant) => {
      const local = toCopenhagenLocal(instant)
      expect(toCopenhagenLocal(fromCopenhagenLocal(local) as Date)).toBe(local)
    }),
  )
})
