import type { ReceiptList } from '../../../server/voting/contract.ts'
import { merkleRoot } from '../../../server/voting/rules/merkle.ts'

type ListOfDistrict = ReceiptList['districts'][number]

/** A published list as the browser finds it. */
export interface ListCheck {
  districtId: string
  count: number
  ballots: number
  /** In order, each once. */
  isSorted: boolean
  /** The root over the list is the published one. */
  isSameRoot: boolean
  root: string
}

/** A receipt as somebody types or pastes it, without blanks and dashes. */
export function readReceipt(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s\p{Pd}.]/gu, '')
}

export function isReceipt(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** Does again what was published: order, number, root. @cost 10,000 receipts in some 100 ms */
export function checkList({ districtId, ballots, receipts, merkleRoot: root }: ListOfDistrict): ListCheck {
  return {
    districtId,
    count: receipts.length,
    ballots,
    isSorted: receipts.every((receipt, index) => index === 0 || (receipts[index - 1] ?? '') < receipt),
    isSameRoot: merkleRoot(receipts) === root,
    root,
  }
}

/** Where a receipt stands, counted from one; null when no list has it. */
export function findReceipt({ districts }: ReceiptList, receipt: string): { districtId: string; place: number; count: number } | null {
  for (const { districtId, receipts } of districts) {
    const index = receipts.indexOf(receipt)
    if (index >= 0) return { districtId, place: index + 1, count: receipts.length }
  }
  return null
}
