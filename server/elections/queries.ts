import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { ElectionSettings, ElectionState, LogEntry } from './contract.ts'

/** The vote of a round, as it is stored. */
export function selectElection(db: Database, year: number) {
  return db
    .selectFrom('election as e')
    .innerJoin('round as r', 'r.year', 'e.round_year')
    .select([
      'e.round_year as roundYear',
      sql<ElectionState>`e.state`.as('state'),
      'e.version',
      sql<ElectionSettings>`e.settings`.as('settings'),
      'e.lot_seed as lotSeed',
      'e.lot_source as lotSource',
      'e.frozen_setup as frozenSetup',
      'e.frozen_sha256 as setupSha256',
      'e.opens_at as opensAt',
      'e.closes_at as closesAt',
      'e.frozen_at as frozenAt',
      'e.closed_at as closedAt',
      'e.published_at as publishedAt',
      'e.stopped_at as stoppedAt',
      'e.stop_reason as stopReason',
      'r.is_demo as isDemo',
    ])
    .where('e.round_year', '=', year)
    .executeTakeFirst()
}
export type ElectionRow = NonNullable<Awaited<ReturnType<typeof selectElection>>>

/** Keeps everybody else from changing the vote until the transaction ends. False when there is none. */
export async function lockElection(trx: Database, year: number): Promise<boolean> {
  const row = await trx.selectFrom('election').select('round_year').where('round_year', '=', year).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** The newest entry of a vote's log; the vote's row must be locked. */
export function selectLastEntry(trx: Database, year: number) {
  return trx
    .selectFrom('election_log')
    .select(['entry_number as entryNumber', 'entry_hash as entryHash'])
    .where('round_year', '=', year)
    .orderBy('entry_number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Adds an entry to the log. */
export async function insertEntry(trx: Database, year: number, entry: LogEntry): Promise<void> {
  await trx
    .insertInto('election_log')
    .values({
      round_year: year,
      entry_number: entry.entryNumber,
      action: entry.action,
      actor_name: entry.actorName,
      detail: JSON.stringify(entry.detail),
      at: new Date(entry.at),
      previous_hash: entry.previousHash,
      entry_hash: entry.entryHash,
    })
    .execute()
}
