import type { Database } from '../platform/db/connect.ts'

/** Marks the open districts of a vote as closed, and names them in order. */
export async function updateClosedDistricts(trx: Database, year: number): Promise<string[]> {
  const rows = await trx
    .updateTable('election_district')
    .set({ is_closed: true })
    .where('round_year', '=', year)
    .where('is_closed', '=', false)
    .returning('district_id as districtId')
    .execute()
  return rows.map(({ districtId }) => districtId).sort()
}
