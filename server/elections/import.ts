import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { ElectionState } from './contract.ts'

/** Removes the votes of these rounds with everything that hangs on them; returns how many. Only for demo rounds. */
export async function deleteElectionsOfRounds(trx: Database, years: readonly number[]): Promise<number> {
  if (years.length === 0) return 0
  const deleted = await trx.deleteFrom('election').where('round_year', 'in', years).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

/** The state of a round's vote; null where it has none. */
export async function selectElectionState(db: Database, year: number): Promise<ElectionState | null> {
  const row = await db
    .selectFrom('election')
    .select(sql<ElectionState>`state`.as('state'))
    .where('round_year', '=', year)
    .executeTakeFirst()
  return row?.state ?? null
}
