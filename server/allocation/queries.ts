import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { asLngLat } from '../platform/db/postgis.ts'
import type { DecisionRecord, NewDecisionRecord, PassOn, ResultProject } from './contract.ts'
import type { CountedAward, StoredOutcome } from './districtCount.ts'
import type { Election } from './rules/election.ts'

const instant = (column: string): RawBuilder<string> => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export interface NewResult {
  year: number
  districtId: string
  resultNumber: number
  shareDkk: number
  outcome: StoredOutcome
  awards: readonly CountedAward[]
  election: Election | null
  ballotFile: string | null
  at: Date
}

/** Writes a district's result with its awards. */
export async function insertResult(trx: Database, result: NewResult): Promise<void> {
  const key = { round_year: result.year, district_id: result.districtId, result_number: result.resultNumber }
  await trx
    .insertInto('district_result')
    .values({
      ...key,
      counted_at: result.at,
      share_dkk: result.shareDkk,
      outcome: JSON.stringify(result.outcome),
      counted_election: result.election === null ? null : JSON.stringify(result.election),
      ballot_file: result.ballotFile,
    })
    .execute()
  if (result.awards.length === 0) return
  const rows = result.awards.map(({ projectId, amountDkk, source }, index) => ({
    ...key,
    position: index + 1,
    project_id: projectId,
    amount_dkk: amountDkk,
    source,
  }))
  await trx.insertInto('award').values(rows).execute()
}

/** Whether the vote of a round is published: nothing of its results is read before. */
const isPublished = (year: number) => sql<boolean>`exists (select from election e where e.round_year = ${year} and e.state = 'published')`

const awardsOf = sql<CountedAward[]>`coalesce((select json_agg(json_build_object('projectId', a.project_id, 'amountDkk', a.amount_dkk,
  'source', a.source) order by a.position) from award a
  where (a.round_year, a.district_id, a.result_number) = (r.round_year, r.district_id, r.result_number)), '[]')`

/** Every result of a published round, each district's count first and what followed after it; none before publication. */
export async function selectResults(db: Database, year: number) {
  const { rows } = await sql<{
    districtId: string
    resultNumber: number
    outcome: StoredOutcome
    awards: CountedAward[]
    fileSha256: string | null
  }>`
    select r.district_id as "districtId", r.result_number as "resultNumber", r.outcome, ${awardsOf} as awards,
      encode(sha256(convert_to(r.ballot_file, 'UTF8')), 'hex') as "fileSha256"
    from district_result r where r.round_year = ${year} and ${isPublished(year)}
    order by r.district_id, r.result_number`.execute(db)
  return rows
}
export type ResultRow = Awaited<ReturnType<typeof selectResults>>[number]

/** The district's newest result with what was counted, for those who pass money on; only once published. */
export async function selectCounted(db: Database, year: number, districtId: string) {
  const { rows } = await sql<{
    resultNumber: number
    outcome: StoredOutcome
    awards: CountedAward[]
    /** Of the first result: all projects, all ballots. */
    election: Election | null
  }>`
    select r.result_number as "resultNumber", r.outcome, ${awardsOf} as awards, first.counted_election as election
    from district_result r
    join district_result first on first.round_year = r.round_year and first.district_id = r.district_id and first.result_number = 1
    where r.round_year = ${year} and r.district_id = ${districtId} and ${isPublished(year)}
    order by r.result_number desc limit 1`.execute(db)
  return rows[0]
}

/** The districts of a round that are counted, with awards and hash of the file, for the step that publishes them. */
export async function selectCountedDistricts(trx: Database, year: number) {
  const { rows } = await sql<{ districtId: string; awards: CountedAward[]; fileSha256: string | null }>`
    select r.district_id as "districtId", ${awardsOf} as awards,
      encode(sha256(convert_to(r.ballot_file, 'UTF8')), 'hex') as "fileSha256"
    from district_result r where r.round_year = ${year} and r.result_number = 1 order by r.district_id`.execute(trx)
  return rows
}

/** The published ballot file of a district; undefined before publication, null where ballots are withheld. */
export async function selectBallotFile(db: Database, year: number, districtId: string): Promise<string | null | undefined> {
  const { rows } = await sql<{ ballotFile: string | null }>`
    select r.ballot_file as "ballotFile" from district_result r
    where r.round_year = ${year} and r.district_id = ${districtId} and r.result_number = 1 and ${isPublished(year)}`.execute(db)
  return rows[0]?.ballotFile
}

/** What a result says of projects beside their votes: words, place, what became of them. In the order of a list of winners. */
export function selectResultProjects(db: Database, year: number) {
  return db
    .selectFrom('project as p')
    .where('p.round_year', '=', year)
    .where(sql<boolean>`p.state is distinct from 'withdrawn'`)
    .select((eb) => [
      'p.project_id as projectId',
      'p.district_id as districtId',
      'p.title',
      sql<ResultProject['category']>`p.category`.as('category'),
      asLngLat(eb.ref('p.label_point')).$castTo<ResultProject['point']>().as('point'),
      sql<ResultProject['outcome']>`p.outcome`.as('outcome'),
      'p.awarded_dkk as awardedDkk',
      'p.award_note as awardNote',
      'p.merged_from as mergedFrom',
    ])
    .orderBy(sql`p.outcome = 'won'`, 'desc')
    .orderBy('p.awarded_dkk', (order) => order.desc().nullsLast())
    .orderBy('p.title')
    .execute()
}
export type ResultProjectRow = Awaited<ReturnType<typeof selectResultProjects>>[number]

function decisionRecords(db: Database) {
  return db
    .selectFrom('decision_record as r')
    .leftJoin('decision_record as later', 'later.corrects_id', 'r.decision_record_id')
    .select([
      'r.decision_record_id as decisionRecordId',
      'r.round_year as roundYear',
      'r.district_id as districtId',
      'r.body',
      sql<string>`r.decided_on::text`.as('decidedOn'),
      'r.summary',
      'r.document_url as documentUrl',
      'r.corrects_id as correctsId',
      'later.decision_record_id as correctedById',
      'r.author_name as authorName',
      instant('r.created_at').as('createdAt'),
    ])
}

/** The decisions about a round, newest first, corrected ones included; of two in one millisecond the correction is the newer. */
export function selectDecisions(db: Database, year: number): Promise<DecisionRecord[]> {
  return decisionRecords(db)
    .where('r.round_year', '=', year)
    .orderBy('r.decided_on', 'desc')
    .orderBy('r.created_at', 'desc')
    .orderBy(sql`r.corrects_id is not null`, 'desc')
    .orderBy('r.decision_record_id')
    .execute()
}

/** One decision, or undefined. */
export function selectDecision(db: Database, year: number, id: string): Promise<DecisionRecord | undefined> {
  return decisionRecords(db).where('r.round_year', '=', year).where('r.decision_record_id', '=', id).executeTakeFirst()
}

/** Adds a decision. Of two corrections of one record the second waits for the first and is not added: false. */
export async function insertDecision(
  trx: Database,
  row: NewDecisionRecord & { decisionRecordId: string; year: number; authorId: string; authorName: string; at: Date },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('decision_record')
    .values({
      decision_record_id: row.decisionRecordId,
      round_year: row.year,
      district_id: row.districtId,
      body: row.body,
      decided_on: row.decidedOn,
      summary: row.summary,
      document_url: row.documentUrl,
      corrects_id: row.correctsId,
      author_id: row.authorId,
      author_name: row.authorName,
      created_at: row.at,
    })
    .onConflict((conflict) => conflict.column('corrects_id').doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

export interface PassOnRow extends Omit<PassOn, 'isMine' | 'awardsAfter' | 'leftDkk' | 'how'> {
  proposedBy: string | null
  resultNumber: number | null
}

/** Proposals to pass money on, newest first. */
export function selectPassOns(db: Database, year: number): Promise<PassOnRow[]> {
  return db
    .selectFrom('pass_on as o')
    .innerJoin('project as p', 'p.project_id', 'o.project_id')
    .where('o.round_year', '=', year)
    .select([
      'o.pass_on_id as passOnId',
      'o.district_id as districtId',
      'o.project_id as projectId',
      'p.title as projectTitle',
      'o.reason',
      sql<PassOn['state']>`o.state`.as('state'),
      'o.proposed_by as proposedBy',
      'o.proposer_name as proposerName',
      instant('o.proposed_at').as('proposedAt'),
      'o.settler_name as settlerName',
      sql<string | null>`${instant('o.settled_at')}`.as('settledAt'),
      'o.result_number as resultNumber',
    ])
    .orderBy('o.proposed_at', 'desc')
    .orderBy('o.pass_on_id')
    .execute()
}

/** Adds a proposal; false while another one of the district is open. */
export async function insertPassOn(
  trx: Database,
  row: { passOnId: string; year: number; districtId: string; projectId: string; reason: string; personId: string; name: string; at: Date },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('pass_on')
    .values({
      pass_on_id: row.passOnId,
      round_year: row.year,
      district_id: row.districtId,
      project_id: row.projectId,
      reason: row.reason,
      proposed_by: row.personId,
      proposer_name: row.name,
      proposed_at: row.at,
    })
    .onConflict((conflict) => conflict.columns(['round_year', 'district_id']).where('state', '=', 'proposed').doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

/** Locks a proposal until the transaction ends; undefined when there is none. */
export function lockPassOn(trx: Database, year: number, passOnId: string) {
  return trx
    .selectFrom('pass_on')
    .where('round_year', '=', year)
    .where('pass_on_id', '=', passOnId)
    .select([
      'district_id as districtId',
      'project_id as projectId',
      'reason',
      sql<PassOn['state']>`state`.as('state'),
      'proposed_by as proposedBy',
    ])
    .forUpdate()
    .executeTakeFirst()
}

/** Settles a proposal: confirmed with the result that follows from it, or taken back. */
export async function settlePassOn(
  trx: Database,
  passOnId: string,
  settled: { state: 'confirmed' | 'withdrawn'; personId: string; name: string; at: Date; resultNumber: number | null },
): Promise<void> {
  await trx
    .updateTable('pass_on')
    .where('pass_on_id', '=', passOnId)
    .set({
      state: settled.state,
      settled_by: settled.personId,
      settler_name: settled.name,
      settled_at: settled.at,
      result_number: settled.resultNumber,
    })
    .execute()
}
