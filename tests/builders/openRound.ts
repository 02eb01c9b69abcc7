import { sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'
import { buildRound } from './round.ts'

/** A round of this very year that is open for ideas today, by the machine's own clock. */
export async function buildOpenRound(db: Database): Promise<number> {
  const year = new Date().getUTCFullYear()
  await buildRound(db, { year })
  await db.deleteFrom('round_phase').where('round_year', '=', year).execute()
  await sql`insert into round_phase values (${year}, 'involvement', current_date - 300, current_date + 300)`.execute(db)
  return year
}
