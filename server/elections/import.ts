import type { Database } from '../platform/db/connect.ts'

/** Removes the votes of these rounds with everything that hangs on them; returns how many. Only for demo rounds. */
export async function deleteElectionsOfRounds(trx: Database, years: readonly number[]): Promise<number> {
  if (years.length === 0) return 0
  const deleted = await trx.deleteFrom('election').where('round_year', 'in', years).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

/** Whether a round has a vote, of whatever state. */
export async function hasElection(db: Database, year: number): Promise<boolean> {
  const row = await db.selectFrom('election').select('round_year').where('round_year', '=', year).executeTakeFirst()
  return row !== undefined
}
