import { hash } from 'node:crypto'
import type { OpenedReceipt, SealedExport } from './audit.ts'
import type { ReceiptList } from './contract.ts'
import { merkleRoot } from './rules/merkle.ts'

/** What a check says, and how much of it is wrong. */
export interface Checked {
  lines: string[]
  faults: number
}

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer')
const lackingIn = (set: ReadonlySet<string>, receipts: Iterable<string>) => [...receipts].filter((receipt) => !set.has(receipt)).sort()

function together(parts: readonly Checked[]): Checked {
  return { lines: parts.flatMap(({ lines }) => lines), faults: parts.reduce((sum, { faults }) => sum + faults, 0) }
}

type District = ReceiptList['districts'][number]
const NOTHING = { ballots: 0, merkleRoot: '', receipts: [] as string[] }

/** Whether a district's list is whole in itself: its number, each receipt once, the root that was published with it. */
function listFaults({ districtId, ballots, merkleRoot: published, receipts }: District): string[] {
  const root = merkleRoot(receipts.toSorted(), sha256)
  const isOnce = new Set(receipts).size === receipts.length
  return [
    ...(ballots === receipts.length
      ? []
      : [`${districtId}: the published list states ${ballots} ballots and has ${receipts.length} receipts.`]),
    ...(isOnce ? [] : [`${districtId}: the published list has a receipt twice.`]),
    ...(root === published ? [] : [`${districtId}: the published root is ${published}, the one of the published receipts is ${root}.`]),
  ]
}

function checkDistrict(districtId: string, exported: readonly string[], published: District | undefined): Checked {
  const { receipts } = published ?? NOTHING
  const leftOut = lackingIn(new Set(exported), receipts)
  const strange = lackingIn(new Set(receipts), exported)
  const isOnce = new Set(exported).size === exported.length
  const faults = [
    ...(published === undefined ? [`${districtId}: is not in the published list.`] : listFaults(published)),
    ...(isOnce ? [] : [`${districtId}: the export has a receipt twice.`]),
  ]
  const lines = [
    ...faults,
    ...(leftOut.length > 0
      ? [`${districtId}: the export leaves out ${leftOut.length} of ${receipts.length} published receipts; it is not whole.`]
      : []),
    ...leftOut.map((receipt) => `  ${districtId} ${receipt}: published, and not in the export`),
    ...(strange.length > 0 ? [`${districtId}: the export has ${strange.length} receipts that are not published.`] : []),
    ...strange.map((receipt) => `  ${districtId} ${receipt}: in the export, and not published`),
  ]
  const count = faults.length + leftOut.length + strange.length
  // The root is what stands in the log, the archive or a newspaper: it is compared by eye.
  if (count === 0)
    lines.push(`${districtId}: the export has each of the ${receipts.length} published receipts; their root is ${published?.merkleRoot}.`)
  return { lines, faults: count }
}

/**
 * Whether an export holds exactly the receipts everybody can see, and whether those have the published root. Who is audited makes
 * the export: without this a shorter one would pass.
 */
export function checkPublished({ receipts }: SealedExport, list: ReceiptList): Checked {
  const districtIds = new Set([...list.districts, ...receipts].map(({ districtId }) => districtId))
  return together(
    [...districtIds].sort().map((districtId) =>
      checkDistrict(
        districtId,
        receipts.filter((one) => one.districtId === districtId).map(({ receipt }) => receipt),
        list.districts.find((one) => one.districtId === districtId),
      ),
    ),
  )
}

/** Whether every receipt is the hash of a ballot of its district. */
export function checkOpened(opened: readonly OpenedReceipt[]): Checked {
  const wrong = opened.filter(({ fault }) => fault !== null)
  return {
    lines: [
      ...wrong.map(({ receipt, fault, districtId }) => `  ${districtId} ${receipt}: ${fault}`),
      `${opened.length - wrong.length} of ${opened.length} receipts are the hash of a ballot of their district.`,
    ],
    faults: wrong.length,
  }
}

/** Receipts whose ballot the file does not have, and how many of its ballots have no receipt. */
export function compareWithFile(opened: readonly OpenedReceipt[], file: ReadonlyMap<string, number>) {
  const left = new Map(file)
  const missing: string[] = []
  for (const { receipt, opening } of opened) {
    if (opening === null) continue
    const there = left.get(opening.ballot) ?? 0
    if (there === 0) missing.push(receipt)
    else left.set(opening.ballot, there - 1)
  }
  return { missing, withoutReceipt: [...left.values()].reduce((sum, count) => sum + count, 0) }
}

interface DistrictFile {
  districtId: string
  name: string
  ballots: ReadonlyMap<string, number>
  /** Valid papers of the district, as its meeting counted them. */
  papers: number
}

/** Whether a district's published file has the ballot of every receipt, and besides them as many as there were papers. */
export function checkFile(opened: readonly OpenedReceipt[], { districtId, name, ballots, papers }: DistrictFile): Checked {
  const own = opened.filter((one) => one.districtId === districtId && one.opening !== null)
  const { missing, withoutReceipt } = compareWithFile(own, ballots)
  const isPaper = withoutReceipt === papers
  return {
    lines: [
      ...missing.map((receipt) => `  ${districtId} ${receipt}: its ballot is not in the file`),
      `${own.length - missing.length} of ${own.length} ballots with a receipt are in ${name}.`,
      isPaper
        ? `${withoutReceipt} ballots there have no receipt: as many as there were papers.`
        : `${withoutReceipt} ballots there have no receipt, but there were ${papers} valid papers.`,
    ],
    faults: missing.length + (isPaper ? 0 : 1),
  }
}
