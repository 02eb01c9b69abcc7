import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../allocation/rules/sha256.ts'
import { merkleRoot } from './merkle.ts'
import { openingText, readOpening, receiptOf } from './receipt.ts'

const node = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const slug = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9})?$/)
const opening = fc.record({
  year: fc.integer({ min: 2000, max: 2100 }),
  districtId: slug,
  ballot: fc.array(slug, { maxLength: 4 }).map((ids) => ids.join(',')),
  random: fc.stringMatching(/^[0-9a-f]{32}$/),
})

describe('a receipt', () => {
  it('is the SHA-256 of the bytes the README names', () => {
    const given = { year: 2026, districtId: 'maaloev', ballot: '2026-a,2026-b', random: '0123456789abcdef'.repeat(2) }
    const text = 'borgermillionen-receipt-1\n2026\nmaaloev\n2026-a,2026-b\n0123456789abcdef0123456789abcdef'
    expect(openingText(given)).toBe(text)
    expect(receiptOf(given)).toBe(node(text).toString('hex'))
  })

  it('comes from one opening only, which reads back as it was', () => {
    fc.assert(
      fc.property(opening, opening, (one, other) => {
        expect(readOpening(openingText(one))).toEqual(one)
        expect(receiptOf(one) === receiptOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })

  it.each(['', 'x', 'borgermillionen-receipt-1\n2026\na\nb\nshort', `borgermillionen-receipt-1\n2026\na\nb\n${'a'.repeat(32)}\nmore`])(
    '"%s" is no opening',
    (text) => {
      expect(readOpening(text)).toBeNull()
    },
  )
})

/** The definition of RFC 9162 word by word, with another library's SHA-256. */
function rootByTheBook(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return node('')
  if (leaves.length === 1) return node(Buffer.concat([Buffer.from([0]), leaves[0] as Buffer]))
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return node(Buffer.concat([Buffer.from([1]), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split))]))
}

describe('the root', () => {
  it('of none and of one is what the standard says', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    const leaf = '00'.repeat(32)
    expect(merkleRoot([leaf])).toBe(node(Buffer.alloc(33)).toString('hex'))
  })

  it('of any number is what the standard says, by either SHA-256', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 }), fc.integer(), (count, seed) => {
        const leaves = Array.from({ length: count }, (_, index) => node(`${seed} ${index}`))
        const receipts = leaves.map((leaf) => leaf.toString('hex'))
        expect(merkleRoot(receipts)).toBe(rootByTheBook(leaves).toString('hex'))
        expect(merkleRoot(receipts, node)).toBe(merkleRoot(receipts))
      }),
      { numRuns: 40 },
    )
  })

  it('changes with every receipt and with their order', () => {
    const receipts = ['a', 'b', 'c', 'd', 'e'].map((letter) => node(letter).toString('hex'))
    const roots = [receipts, receipts.toReversed(), receipts.slice(1), [...receipts, receipts[0] as string]].map((list) => merkleRoot(list))
    expect(new Set(roots).size).toBe(roots.length)
  })
})

it('SHA-256 of bytes is the one of everybody else', () => {
  const check = (bytes: Uint8Array) => {
    expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(node(bytes).toString('hex'))
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check))
})
