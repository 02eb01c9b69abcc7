import { diffieHellman, generateKeyPairSync, hash } from 'node:crypto'
import { electionProblem, type FrozenAuditor } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import { readElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { type Auditors, type NewAuditor, votingProblem } from './contract.ts'
import { selectAuditors, upsertAuditor } from './queries.ts'
import { publicKeyOf } from './sealing.ts'

/** What two people compare on the telephone: SHA-256 of the 32 bytes of a key. */
export function fingerprintOf(raw: Buffer): string {
  return hash('sha256', raw)
}

/** The auditors of a vote. @errors Problem `no-election` */
export async function readAuditors(db: Database, year: number): Promise<Auditors> {
  await readElection(db, year)
  const rows = await selectAuditors(db, year)
  return {
    items: rows.map(({ position, name, publicKey }) => ({
      ...{ position, name },
      publicKey: publicKey.toString('base64url'),
      fingerprint: fingerprintOf(publicKey),
    })),
  }
}

/** The auditors of a vote as its set-up freezes them: with the hash of the set-up it is published whom receipts are sealed for. */
export async function readFrozenAuditors(db: Database, year: number): Promise<FrozenAuditor[]> {
  const rows = await selectAuditors(db, year)
  return rows.map(({ position, name, publicKey }) => ({ position, name, fingerprint: fingerprintOf(publicKey) }))
}

/** The 32 bytes of a public key as `npm run auditor -- keys` prints it. @errors Problem `key-refused` */
function readKey(text: string): Buffer {
  const raw = Buffer.from(text.trim(), 'base64url')
  if (!/^[A-Za-z0-9_-]{43}$/.test(text.trim()) || raw.length !== 32) throw votingProblem('key-refused')
  try {
    // A few points are no keys: with them everybody would have the same secret.
    diffieHellman({ privateKey: generateKeyPairSync('x25519').privateKey, publicKey: publicKeyOf(raw) })
    return raw
  } catch (error) {
    throw votingProblem('key-refused', { cause: error })
  }
}

/**
 * Names one of the two auditors of a draft. @errors Problem `no-election`, `frozen` afterwards, `key-refused` when it is no key or
 * the other one's
 */
export function nameAuditor(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  person: SessionPerson,
  year: number,
  { position, name, publicKey }: NewAuditor,
): Promise<Auditors> {
  return db.transaction().execute(async (trx) => {
    const at = clock.now()
    const raw = readKey(publicKey)
    const detail = { position, name, fingerprint: fingerprintOf(raw) }
    // The log's row is locked first: two who name the same key at once come one after the other, and freezing before or after.
    await appendLog(trx, year, { action: 'auditor-named', actorName: person.displayName, detail, at })
    const { state } = await readElection(trx, year)
    if (state !== 'draft') throw electionProblem('frozen', { extra: { state } })
    const others = (await selectAuditors(trx, year)).filter((one) => one.position !== position)
    if (others.some((other) => other.publicKey.equals(raw))) throw votingProblem('key-refused')
    await upsertAuditor(trx, { year, position, name, publicKey: raw })
    return readAuditors(trx, year)
  })
}
