import { sql } from 'kysely'
import type { Verdict } from '../kernel/severity.ts'
import type { Database } from '../platform/db/connect.ts'
import type { CheckResult } from './contract.ts'
import type { LayerTexts } from './present.ts'
import type { Judgement } from './rules.ts'

export type Occasion = 'submission' | 'change' | 'recheck'

/** What a record keeps beside its columns: facts without a word of text, and the district of that moment. */
export type KeptResult = Omit<Judgement, 'verdict' | 'partial'> & { district: CheckResult['district'] }

export interface NewRecord {
  ideaId: number
  occasion: Occasion
  checkedAt: Date
  catalogueVersion: number
  verdict: Verdict
  partial: boolean
  result: KeptResult
}

/** Adds records; nothing changes them afterwards. */
export async function insertRecords(db: Database, records: readonly NewRecord[]): Promise<void> {
  await sql`
    insert into feasibility_record (idea_id, occasion, checked_at, catalogue_version, verdict, is_partial, result)
    select "ideaId", occasion, "checkedAt", "catalogueVersion", verdict, partial, result
    from json_to_recordset(${JSON.stringify(records)}::json) as record ("ideaId" integer, occasion text, "checkedAt" timestamptz,
      "catalogueVersion" integer, verdict text, partial boolean, result jsonb)`.execute(db)
}

export interface RecordRow {
  ideaId: number
  occasion: Occasion
  checkedAt: Date
  catalogueVersion: number
  verdict: Verdict
  partial: boolean
  result: KeptResult
}

const columns = sql`idea_id as "ideaId", occasion, checked_at as "checkedAt", catalogue_version as "catalogueVersion", verdict,
  is_partial as partial, result`

/** The newest record of each of these ideas. */
export async function selectLatestRecords(db: Database, ideaIds: readonly number[]): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select latest.* from unnest(${ideaIds}::int[]) as asked (id)
    cross join lateral (
      select ${columns} from feasibility_record where idea_id = asked.id order by feasibility_record_id desc limit 1
    ) latest`.execute(db)
  return rows
}

/** What was found when the idea was sent. Ideas sent before there was a check have none. */
export async function selectSubmissionRecord(db: Database, ideaId: number): Promise<RecordRow | null> {
  const { rows } = await sql<RecordRow>`
    select ${columns} from feasibility_record where idea_id = ${ideaId} and occasion = 'submission'
    order by feasibility_record_id limit 1`.execute(db)
  return rows[0] ?? null
}

/** Whether there is an idea of this number that may be shown. */
export async function isShownIdea(db: Database, ideaId: number): Promise<boolean> {
  const row = await db.selectFrom('idea').where('idea_id', '=', ideaId).where('status', '<>', 'hidden').select('idea_id').executeTakeFirst()
  return row !== undefined
}

/** What each layer is called and said when the catalogue had this version. */
export async function selectTextsOf(db: Database, catalogueVersion: number): Promise<LayerTexts[]> {
  const two = (column: string) => sql`json_build_object('da', ${sql.ref(`${column}_da`)}, 'en', ${sql.ref(`${column}_en`)})`
  const { rows } = await sql<LayerTexts>`
    select l.layer_id as "layerId", ${two('l.name')} as name, ${two('l.law')} as law, l.law_url as "lawUrl",
      ${two('l.authority')} as authority, ${two('v.citizen_text')} as "citizenText", ${two('v.planner_text')} as "plannerText"
    from constraint_layer l
    cross join lateral (
      select * from constraint_layer_version where layer_id = l.layer_id and constraint_layer_version_id <= ${catalogueVersion}
      order by constraint_layer_version_id desc limit 1
    ) v`.execute(db)
  return rows
}

export interface CheckedIdea {
  ideaId: number
  dimension: 0 | 1 | 2
  district: { districtId: string; name: string }
}

/** Keeps these ideas as they are until the transaction ends and answers where they lie; withdrawn and hidden ones are missing. */
export async function lockIdeas(db: Database, ideaIds: readonly number[]): Promise<CheckedIdea[]> {
  const { rows } = await sql<CheckedIdea>`
    select i.idea_id as "ideaId", ST_Dimension(i.geom) as dimension,
      json_build_object('districtId', d.district_id, 'name', d.name) as district
    from idea i join district d using (district_id)
    where i.idea_id = any(${ideaIds}::int[]) and i.status = 'submitted' order by i.idea_id for no key update of i`.execute(db)
  return rows
}

/** Ideas that stand, of one round or of every round that is not over on this day. */
export async function selectStandingIdeas(db: Database, roundYear: number | null, today: string): Promise<number[]> {
  const { rows } = await sql<{ ideaId: number }>`
    select i.idea_id as "ideaId" from idea i
    where i.status = 'submitted' and (i.round_year = ${roundYear}::integer or (${roundYear}::integer is null
      and exists (select from round_phase p where p.round_year = i.round_year and p.ends_on >= ${today}::date)))
    order by i.idea_id`.execute(db)
  return rows.map(({ ideaId }) => ideaId)
}
