import { type RawBuilder, sql } from 'kysely'
import type { Assignment, Department } from '../assessments/contract.ts'
import type { Cursor } from '../kernel/page.ts'
import type { Database } from '../platform/db/connect.ts'
import { asLngLat, bboxFilter } from '../platform/db/postgis.ts'
import type { BulkAssignment, WorkCounts, WorkFilter, WorkItem } from './contract.ts'

/** What a question of the work list depends on beside its filter. */
export interface Asking {
  year: number
  personId: string
  /** Date in Copenhagen. */
  today: string
}

const PARTS = {
  newest: sql`left join lateral (
    select a.state, a.occasion, a.idea_version from assessment a where a.idea_id = i.idea_id order by a.assessment_id desc limit 1
  ) newest on true`,
  decision: sql`left join lateral (
    select a.outcome from assessment a where a.idea_id = i.idea_id and a.state = 'decided' order by a.assessment_id desc limit 1
  ) decision on true`,
  place: sql`left join lateral (
    select f.verdict, f.is_partial from feasibility_record f where f.idea_id = i.idea_id order by f.feasibility_record_id desc limit 1
  ) place on true`,
  settlement: sql`left join lateral (
    select case
      when exists (select from project_idea l where l.idea_id = i.idea_id and l.parted_at is null) then 'in-project'
      when (select o.kind from idea_outcome o where o.idea_id = i.idea_id order by o.idea_outcome_id desc limit 1) = 'not-taken-forward'
        then 'not-taken-forward'
    end as settled
  ) settlement on true`,
}
type Part = keyof typeof PARTS

/**
 * Ideas with their assignment and, each by its own index, newest assessment, latest decision, latest check and what became of them. PostgreSQL looks
 * up a part that nobody reads all the same (counting 30,000 ideas takes 0.7 s instead of 0.05 s), so only what is named is joined.
 */
function work(parts: Iterable<Part>): RawBuilder<unknown> {
  const joins = [...new Set(parts)].map((part) => PARTS[part])
  return sql`idea i left join assignment s on s.idea_id = i.idea_id ${sql.join(joins, sql` `)}`
}

/** The parts a filter asks of. */
function partsOf({ status: asked, occasion, deadline, changed, outcome, verdict, settled }: WorkFilter): Part[] {
  const parts: [Part, unknown][] = [
    ['newest', asked ?? occasion ?? deadline ?? changed],
    ['decision', outcome],
    ['place', verdict],
    ['settlement', settled],
  ]
  return parts.flatMap(([part, isAsked]) => (isAsked === undefined ? [] : part))
}

const status = sql<WorkItem['status']>`coalesce(newest.state, 'not-started')`
const isChanged = sql<boolean>`coalesce(newest.idea_version < i.version, false)`
const isUndecided = sql<boolean>`newest.state is distinct from 'decided'`
const isOverdue = (today: string) => sql<boolean>`coalesce(s.deadline < ${today}::date, false) and ${isUndecided}`

function assigneeCondition(assignee: string, personId: string): RawBuilder<boolean> {
  if (assignee === 'nobody') return sql`s.assignee_id is null`
  return sql`s.assignee_id = ${assignee === 'me' ? personId : assignee}::uuid`
}

function deadlineCondition(deadline: 'overdue' | 'week', today: string): RawBuilder<boolean> {
  if (deadline === 'overdue') return sql`(${isOverdue(today)})`
  return sql`s.deadline between ${today}::date and ${today}::date + 7 and ${isUndecided}`
}

/** Words in the title, or the idea's number. */
function matches(q: string): RawBuilder<boolean> {
  const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(i.title ilike ${pattern} or i.idea_id::text = ${q})`
}

const notWrittenBy = (personId: string) => sql<boolean>`not exists (
  select from assessment_writer w join assessment a on a.assessment_id = w.assessment_id
  where a.idea_id = i.idea_id and w.person_id = ${personId}::uuid)`

/** What the filter asks of the idea itself. */
function ideaConditions(filter: WorkFilter): RawBuilder<unknown>[] {
  const asked: RawBuilder<unknown>[] = []
  if (filter.district) asked.push(sql`i.district_id = ${filter.district}`)
  if (filter.category) asked.push(sql`i.category = ${filter.category}`)
  if (filter.q) asked.push(matches(filter.q))
  if (filter.settled) asked.push(filter.settled === 'true' ? sql`settlement.settled is not null` : sql`settlement.settled is null`)
  if (filter.bbox) asked.push(bboxFilter(sql.ref<string>('i.geom'), filter.bbox))
  return asked
}

/** What it asks of the work on it. */
function workConditions({ personId, today }: Asking, filter: WorkFilter): RawBuilder<unknown>[] {
  const { verdict, department } = filter
  const asked: RawBuilder<unknown>[] = []
  if (filter.status) asked.push(sql`${status} = ${filter.status}`)
  if (filter.occasion) asked.push(sql`newest.occasion = ${filter.occasion}`)
  if (filter.outcome) asked.push(sql`decision.outcome = ${filter.outcome}`)
  if (verdict) asked.push(verdict === 'not-checked' ? sql`place.verdict is null` : sql`place.verdict = ${verdict}`)
  if (filter.assignee) asked.push(assigneeCondition(filter.assignee, personId))
  if (department) asked.push(department === 'none' ? sql`s.department is null` : sql`s.department = ${department}`)
  if (filter.deadline) asked.push(deadlineCondition(filter.deadline, today))
  if (filter.changed === 'true') asked.push(isChanged)
  if (filter.notAssessedByMe === 'true') asked.push(notWrittenBy(personId))
  return asked
}

function conditions(asking: Asking, filter: WorkFilter): RawBuilder<unknown> {
  const round = sql`i.round_year = ${asking.year} and i.status = 'submitted'`
  return sql.join([round, ...ideaConditions(filter), ...workConditions(asking, filter)], sql` and `)
}

interface WorkRow extends Omit<WorkItem, 'createdAt' | 'assignment'> {
  createdAt: Date
  assigneeId: string | null
  assigneeName: string | null
  department: Department | null
  deadline: string | null
  isOverdue: boolean
}

/** One page of the work list, newest ideas first, from just after the cursor. */
export async function selectWorkPage(
  db: Database,
  asking: Asking,
  filter: WorkFilter,
  { cursor, limit }: { cursor: Cursor | null; limit: number },
): Promise<WorkItem[]> {
  const after = cursor ? sql`and (i.created_at, i.idea_id) < (${cursor.createdAt}::timestamptz, ${cursor.id}::int)` : sql``
  const { rows } = await sql<WorkRow>`
    select i.idea_id as "ideaId", i.title, i.category, i.district_id as "districtId", d.name as "districtName",
      ${asLngLat(sql.ref('i.label_point'))} as "labelPoint", i.wished_amount_dkk as "wishedAmountDkk", i.created_at as "createdAt",
      ${status} as status, newest.occasion, ${isChanged} as "ideaChanged", decision.outcome, place.verdict, place.is_partial as "isPartial",
      settlement.settled,
      s.assignee_id as "assigneeId", p.display_name as "assigneeName", s.department, s.deadline, ${isOverdue(asking.today)} as "isOverdue"
    from ${work(['newest', 'decision', 'place', 'settlement'])}
    join district d on d.district_id = i.district_id
    left join person p on p.person_id = s.assignee_id
    where ${conditions(asking, filter)} ${after}
    order by i.created_at desc, i.idea_id desc
    limit ${limit}`.execute(db)
  return rows.map(({ createdAt, assigneeId, assigneeName, department, deadline, isOverdue: overdue, ...rest }) => ({
    ...rest,
    createdAt: createdAt.toISOString(),
    assignment: { assignee: staff(assigneeId, assigneeName), department, deadline, isOverdue: overdue },
  }))
}

function staff(personId: string | null, displayName: string | null): Assignment['assignee'] {
  return personId === null || displayName === null ? null : { personId, displayName }
}

/** How many ideas match. */
export async function countWork(db: Database, asking: Asking, filter: WorkFilter): Promise<number> {
  const from = work(partsOf(filter))
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${from} where ${conditions(asking, filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Where are the ideas that match? A FeatureCollection of pins as text, made by the database.
 * @crs EPSG:4326, 7 decimals
 */
export async function selectWorkFeatures(db: Database, asking: Asking, filter: WorkFilter, limit: number): Promise<string> {
  const { rows } = await sql<{ collection: string }>`
    with found as (
      select i.idea_id, i.title, i.category, ${status} as status, place.verdict, ${isOverdue(asking.today)} as is_overdue, i.label_point
      from ${work(['newest', 'place', ...partsOf(filter)])} where ${conditions(asking, filter)}
      order by i.created_at desc, i.idea_id desc limit ${limit + 1}
    ),
    shown as (select * from found limit ${limit})
    select json_build_object('type', 'FeatureCollection', 'truncated', (select count(*) from found) > ${limit}::int, 'features',
      coalesce((select json_agg(json_build_object('type', 'Feature', 'id', idea_id, 'properties', json_build_object(
        'ideaId', idea_id, 'title', title, 'category', category, 'status', status, 'verdict', verdict, 'isOverdue', is_overdue),
        'geometry', json_build_object('type', 'Point', 'coordinates', ${asLngLat(sql.ref('label_point'))}))) from shown), '[]'))::text
      as collection`.execute(db)
  return rows[0]?.collection ?? ''
}

/** Who has how much? One row per assignee, department and status of a whole round; the most first. */
export async function selectWorkCounts(db: Database, { year, today }: Pick<Asking, 'year' | 'today'>): Promise<WorkCounts> {
  const { rows } = await sql<{
    dimension: 'assignee' | 'department' | 'status'
    assigneeId: string | null
    assigneeName: string | null
    department: Department | null
    status: WorkItem['status']
    count: number
    openCount: number
    overdueCount: number
  }>`
    with work as (
      select s.assignee_id, s.department, ${status} as status, ${isUndecided} as is_open, ${isOverdue(today)} as is_overdue
      from ${work(['newest'])}
      where i.round_year = ${year} and i.status = 'submitted'
    ),
    counted as (
      select case when grouping(assignee_id) = 0 then 'assignee' when grouping(department) = 0 then 'department' else 'status' end as dimension,
        assignee_id, department, status, count(*) as count, count(*) filter (where is_open) as open_count,
        count(*) filter (where is_overdue) as overdue_count
      from work group by grouping sets ((assignee_id), (department), (status))
    )
    select dimension, assignee_id as "assigneeId", p.display_name as "assigneeName", department, status, count,
      open_count as "openCount", overdue_count as "overdueCount"
    from counted left join person p on p.person_id = counted.assignee_id
    order by open_count desc, count desc, p.display_name, department, status`.execute(db)
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension)
  return {
    byAssignee: of('assignee').map(({ assigneeId, assigneeName, count, openCount, overdueCount }) => ({
      assignee: staff(assigneeId, assigneeName),
      count,
      openCount,
      overdueCount,
    })),
    byDepartment: of('department').map(({ department, count, openCount, overdueCount }) => ({
      department,
      count,
      openCount,
      overdueCount,
    })),
    byStatus: of('status').map(({ status: name, count }) => ({ status: name, count })),
  }
}

/** Everybody who may assess, by name. */
export function selectStaff(db: Database) {
  return db
    .selectFrom('person')
    .where('role', 'in', ['planner', 'organiser', 'admin'])
    .select(['person_id as personId', 'display_name as displayName', sql<'planner' | 'organiser' | 'admin'>`role`.as('role')])
    .orderBy('display_name')
    .orderBy('person_id')
    .execute()
}

/** Whether a person is one who may assess. */
export async function isStaff(db: Database, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .where('person_id', '=', personId)
    .where('role', 'in', ['planner', 'organiser', 'admin'])
    .select('person_id')
    .forKeyShare()
    .executeTakeFirst()
  return row !== undefined
}

/** Which of these ideas are there; they stay until the transaction ends. */
export async function selectKnownIdeas(db: Database, ideaIds: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('idea')
    .where('idea_id', 'in', ideaIds)
    .where('status', '<>', 'hidden')
    .select('idea_id')
    .orderBy('idea_id')
    .forKeyShare()
    .execute()
  return rows.map((row) => row.idea_id)
}

/** Writes the given parts of these ideas' assignments, always in the same order, so that two of these never wait in a circle. */
export async function upsertAssignments(
  db: Database,
  ideaIds: readonly number[],
  { assigneeId, department, deadline }: Omit<BulkAssignment, 'ideaIds'>,
  by: { personId: string; at: Date },
): Promise<void> {
  const change = {
    ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
    ...(department === undefined ? {} : { department }),
    ...(deadline === undefined ? {} : { deadline }),
    assigned_by: by.personId,
    assigned_at: by.at,
  }
  await db
    .insertInto('assignment')
    .values(ideaIds.toSorted((a, b) => a - b).map((ideaId) => ({ idea_id: ideaId, ...change })))
    .onConflict((conflict) => conflict.column('idea_id').doUpdateSet(change))
    .execute()
}

/** The assignments of these ideas as they are now, in the order of their numbers. */
export async function selectAssignments(db: Database, ideaIds: readonly number[], today: string) {
  const { rows } = await sql<{ ideaId: number } & Pick<WorkRow, 'assigneeId' | 'assigneeName' | 'department' | 'deadline' | 'isOverdue'>>`
    select s.idea_id as "ideaId", s.assignee_id as "assigneeId", p.display_name as "assigneeName", s.department, s.deadline,
      ${isOverdue(today)} as "isOverdue"
    from assignment s
    left join person p on p.person_id = s.assignee_id
    left join lateral (
      select a.state from assessment a where a.idea_id = s.idea_id order by a.assessment_id desc limit 1
    ) newest on true
    where s.idea_id = any (${ideaIds}::integer[])
    order by s.idea_id`.execute(db)
  return rows.map(({ ideaId, assigneeId, assigneeName, isOverdue: overdue, ...rest }) => ({
    ideaId,
    assignment: { ...rest, assignee: staff(assigneeId, assigneeName), isOverdue: overdue },
  }))
}
