import { sql } from 'kysely'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import type { Database } from '../platform/db/connect.ts'
import { fromGeoJson } from '../platform/db/postgis.ts'
import type { ProjectState } from './contract.ts'
import { PROJECT_LIMITS } from './limits.ts'

/** Locks a project until the transaction ends; undefined when there is none. */
export function lockProject(db: Database, projectId: string) {
  return db
    .selectFrom('project')
    .where('project_id', '=', projectId)
    .select([
      'project_id as projectId',
      'round_year as roundYear',
      'district_id as districtId',
      sql<ProjectState | null>`state`.as('state'),
      'place_idea_id as placeIdeaId',
      'version',
    ])
    .forUpdate()
    .executeTakeFirst()
}
export type LockedProject = NonNullable<Awaited<ReturnType<typeof lockProject>>>

/** Everybody who changes a shortlist of the round waits here for the one before. */
export async function lockShortlists(db: Database, year: number): Promise<void> {
  await db.selectFrom('round').where('year', '=', year).select('year').forNoKeyUpdate().execute()
}

/** The lowest number free on a district's shortlist, with the round's maximum; null when it is full. Locked before. */
export async function selectFreeNumber(db: Database, year: number, districtId: string): Promise<{ number: number | null; max: number }> {
  const { rows } = await sql<{ number: number | null; max: number }>`
    select max, (select min(n) from generate_series(1, max) n where not exists (
      select from project p where p.round_year = ${year} and p.district_id = ${districtId} and p.shortlist_number = n)) as number
    from (select coalesce((rules ->> 'maxProjectsPerDistrict')::integer, ${sql.lit(PROJECT_LIMITS.maxProjectsPerDistrict)}) as max
      from round where year = ${year}) as rule`.execute(db)
  return rows[0] as { number: number | null; max: number }
}

/** Which of these ideas are part of a project in the district already. */
export async function selectTakenIdeas(db: Database, districtId: string, ideaIds: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('project_idea')
    .where('district_id', '=', districtId)
    .where('idea_id', 'in', [...ideaIds])
    .where('parted_at', 'is', null)
    .select('idea_id as ideaId')
    .execute()
  return rows.map(({ ideaId }) => ideaId)
}

export interface NewProjectRow {
  roundYear: number
  districtId: string
  title: string
  description: string
  category: string
  geometry: PlaceGeometry
  placeIdeaId: number | null
  createdBy: string
  at: Date
}

/** Adds a project under a free name that begins with `slug`; returns the name. */
export async function insertProject(db: Database, slug: string, row: NewProjectRow): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const projectId = attempt === 1 ? slug : `${slug}-${attempt}`
    const inserted = await db
      .insertInto('project')
      .values({
        project_id: projectId,
        round_year: row.roundYear,
        district_id: row.districtId,
        title: row.title,
        description: row.description,
        category: row.category,
        geom: fromGeoJson(row.geometry),
        position_accuracy: 'exact',
        outcome: 'unknown',
        state: 'planned',
        place_idea_id: row.placeIdeaId,
        created_at: row.at,
        created_by: row.createdBy,
      })
      .onConflict((conflict) => conflict.column('project_id').doNothing())
      .executeTakeFirst()
    if (Number(inserted.numInsertedOrUpdatedRows) === 1) return projectId
  }
}

export interface ProjectUpdate {
  title?: string
  description?: string
  category?: string
  place?: { geometry: PlaceGeometry; placeIdeaId: number | null }
  state?: ProjectState
  stateReason?: string | null
  shortlistNumber?: number | null
}

/** Writes the given fields and counts the version up. */
export async function updateProject(db: Database, projectId: string, change: ProjectUpdate): Promise<void> {
  await db
    .updateTable('project')
    .where('project_id', '=', projectId)
    .set((eb) => ({
      title: change.title,
      description: change.description,
      category: change.category,
      ...(change.place ? { geom: fromGeoJson(change.place.geometry), place_idea_id: change.place.placeIdeaId } : {}),
      state: change.state,
      state_reason: change.stateReason,
      shortlist_number: change.shortlistNumber,
      version: eb('version', '+', 1),
    }))
    .execute()
}

/** Writes what a vote gave a project; with nothing it lost. Counts the version up. @unit whole kroner */
export async function updateAward(db: Database, projectId: string, award: { amountDkk: number; note: string | null }): Promise<void> {
  await db
    .updateTable('project')
    .where('project_id', '=', projectId)
    .set((eb) => ({
      outcome: award.amountDkk > 0 ? 'won' : 'lost',
      awarded_dkk: award.amountDkk,
      award_note: award.note,
      version: eb('version', '+', 1),
    }))
    .execute()
}

/** Puts ideas into a project, after those it has. One that was split off before comes back, and its author is asked anew. */
export async function addIdeas(
  db: Database,
  project: { projectId: string; districtId: string },
  ideaIds: readonly number[],
  at: Date,
): Promise<void> {
  const { projectId, districtId } = project
  const anew = { parted_at: null, asked_at: null, answer: null, answer_note: null, answered_at: null, kept_reason: null, kept_at: null }
  const { last } = await db
    .selectFrom('project_idea')
    .where('project_id', '=', projectId)
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  const rows = ideaIds.map((ideaId, index) => ({
    project_id: projectId,
    idea_id: ideaId,
    district_id: districtId,
    position: last + index + 1,
    added_at: at,
  }))
  await db
    .insertInto('project_idea')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'idea_id']).doUpdateSet((eb) => ({ ...anew, position: eb.ref('excluded.position'), added_at: at })),
    )
    .execute()
}

/** The ideas that are part of a project, in their order, with what their authors answered. */
export function selectActiveIdeas(db: Database, projectId: string) {
  return db
    .selectFrom('project_idea')
    .where('project_id', '=', projectId)
    .where('parted_at', 'is', null)
    .select(['idea_id as ideaId', 'asked_at as askedAt', sql<'yes' | 'no' | null>`answer`.as('answer'), 'kept_at as keptAt'])
    .orderBy('position')
    .execute()
}

/** Takes ideas out of a project. */
export async function partIdeas(db: Database, projectId: string, ideaIds: readonly number[], at: Date): Promise<void> {
  await db
    .updateTable('project_idea')
    .where('project_id', '=', projectId)
    .where('idea_id', 'in', [...ideaIds])
    .where('parted_at', 'is', null)
    .set({ parted_at: at })
    .execute()
}

/** Asks the authors of a merged project who were not asked yet and are known; answers of which ideas. */
export async function askAuthors(db: Database, projectId: string, at: Date): Promise<number[]> {
  const { rows } = await sql<{ ideaId: number }>`
    update project_idea set asked_at = ${at}
    from idea where idea.idea_id = project_idea.idea_id and idea.person_id is not null
      and project_idea.project_id = ${projectId} and parted_at is null and asked_at is null
    returning project_idea.idea_id as "ideaId"`.execute(db)
  return rows.map(({ ideaId }) => ideaId).sort((a, b) => a - b)
}

/** Writes an author's answer; what the organiser decided on an earlier one does not count any more. */
export async function saveAnswer(
  db: Database,
  { projectId, ideaId, ...given }: { projectId: string; ideaId: number; answer: 'yes' | 'no'; note: string | null; at: Date },
): Promise<void> {
  await db
    .updateTable('project_idea')
    .where('project_id', '=', projectId)
    .where('idea_id', '=', ideaId)
    .set({ answer: given.answer, answer_note: given.note, answered_at: given.at, kept_reason: null, kept_at: null })
    .execute()
}

/** Writes why an idea stays in the project after its author's no. */
export async function saveKept(
  db: Database,
  { projectId, ideaId, reason, at }: { projectId: string; ideaId: number; reason: string; at: Date },
): Promise<void> {
  await db
    .updateTable('project_idea')
    .where('project_id', '=', projectId)
    .where('idea_id', '=', ideaId)
    .set({ kept_reason: reason, kept_at: at })
    .execute()
}

export interface ProjectEventRow {
  projectId: string
  kind: string
  /** Null: nobody alone, for example a vote. */
  actorId: string | null
  at: Date
  ideaId?: number
  reason?: string | null
}

/** Adds lines to a project's history. */
export async function insertProjectEvents(db: Database, events: readonly ProjectEventRow[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ projectId, kind, actorId, at, ideaId, reason }) => ({
    project_id: projectId,
    kind,
    actor_id: actorId,
    at,
    idea_id: ideaId ?? null,
    reason: reason ?? null,
  }))
  await db.insertInto('project_event').values(rows).execute()
}
