import { expect, it } from 'vitest'
import { boxDifference } from './evidence.ts'

const district = {
  decidedBy: 'ballots' as const,
  ballots: 17,
  invalid: [{ reason: 'blank-page' as const, count: 1 }],
  turnout: [
    { channel: 'home' as const, ballots: 9 },
    { channel: 'code' as const, ballots: 6 },
    { channel: 'paper' as const, ballots: 3 },
  ],
  marks: 15,
  receipts: 15,
}

it('papers are in no box; what is in it was cast by as many marks and has as many receipts', () => {
  expect(boxDifference(district)).toBeNull()
  expect(boxDifference({ ...district, ballots: 18 })).toEqual({ marks: 15, receipts: 15, ballots: 16 })
  expect(boxDifference({ ...district, marks: 14 })).toEqual({ marks: 14, receipts: 15, ballots: 15 })
  expect(boxDifference({ ...district, receipts: 16 })).toEqual({ marks: 15, receipts: 16, ballots: 15 })
})

it('of knock-out rounds marks and receipts are compared, and of a result without them nothing', () => {
  expect(boxDifference({ ...district, decidedBy: 'knock-out', ballots: 4 })).toBeNull()
  expect(boxDifference({ ...district, decidedBy: 'knock-out', receipts: 16 })).toEqual({ marks: 15, receipts: 16, ballots: null })
  expect(boxDifference({ ...district, marks: null, receipts: null })).toBeNull()
})
