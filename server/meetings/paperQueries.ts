import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { Batch, Invalid, Tally } from './contract.ts'
import type { MeetingKey } from './queries.ts'

function batches(db: Database, { year, districtId }: MeetingKey) {
  return db
    .selectFrom('paper_batch as b')
    .select([
      'b.batch_id as batchId',
      'b.label',
      'b.recount_number as recountNumber',
      'b.replaces_batch_id as replacesBatchId',
      'b.recount_reason as recountReason',
      'b.control_total as controlTotal',
      sql<number>`(select coalesce(sum(ballots), 0)::int from paper_invalid i where i.batch_id = b.batch_id)`.as('invalidTotal'),
      sql<Batch['state']>`b.state`.as('state'),
      'b.content_sha256 as contentSha256',
      'b.entered_by as enteredBy',
      'b.clerk_name as clerkName',
      'b.entered_at as enteredAt',
      'b.decider_name as deciderName',
      'b.refuse_reason as refuseReason',
    ])
    .where('b.round_year', '=', year)
    .where('b.district_id', '=', districtId)
    .orderBy('b.entered_at')
    .orderBy('b.label')
    .orderBy('b.recount_number')
}
export type BatchRow = Awaited<ReturnType<ReturnType<typeof batches>['execute']>>[number]

/** The batches of a district without what their ballots say, first entered first. */
export function selectBatches(db: Database, key: MeetingKey): Promise<BatchRow[]> {
  return batches(db, key).execute()
}

/** What was entered in a batch. */
export async function selectContent(db: Database, batchId: string): Promise<{ tallies: Tally[]; invalid: Invalid[] }> {
  const tallies = await db
    .selectFrom('paper_ballot_tally')
    .select(['project_ids as projectIds', 'points', 'ballots'])
    .where('batch_id', '=', batchId)
    .orderBy('tally_number')
    .execute()
  const invalid = await db
    .selectFrom('paper_invalid')
    .select([sql<Invalid['reason']>`reason`.as('reason'), 'ballots'])
    .where('batch_id', '=', batchId)
    .orderBy('reason')
    .execute()
  return { tallies: tallies.map(({ points, ...tally }) => ({ ...tally, ...(points.length === 0 ? {} : { points }) })), invalid }
}

/** What the accepted batches of a district say together: sorted by content, so that no batch can be told from another. */
export async function selectAcceptedContent(
  db: Database,
  { year, districtId }: MeetingKey,
): Promise<{ tallies: Tally[]; invalid: Invalid[] }> {
  const tallies = await sql<{ projectIds: string[]; points: number[]; ballots: number }>`
    select t.project_ids as "projectIds", t.points, sum(t.ballots)::int as ballots
    from paper_ballot_tally t join paper_batch b using (batch_id)
    where b.round_year = ${year} and b.district_id = ${districtId} and b.state = 'accepted'
    group by t.project_ids, t.points order by t.project_ids, t.points`.execute(db)
  const invalid = await sql<Invalid>`
    select i.reason, sum(i.ballots)::int as ballots from paper_invalid i join paper_batch b using (batch_id)
    where b.round_year = ${year} and b.district_id = ${districtId} and b.state = 'accepted'
    group by i.reason order by i.reason`.execute(db)
  return {
    tallies: tallies.rows.map(({ points, ...tally }) => ({ ...tally, ...(points.length === 0 ? {} : { points }) })),
    invalid: invalid.rows,
  }
}

/** How many papers of each district two clerks have accepted, valid or not. */
export async function selectAcceptedPapers(db: Database, year: number): Promise<{ districtId: string; papers: number }[]> {
  return db
    .selectFrom('paper_batch')
    .select(['district_id as districtId', sql<number>`sum(control_total)::int`.as('papers')])
    .where('round_year', '=', year)
    .where('state', '=', 'accepted')
    .groupBy('district_id')
    .execute()
}

export interface NewBatchRow {
  batchId: string
  label: string
  recountNumber: number
  replacesBatchId: string | null
  recountReason: string | null
  controlTotal: number
  contentSha256: string
  tallies: readonly Tally[]
  invalid: readonly Invalid[]
  personId: string
  name: string
  at: Date
}

/** Adds a batch with all that was entered. */
export async function insertBatch(trx: Database, { year, districtId }: MeetingKey, row: NewBatchRow): Promise<void> {
  await trx
    .insertInto('paper_batch')
    .values({
      batch_id: row.batchId,
      round_year: year,
      district_id: districtId,
      label: row.label,
      recount_number: row.recountNumber,
      replaces_batch_id: row.replacesBatchId,
      recount_reason: row.recountReason,
      control_total: row.controlTotal,
      content_sha256: row.contentSha256,
      entered_by: row.personId,
      clerk_name: row.name,
      entered_at: row.at,
    })
    .execute()
  const tallies = row.tallies.map(({ projectIds, points, ballots }, index) => ({
    batch_id: row.batchId,
    tally_number: index + 1,
    project_ids: projectIds,
    points: points ?? [],
    ballots,
  }))
  if (tallies.length > 0) await trx.insertInto('paper_ballot_tally').values(tallies).execute()
  const invalid = row.invalid.map(({ reason, ballots }) => ({ batch_id: row.batchId, reason, ballots }))
  if (invalid.length > 0) await trx.insertInto('paper_invalid').values(invalid).execute()
}

interface BatchDecision {
  state: 'accepted' | 'refused'
  reason: string | null
  personId: string
  name: string
  at: Date
}

/** Accepts or refuses a batch. */
export async function decideBatchRow(trx: Database, batchId: string, { state, reason, personId, name, at }: BatchDecision): Promise<void> {
  await trx
    .updateTable('paper_batch')
    .set({ state, refuse_reason: reason, decided_by: personId, decider_name: name, decided_at: at })
    .where('batch_id', '=', batchId)
    .execute()
}

/** Sets a batch aside for the recount that was accepted in its place; both stay. */
export async function replaceBatchRow(trx: Database, batchId: string): Promise<void> {
  await trx.updateTable('paper_batch').set({ state: 'replaced' }).where('batch_id', '=', batchId).execute()
}
