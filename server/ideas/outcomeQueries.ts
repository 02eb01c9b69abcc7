import { sql } from 'kysely'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJson } from '../platform/db/postgis.ts'
import type { Idea, IdeaOutcome, IdeaProject } from './contract.ts'

export type OutcomeKind = IdeaOutcome['kind'] | 'reconsidered'

/** What was decided last of an idea, as `kind`; null when nothing was. */
const lastOutcome = sql<OutcomeKind | null>`(select o.kind from idea_outcome o where o.idea_id = idea.idea_id
  order by o.idea_outcome_id desc limit 1)`

/**
 * Locks ideas that are not hidden until the transaction ends, in the order of their numbers, so that nobody waits in a
 * circle. What stands in other tables is asked for afterwards: a statement that waits for a lock sees them as they were
 * before it waited.
 */
export async function lockIdeas(db: Database, ideaIds: readonly number[]) {
  await db
    .selectFrom('idea')
    .where('idea_id', 'in', [...ideaIds])
    .select('idea_id')
    .orderBy('idea_id')
    .forUpdate()
    .execute()
  return db
    .selectFrom('idea')
    .where('idea_id', 'in', [...ideaIds])
    .where('status', '<>', 'hidden')
    .select((eb) => [
      'idea_id as ideaId',
      'round_year as roundYear',
      'person_id as personId',
      sql<Idea['status']>`status`.as('status'),
      'version',
      'title',
      'description',
      sql<Idea['category']>`category`.as('category'),
      'spans_districts as spansDistricts',
      asGeoJson<PlaceGeometry>(eb.ref('geom')).as('geometry'),
      lastOutcome.as('outcome'),
      sql<boolean>`exists (select from project_idea l where l.idea_id = idea.idea_id and l.parted_at is null)`.as('isInProject'),
    ])
    .orderBy('idea_id')
    .execute()
}
export type LockedIdea = Awaited<ReturnType<typeof lockIdeas>>[number]

/** Adds what was decided of an idea. */
export async function insertOutcome(
  db: Database,
  row: { ideaId: number; kind: OutcomeKind; reason: string | null; projectId: string | null; personId: string; at: Date },
): Promise<void> {
  await db
    .insertInto('idea_outcome')
    .values({ idea_id: row.ideaId, kind: row.kind, reason: row.reason, project_id: row.projectId, decided_by: row.personId, at: row.at })
    .execute()
}

/** How an idea ended; null while it has not, or when it was reconsidered. */
export async function selectOutcome(db: Database, ideaId: number): Promise<IdeaOutcome | null> {
  const row = await db
    .selectFrom('idea_outcome as o')
    .leftJoin('project as p', 'p.project_id', 'o.project_id')
    .where('o.idea_id', '=', ideaId)
    .select([sql<OutcomeKind>`o.kind`.as('kind'), 'o.reason', 'o.project_id as projectId', 'p.title as projectTitle', 'o.at'])
    .orderBy('o.idea_outcome_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined || row.kind === 'reconsidered') return null
  return { ...row, kind: row.kind, at: row.at.toISOString() }
}

/** The projects an idea went into, open ones first. What its author was asked and answered comes only for `isMine`. */
export async function selectIdeaProjects(db: Database, ideaId: number, isMine: boolean): Promise<IdeaProject[]> {
  const { rows } = await sql<
    Omit<IdeaProject, 'consent'> & { askedAt: Date | null; answer: 'yes' | 'no' | null; note: string | null; answeredAt: Date | null }
  >`
    select p.project_id as "projectId", p.title, p.district_id as "districtId", d.name as "districtName", p.state,
      l.parted_at is null as "isActive", l.asked_at as "askedAt", l.answer, l.answer_note as note, l.answered_at as "answeredAt",
      exists (select from project_idea other where other.project_id = p.project_id and other.idea_id <> l.idea_id
        and other.parted_at is null) as "isMerged"
    from project_idea l join project p using (project_id) join district d on d.district_id = p.district_id
    where l.idea_id = ${ideaId}
    order by l.parted_at is not null, d.name, p.project_id`.execute(db)
  return rows.map(({ askedAt, answer, note, answeredAt, ...project }) => ({
    ...project,
    consent:
      isMine && askedAt !== null ? { askedAt: askedAt.toISOString(), answer, note, answeredAt: answeredAt?.toISOString() ?? null } : null,
  }))
}
