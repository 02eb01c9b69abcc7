import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OpenedReceipt, SealedExport } from './audit.ts'
import { checkFile, checkPublished } from './auditCheck.ts'
import type { ReceiptList } from './contract.ts'
import { merkleRoot } from './rules/merkle.ts'

const receiptOf = (word: string) => createHash('sha256').update(word).digest('hex')
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(receiptOf).sort() as [string, string, string, string]
const districtOf = (districtId: string, ...receipts: string[]): ReceiptList['districts'][number] => ({
  districtId,
  ballots: receipts.length,
  merkleRoot: merkleRoot(receipts),
  receipts,
})
const listOf = (...districts: ReceiptList['districts']): ReceiptList => ({ roundYear: 2026, districts })
const exportOf = (byDistrict: Record<string, string[]>): SealedExport => ({
  format: 'borgermillionen-sealed-1',
  roundYear: 2026,
  receipts: Object.entries(byDistrict).flatMap(([districtId, receipts]) =>
    receipts.map((receipt) => ({ districtId, receipt, sealed: null })),
  ),
})
const LIST = listOf(districtOf('maaloev', A, B, C), districtOf('skovlunde', D), districtOf('ballerup-nord'))
const WHOLE = { maaloev: [C, A, B], skovlunde: [D] }

describe('an export against the published list', () => {
  it('has exactly its receipts, in any order, and tells the root to compare', () => {
    expect(checkPublished(exportOf(WHOLE), LIST)).toEqual({
      faults: 0,
      lines: [
        `ballerup-nord: the export has each of the 0 published receipts; their root is ${merkleRoot([])}.`,
        `maaloev: the export has each of the 3 published receipts; their root is ${merkleRoot([A, B, C])}.`,
        `skovlunde: the export has each of the 1 published receipts; their root is ${merkleRoot([D])}.`,
      ],
    })
  })

  it.each([
    [
      'a shortened export',
      { ...WHOLE, maaloev: [A] },
      LIST,
      2,
      'maaloev: the export leaves out 2 of 3 published receipts; it is not whole.',
    ],
    ['no export of a district', { maaloev: [A, B, C] }, LIST, 1, 'skovlunde: the export leaves out 1 of 1 published receipts'],
    [
      'a receipt nobody can find',
      { ...WHOLE, skovlunde: [D, receiptOf('e')] },
      LIST,
      1,
      'skovlunde: the export has 1 receipts that are not',
    ],
    [
      'a receipt in another district',
      { maaloev: [A, B], skovlunde: [C, D] },
      LIST,
      2,
      `  skovlunde ${C}: in the export, and not published`,
    ],
    ['a receipt twice', { ...WHOLE, maaloev: [A, A, B, C] }, LIST, 1, 'maaloev: the export has a receipt twice.'],
    ['a district that is not published', { ...WHOLE, atlantis: [receiptOf('e')] }, LIST, 2, 'atlantis: is not in the published list.'],
    [
      'a list that was shortened after its root was published',
      { maaloev: [A, B] },
      listOf({ ...districtOf('maaloev', A, B), merkleRoot: merkleRoot([A, B, C]) }),
      1,
      `maaloev: the published root is ${merkleRoot([A, B, C])}, the one of the published receipts is ${merkleRoot([A, B])}.`,
    ],
    [
      'a list that states another number',
      { maaloev: [A] },
      listOf({ ...districtOf('maaloev', A), ballots: 2 }),
      1,
      'maaloev: the published list states 2 ballots and has 1 receipts.',
    ],
    [
      'a list with a receipt twice',
      { maaloev: [A] },
      listOf(districtOf('maaloev', A, A)),
      1,
      'maaloev: the published list has a receipt twice.',
    ],
  ])('%s is told', (_what, exported, list, faults, sentence) => {
    const checked = checkPublished(exportOf(exported as Record<string, string[]>), list)
    expect(checked.lines.join('\n')).toContain(sentence)
    expect(checked.faults).toBe(faults)
  })
})

describe('the published file of a district', () => {
  const opened = (districtId: string, ballot: string): OpenedReceipt => ({
    districtId,
    receipt: receiptOf(ballot),
    opening: { year: 2026, districtId, ballot, random: '' },
    fault: null,
  })
  const all = [opened('maaloev', 'x'), opened('maaloev', 'y'), opened('skovlunde', 'z')]
  const check = (papers: number, ballots: Record<string, number>) =>
    checkFile(all, { districtId: 'maaloev', name: 'maaloev.pb', ballots: new Map(Object.entries(ballots)), papers }).faults

  it('has the ballot of every receipt of the district, and as many more as there were papers', () => {
    expect([check(0, { x: 1, y: 1 }), check(3, { x: 3, y: 1, z: 1 })]).toEqual([0, 0])
  })

  it('with a ballot more, a ballot less, or another ballot is told', () => {
    expect([check(0, { x: 2, y: 1 }), check(1, { x: 1, y: 1 }), check(0, { x: 2 })]).toEqual([1, 1, 2])
  })
})
