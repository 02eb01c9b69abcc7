import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawLot } from './lot.ts'
import { sha256Hex } from './sha256.ts'

const nodeHash = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the hash', () => {
  it.each(['', 'abc', 'æøå', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(1000)])('of %s is the standard one', (text) => {
    expect(sha256Hex(text)).toBe(nodeHash(text))
  })

  it('is the standard one for any length', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => sha256Hex(text) === nodeHash(text)))
  })
})

describe('the lot', () => {
  it('sorts by the hash of id, line feed and seed', () => {
    const ids = ['9', '10', 'haren', 'BO.D18.9/23']
    const drawn = drawLot(ids, 'Lotto 2026-10-03: 4 8 15 16 23 34 36')
    expect(drawn.map(({ hash }) => hash)).toEqual(ids.map((id) => nodeHash(`${id}\nLotto 2026-10-03: 4 8 15 16 23 34 36`)).sort())
    expect(drawn.map(({ projectId }) => projectId).sort()).toEqual(ids.toSorted())
  })

  it('depends on the seed and not on the order of the list', () => {
    const ids = Array.from({ length: 20 }, (_, index) => String(index))
    expect(drawLot(ids, 'a')).toEqual(drawLot(ids.toReversed(), 'a'))
    expect(drawLot(ids, 'a')).not.toEqual(drawLot(ids, 'b'))
  })
})
