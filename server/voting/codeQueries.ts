import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { CodeBatch } from './contract.ts'

export interface NewBatchRow {
  batchId: string
  year: number
  districtId: string
  meetingId: string | null
  roundNumber: number
  salt: Buffer
  createdBy: string
  createdOn: string
  /** Before the salt. */
  codeKeys: readonly Buffer[]
}

/** Writes a sheet's codes; nothing of them but salted hashes, in the order of the hashes. */
export async function insertBatch(trx: Database, row: NewBatchRow): Promise<void> {
  await trx
    .insertInto('code_batch')
    .values({
      batch_id: row.batchId,
      round_year: row.year,
      district_id: row.districtId,
      meeting_id: row.meetingId,
      round_number: row.roundNumber,
      code_count: row.codeKeys.length,
      salt: row.salt,
      created_by: row.createdBy,
      created_on: row.createdOn,
    })
    .execute()
  await sql`
    insert into voting_code (batch_id, code_hash)
    select ${row.batchId}::uuid, sha256(${row.salt}::bytea || decode(key, 'hex')) as hash
    from unnest(${row.codeKeys.map((key) => key.toString('hex'))}::text[]) as t (key) order by hash`.execute(trx)
}

/** A vote's sheets, the newest day first. */
export async function selectBatches(db: Database, year: number): Promise<CodeBatch[]> {
  const rows = await db
    .selectFrom('code_batch as b')
    .where('b.round_year', '=', year)
    .select((query) => [
      'b.batch_id as batchId',
      'b.district_id as districtId',
      'b.meeting_id as meetingId',
      'b.round_number as roundNumber',
      'b.code_count as count',
      query
        .selectFrom('voting_code as v')
        .whereRef('v.batch_id', '=', 'b.batch_id')
        .where('v.is_used', '=', true)
        .select(({ fn }) => fn.countAll<number>().as('used'))
        .$asScalar()
        .$notNull()
        .as('used'),
      'b.created_by as createdBy',
      'b.created_on as createdOn',
      'b.cancelled_at as cancelledAt',
    ])
    .orderBy('b.created_on', 'desc')
    .orderBy('b.district_id')
    .orderBy('b.round_number')
    .orderBy('b.batch_id')
    .execute()
  return rows.map(({ cancelledAt, ...row }) => ({ ...row, cancelledAt: cancelledAt?.toISOString() ?? null }))
}

/** A sheet that is not cancelled, locked with its codes; undefined when there is none. */
export async function lockBatch(trx: Database, year: number, batchId: string) {
  const batch = await trx
    .selectFrom('code_batch')
    .where('round_year', '=', year)
    .where('batch_id', '=', batchId)
    .select(['district_id as districtId', 'code_count as count', 'cancelled_at as cancelledAt'])
    .forUpdate()
    .executeTakeFirst()
  if (batch === undefined) return undefined
  const codes = await trx.selectFrom('voting_code').where('batch_id', '=', batchId).select('is_used as isUsed').forUpdate().execute()
  return { ...batch, isInUse: codes.some(({ isUsed }) => isUsed) }
}

/** Takes a sheet back: its codes are gone, that there was one stays. */
export async function cancelBatch(trx: Database, batchId: string, at: Date): Promise<void> {
  await trx.deleteFrom('voting_code').where('batch_id', '=', batchId).execute()
  await trx.updateTable('code_batch').set({ cancelled_at: at }).where('batch_id', '=', batchId).execute()
}

/** How many codes of a knock-out round have cast their ballot. */
export async function selectUsedInRound(db: Database, year: number, districtId: string, roundNumber: number): Promise<number> {
  const row = await db
    .selectFrom('code_batch as b')
    .innerJoin('voting_code as v', 'v.batch_id', 'b.batch_id')
    .where('b.round_year', '=', year)
    .where('b.district_id', '=', districtId)
    .where('b.round_number', '=', roundNumber)
    .where('v.is_used', '=', true)
    .select(({ fn }) => fn.countAll<number>().as('used'))
    .executeTakeFirstOrThrow()
  return row.used
}

/** Opens a knock-out round to its codes, or opens it again. */
export async function upsertCodeRound(
  trx: Database,
  row: { year: number; districtId: string; roundNumber: number; projectIds: readonly string[] },
): Promise<void> {
  await trx
    .insertInto('code_round')
    .values({
      round_year: row.year,
      district_id: row.districtId,
      round_number: row.roundNumber,
      project_ids: [...row.projectIds],
      is_open: true,
    })
    .onConflict((conflict) =>
      conflict.columns(['round_year', 'district_id', 'round_number']).doUpdateSet({ project_ids: [...row.projectIds], is_open: true }),
    )
    .execute()
}

/** Closes a knock-out round to its codes. */
export async function updateCodeRoundClosed(trx: Database, year: number, districtId: string, roundNumber: number): Promise<void> {
  await trx
    .updateTable('code_round')
    .set({ is_open: false })
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .where('round_number', '=', roundNumber)
    .execute()
}

/** Whether a knock-out round takes codes; undefined when it never did. */
export async function selectCodeRound(db: Database, year: number, districtId: string, roundNumber: number) {
  return db
    .selectFrom('code_round')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .where('round_number', '=', roundNumber)
    .select('is_open as isOpen')
    .executeTakeFirst()
}
