import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { merkleRoot } from '../../../server/voting/rules/merkle.ts'
import { checkList, findReceipt, isReceipt, readReceipt } from './checkReceipt.ts'

const receipts = ['a', 'b', 'c', 'd', 'e'].map((text) => createHash('sha256').update(text).digest('hex')).sort()
const list = { districtId: 'maaloev', ballots: 5, merkleRoot: merkleRoot(receipts), receipts }

describe('the published list', () => {
  it('is in order, counted, and gives the published root', () => {
    expect(checkList(list)).toMatchObject({ count: 5, ballots: 5, isSorted: true, isSameRoot: true })
  })

  it.each([
    ['one taken out', receipts.slice(1)],
    ['two swapped', [receipts[1], receipts[0], ...receipts.slice(2)] as string[]],
    ['one twice', [receipts[0], ...receipts] as string[]],
  ])('is not the same with %s', (_what, changed) => {
    const check = checkList({ ...list, receipts: changed })
    expect(check.isSameRoot).toBe(false)
    expect(check.isSorted && check.count === check.ballots).toBe(false)
  })
})

it('finds a receipt however it is typed, and misses what is not there', () => {
  const third = receipts[2] as string
  const typed = readReceipt(` ${third.toUpperCase().replace(/(.{4})/g, '$1 ')}`)
  expect(isReceipt(typed)).toBe(true)
  expect(findReceipt({ roundYear: 2026, districts: [list] }, typed)).toEqual({ districtId: 'maaloev', place: 3, count: 5 })
  expect(findReceipt({ roundYear: 2026, districts: [list] }, 'f'.repeat(64))).toBeNull()
  expect(isReceipt('12ab')).toBe(false)
})
