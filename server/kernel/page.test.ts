import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './page.ts'

it('reads back every cursor it writes', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 2_147_483_647 }),
      (at, id) => {
        const cursor = { createdAt: at.toISOString(), id }
        expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
      },
    ),
  )
})

it.each([
  '',
  'x',
  '%%%',
  btoa('2026-01-01,5'),
  btoa('2026-13-01T00:00:00.000Z,1'),
  btoa('2026-02-30T00:00:00.000Z,1'),
  btoa('0000-01-01T00:00:00.000Z,1'),
  btoa('2026-01-01T00:00:00.000Z,0'),
  btoa('2026-01-01T00:00:00.000Z,1,2'),
  btoa('2026-01-01T00:00:00.000Z,99999999999'),
])('refuses %j', (text) => expect(decodeCursor(text)).toBeNull())
