import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { MeetingKey } from './queries.ts'

export interface SharingRow {
  version: number
  minutes: string
  recordedBy: string
  recorderName: string
  confirmerName: string | null
  amounts: { projectId: string; amountDkk: number }[]
}

/** What a meeting agreed on; undefined when nothing is written yet. */
export async function selectSharing(db: Database, { year, districtId }: MeetingKey): Promise<SharingRow | undefined> {
  const { rows } = await sql<SharingRow>`
    select s.version, s.minutes, s.recorded_by as "recordedBy", s.recorder_name as "recorderName", s.confirmer_name as "confirmerName",
      (select json_agg(json_build_object('projectId', a.project_id, 'amountDkk', a.amount_dkk) order by l.line_number)
        from agreed_amount a join ballot_line l using (round_year, district_id, project_id)
        where a.round_year = s.round_year and a.district_id = s.district_id) as amounts
    from agreed_sharing s where s.round_year = ${year} and s.district_id = ${districtId}`.execute(db)
  return rows[0]
}

interface NewSharing {
  minutes: string
  amounts: readonly { projectId: string; amountDkk: number }[]
  personId: string
  name: string
  at: Date
}

/** Writes what was agreed, in place of what stood there before it was confirmed. */
export async function saveSharing(trx: Database, { year, districtId }: MeetingKey, sharing: NewSharing): Promise<void> {
  const key = { round_year: year, district_id: districtId }
  const row = { minutes: sharing.minutes, recorded_by: sharing.personId, recorder_name: sharing.name, recorded_at: sharing.at }
  await trx
    .insertInto('agreed_sharing')
    .values({ ...key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['round_year', 'district_id']).doUpdateSet((eb) => ({ ...row, version: eb('agreed_sharing.version', '+', 1) })),
    )
    .execute()
  await trx.deleteFrom('agreed_amount').where('round_year', '=', year).where('district_id', '=', districtId).execute()
  await trx
    .insertInto('agreed_amount')
    .values(sharing.amounts.map(({ projectId, amountDkk }) => ({ ...key, project_id: projectId, amount_dkk: amountDkk })))
    .execute()
}

/** Confirms it: from now on it stays. */
export async function confirmSharingRow(
  trx: Database,
  { year, districtId }: MeetingKey,
  { personId, name, at }: { personId: string; name: string; at: Date },
): Promise<void> {
  await trx
    .updateTable('agreed_sharing')
    .set({ confirmed_by: personId, confirmer_name: name, confirmed_at: at })
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .execute()
}
