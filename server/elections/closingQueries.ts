import type { Database } from '../platform/db/connect.ts'

/**
 * Marks the open districts of a vote as closed, and names them in order. In that order their rows are taken too, as by ballots of
 * several districts that are cast in one statement.
 */
export async function updateClosedDistricts(trx: Database, year: number): Promise<string[]> {
  await trx
    .selectFrom('election_district')
    .where('round_year', '=', year)
    .select('district_id')
    .orderBy('district_id')
    .forUpdate()
    .execute()
  const rows = await trx
    .updateTable('election_district')
    .set({ is_closed: true })
    .where('round_year', '=', year)
    .where('is_closed', '=', false)
    .returning('district_id as districtId')
    .execute()
  return rows.map(({ districtId }) => districtId).sort()
}
