import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePosition, encodePosition, keyOf, orderPair, readRef, type ThingRef } from './rules.ts'

const things = fc.oneof(
  fc.integer({ min: 1, max: 2_147_483_647 }).map((id): ThingRef => ({ kind: 'idea', id: String(id) })),
  fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,2}$/).map((id): ThingRef => ({ kind: 'project', id })),
  fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,2}$/).map((id): ThingRef => ({ kind: 'installation', id })),
)

describe('orderPair', () => {
  it('gives both writings of a pair the same order, ideas before projects before installations', () => {
    fc.assert(
      fc.property(things, things, (a, b) => {
        const pair = orderPair(a, b)
        expect(orderPair(b, a)).toEqual(pair)
        if (pair === null) return
        expect(keyOf(pair.first) < keyOf(pair.second)).toBe(true)
        expect(pair.first.kind).not.toBe('installation')
      }),
    )
  })

  it('orders ideas by number, not by digits', () => {
    const pair = orderPair({ kind: 'idea', id: '12' }, { kind: 'idea', id: '9' })
    expect([pair?.first.id, pair?.second.id]).toEqual(['9', '12'])
  })

  it('is none for one thing, nor for two finished ones', () => {
    expect(orderPair({ kind: 'idea', id: '1' }, { kind: 'idea', id: '1' })).toBeNull()
    expect(orderPair({ kind: 'installation', id: 'a' }, { kind: 'installation', id: 'b' })).toBeNull()
  })
})

it('readRef takes a name apart at its first colon', () => {
  expect(readRef('project:2026-baenke')).toEqual({ kind: 'project', id: '2026-baenke' })
})

describe('the position of a pair', () => {
  it.each([
    { overlapM2: 50.1, distanceM: 0, firstKey: '1:0000000012', secondKey: '1:0000000013' },
    { overlapM2: null, distanceM: 24.999999999999996, firstKey: '1:0000000012', secondKey: '3:2018-haren' },
  ])('comes back as it was: %j', (position) => {
    expect(encodePosition(position)).toMatch(/^[\w-]+$/)
    expect(decodePosition(encodePosition(position))).toEqual(position)
  })

  it.each([
    '',
    'x',
    '[]',
    '[null,1,"1:1"]',
    '[-1,1,"1:1","2:a"]',
    '["1",1,"1:1","2:a"]',
    '[null,null,"1:1","2:a"]',
    '[null,1,"1:1","2:A\\u0000"]',
  ])('is not read from %s', (text) => {
    expect(decodePosition(btoa(text))).toBeNull()
  })
})
