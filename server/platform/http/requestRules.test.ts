import { describe, expect, it } from 'vitest'
import { memoFor } from '../memo.ts'
import { clientAddress } from './clientAddress.ts'
import { accepts, entityTag, isKnown } from './etag.ts'

it.each([
  ['203.0.113.9', undefined, 1, '203.0.113.9'],
  ['10.0.0.1', '203.0.113.9', 0, '10.0.0.1'],
  ['10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
  ['10.0.0.1', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
  ['10.0.0.1', '203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
  ['10.0.0.1', '203.0.113.9', 5, '203.0.113.9'],
  ['10.0.0.1', 'nonsense', 1, '10.0.0.1'],
  ['10.0.0.1', '2001:db8::7', 1, '2001:db8::7'],
])('clientAddress(%s, %s, %i) is %s', (socket, forwarded, proxies, expected) => {
  expect(clientAddress(socket, forwarded, proxies)).toBe(expected)
})

it.each([
  [undefined, false],
  ['"abc"', true],
  ['W/"abc"', true],
  ['"abc-gz"', true],
  ['"x", "abc-br"', true],
  ['*', true],
  ['"abcd"', false],
  ['abc', true],
])('isKnown(%s) is %s', (header, expected) => {
  expect(isKnown(header, 'abc')).toBe(expected)
})

it('gives each coding its own tag', () => {
  expect([entityTag('a'), entityTag('a', 'gz'), entityTag('a', 'br')]).toEqual(['"a"', '"a-gz"', '"a-br"'])
})

it.each([
  ['gzip, br', 'gzip', true],
  ['gzip;q=0, br', 'gzip', false],
  ['*', 'br', true],
  ['*;q=0', 'br', false],
  ['identity', 'gzip', false],
  ['GZIP ; q=0.5', 'gzip', true],
] as const)('accepts(%s, %s) is %s', (header, coding, expected) => {
  expect(accepts(header, coding)).toBe(expected)
})

describe('memoFor', () => {
  it('asks once for many, keeps an answer for a while, forgets a failure', async () => {
    let asked = 0
    const fails = { next: false }
    const read = memoFor(60_000, async () => {
      asked += 1
      if (fails.next) throw new Error('away')
      return asked
    })
    fails.next = true
    await expect(Promise.all([read(), read()])).rejects.toThrow('away')
    fails.next = false
    expect(await Promise.all([read(), read(), read()])).toEqual([2, 2, 2])
    expect(await read()).toBe(2)
  })

  it('asks again when the answer has aged', async () => {
    let asked = 0
    const read = memoFor(0, async () => ++asked)
    expect([await read(), await read()]).toEqual([1, 2])
  })
})
