import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readPb } from '../allocation/rules/pb/pbReader.ts'
import { StartError } from '../platform/config.ts'
import { fingerprintOf } from './auditors.ts'
import { canonicalBallot } from './rules/ballot.ts'
import { type Opening, openingText, readOpening, receiptOf } from './rules/receipt.ts'
import { openText, rawOf } from './sealing.ts'

export const sealedExportSchema = z.object({
  format: z.literal('borgermillionen-sealed-1'),
  roundYear: z.int(),
  receipts: z.array(z.object({ districtId: z.string(), receipt: z.string().regex(/^[0-9a-f]{64}$/), sealed: z.base64().nullable() })),
})
export type SealedExport = z.infer<typeof sealedExportSchema>

/** A new pair: the private key as PEM, the public one as the organiser types it, and what is compared on the telephone. */
export function makeKeys(): { privatePem: string; publicKey: string; fingerprint: string } {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const raw = rawOf(publicKey)
  const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { privatePem, publicKey: raw.toString('base64url'), fingerprint: fingerprintOf(raw) }
}

/** A private key from its file. @errors StartError */
export function readPrivateKey(pem: string, name: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {
    // Told below: what the library says of a broken key helps nobody.
  }
  throw new StartError(`${name} is no private key of an auditor. It is the file that "npm run auditor -- keys" wrote.`)
}

export interface OpenedReceipt {
  districtId: string
  receipt: string
  opening: Opening | null
  /** Why it is no evidence; null when all is well. */
  fault: 'not-sealed' | 'not-opened' | 'not-an-opening' | 'another-hash' | 'another-vote' | null
}

function faultOf(
  opening: Opening,
  { districtId, receipt, year }: { districtId: string; receipt: string; year: number },
): OpenedReceipt['fault'] {
  if (receiptOf(opening) !== receipt) return 'another-hash'
  return opening.year === year && opening.districtId === districtId ? null : 'another-vote'
}

function openOne(keys: readonly KeyObject[], sealed: string): Opening | 'not-opened' | 'not-an-opening' {
  try {
    return readOpening(openText(keys, Buffer.from(sealed, 'base64'))) ?? 'not-an-opening'
  } catch {
    return 'not-opened'
  }
}

/** Opens every receipt with both keys, in the order of the auditors, and checks that its hash is the one of what was inside. */
export function openReceipts({ roundYear, receipts }: SealedExport, keys: readonly KeyObject[]): OpenedReceipt[] {
  return receipts.map(({ districtId, receipt, sealed }) => {
    if (sealed === null) return { districtId, receipt, opening: null, fault: 'not-sealed' }
    const opening = openOne(keys, sealed)
    if (typeof opening === 'string') return { districtId, receipt, opening: null, fault: opening }
    return { districtId, receipt, opening, fault: faultOf(opening, { districtId, receipt, year: roundYear }) }
  })
}

/** The text of an opening, for who wants to hash it with another program. */
export function openedText({ opening }: OpenedReceipt): string | null {
  return opening === null ? null : openingText(opening)
}

/** The ballots of a published file in their one writing, with how often each is there. @errors StartError */
export function ballotsOfPb(text: string, name: string): Map<string, number> {
  const reading = readPb(text)
  if (!reading.ok) throw new StartError(`${name} is no .pb file: ${reading.fault.kind}.`)
  const { election, voteType } = reading.file
  const withPoints = voteType !== 'approval'
  const found = new Map<string, number>(election.blankBallots > 0 ? [['', election.blankBallots]] : [])
  for (const { projects, points, count } of election.ballots) {
    const projectIds = projects.map((place) => election.projects[place]?.id ?? '')
    const ballot = canonicalBallot({ projectIds, ...(withPoints ? { points: [...points] } : {}) })
    found.set(ballot, (found.get(ballot) ?? 0) + count)
  }
  return found
}
