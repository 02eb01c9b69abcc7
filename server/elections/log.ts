import type { Database } from '../platform/db/connect.ts'
import { electionProblem } from './contract.ts'
import { insertEntry, lockElection, selectLastEntry } from './queries.ts'
import type { Canonical } from './rules/canonicalJson.ts'
import { FIRST_HASH, hashOfEntry } from './rules/logChain.ts'

export interface LoggedAction {
  /** Kebab-case word the page has a sentence for (`elections.log.<action>`). */
  action: string
  /** Display name of who did it, or `clock`. */
  actorName: string
  /** Names and numbers, never a voter, a ballot or a code. */
  detail?: { readonly [key: string]: Canonical }
  at: Date
}

/**
 * Adds what was done to the vote's hash-chained log, inside the transaction that did it. Locks the vote's row: entries of one
 * vote come one after the other. Nothing about a single voter or ballot goes in here. @errors Problem `no-election`
 */
export async function appendLog(trx: Database, year: number, { action, actorName, detail = {}, at }: LoggedAction): Promise<void> {
  if (!(await lockElection(trx, year))) throw electionProblem('no-election')
  const last = await selectLastEntry(trx, year)
  const entry = {
    entryNumber: (last?.entryNumber ?? 0) + 1,
    action,
    actorName,
    detail,
    at: at.toISOString(),
    previousHash: last?.entryHash ?? FIRST_HASH,
  }
  await insertEntry(trx, year, { ...entry, entryHash: hashOfEntry(entry) })
}
