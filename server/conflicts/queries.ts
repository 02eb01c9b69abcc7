import { type RawBuilder, sql } from 'kysely'
import { OVERLAY_GRID_M } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJson, asLngLat } from '../platform/db/postgis.ts'
import type { Conflict, ConflictDecision, ConflictList, ConflictState, ConflictThing } from './contract.ts'
import { MAX_DISTANCE_M } from './contract.ts'
import { keyOf, type PairPosition, type ThingRef } from './rules.ts'

type Sql = RawBuilder<unknown>

/** Ideas that stand for nothing of their own any more: part of a project, or left with a reason. */
const settledIdeas: Sql = sql`
  select idea_id from project_idea where parted_at is null
  union all
  select idea_id from (select distinct on (idea_id) idea_id, kind from idea_outcome order by idea_id, idea_outcome_id desc) last
  where kind = 'not-taken-forward'`

/** Ideas that may still be built, each on its own. */
const standingIdea: Sql = sql`i.status = 'submitted' and i.idea_id not in (select idea_id from settled)`

/** Projects that may be built or were, but for those whose finished thing stands for them. */
const standingProject: Sql = sql`(p.state in ('planned', 'shortlisted') or (p.state is null and p.outcome <> 'lost'
  and not exists (select from installation_project ip where ip.project_id = p.project_id)))`

const ideaKey: Sql = sql`'1:' || lpad(i.idea_id::text, 10, '0')`

/** Area two polygons share, null for all else. @unit square metres */
const overlapM2 = (a: Sql, b: Sql): Sql => sql`case when ST_Dimension(${a}) = 2 and ST_Dimension(${b}) = 2
  then round(ST_Area(ST_Intersection(${a}, ${b}, ${sql.lit(OVERLAY_GRID_M)}))::numeric, 1)::float8 end`

const placesHash = (first: Sql, second: Sql): Sql => sql`md5(ST_AsBinary(${first}) || ST_AsBinary(${second}))`

/**
 * The pairs of a round as `judged`: what of the round stands, against everything that stands within the distance, each
 * unordered pair once, in the order of its keys, with its newest decision. Every branch is one spatial index.
 */
function judgedPairs(year: number, distanceM: number, district: string | undefined): Sql {
  const near = (geom: Sql): Sql => sql`ST_DWithin(${geom}, o.geom, ${distanceM}::float8)`
  const side = (column: string, isFirst: boolean): Sql => {
    const [own, other] = [sql.ref(`n.${column}`), sql.ref(`n.other_${column}`)]
    return isFirst ? sql`case when n.is_in_order then ${own} else ${other} end` : sql`case when n.is_in_order then ${other} else ${own} end`
  }
  const inDistrict =
    district === undefined
      ? sql`true`
      : sql`(n.district_id = ${district} or (n.other_year = ${year} and n.other_district_id = ${district}))`
  return sql`
    settled as materialized (${settledIdeas}),
    own as materialized (
      select ${ideaKey} as key, i.idea_id, null::text as project_id, i.geom, i.district_id
      from idea i where i.round_year = ${year} and ${standingIdea}
      union all
      select '2:' || p.project_id, null, p.project_id, p.geom, p.district_id
      from project p where p.round_year = ${year} and p.geom is not null and ${standingProject}
    ),
    near as (
      select o.key, o.idea_id, o.project_id, null::text as installation_id, o.geom, o.district_id,
        x.key as other_key, x.idea_id as other_idea_id, x.project_id as other_project_id, x.installation_id as other_installation_id,
        x.geom as other_geom, x.district_id as other_district_id, x.round_year as other_year, o.key < x.key collate "C" as is_in_order
      from own o cross join lateral (
        select ${ideaKey} as key, i.idea_id, null::text as project_id, null::text as installation_id, i.geom, i.district_id, i.round_year
        from idea i
        where ${near(sql`i.geom`)} and (i.round_year <> ${year} or i.idea_id > o.idea_id) and ${standingIdea}
        union all
        select '2:' || p.project_id, null, p.project_id, null, p.geom, p.district_id, p.round_year
        from project p
        where ${near(sql`p.geom`)} and (p.round_year <> ${year} or o.project_id is null or p.project_id > o.project_id collate "C")
          and ${standingProject}
        union all
        select '3:' || f.installation_id, null, null, f.installation_id, f.geom, f.district_id, null
        from installation f where ${near(sql`f.geom`)}
      ) x
    ),
    pair as materialized (
      select ${side('key', true)} as first_key, ${side('idea_id', true)} as first_idea_id, ${side('project_id', true)} as first_project_id,
        ${side('geom', true)} as first_geom, ${side('key', false)} as second_key, ${side('idea_id', false)} as second_idea_id,
        ${side('project_id', false)} as second_project_id, ${side('installation_id', false)} as second_installation_id,
        ${side('geom', false)} as second_geom, ST_Distance(n.geom, n.other_geom) as distance_m,
        ${overlapM2(sql`n.geom`, sql`n.other_geom`)} as overlap_m2
      from near n where ${inDistrict}
    ),
    judged as materialized (
      select pair.*, d.version, d.state as decided_state, d.reason, d.decider_name, d.decided_at,
        d.version is not null and d.places_hash <> ${placesHash(sql`first_geom`, sql`second_geom`)} as is_outdated
      from pair left join lateral (
        select * from conflict_decision c where c.first_key = pair.first_key and c.second_key = pair.second_key
        order by c.version desc limit 1
      ) d on true
    ),
    stated as materialized (
      select *, case when version is null or is_outdated then 'open' else decided_state end as state from judged
    )`
}

const thingFields = (geom: Sql, labelPoint: Sql): Sql => sql`'category', category, 'districtId', district_id,
  'geometry', ${asGeoJson(geom as never)}, 'labelPoint', ${asLngLat(labelPoint as never)}`

/** A thing as JSON by its column of the pair; no row for a null. */
function thing(side: 'first' | 'second'): RawBuilder<ConflictThing> {
  const column = (name: string) => sql.ref(`s.${side}_${name}`)
  const nobody = sql`'ideaId', null, 'projectId', null, 'installationId', null`
  const installation =
    side === 'first'
      ? sql``
      : sql`union all select jsonb_build_object(${nobody}, 'ref', 'installation:' || installation_id, 'kind', 'installation',
          'roundYear', null, 'title', title, ${thingFields(sql`geom`, sql`geom`)})
          || jsonb_build_object('installationId', installation_id) from installation where installation_id = ${column('installation_id')}`
  return sql`(
    select jsonb_build_object(${nobody}, 'ref', 'idea:' || idea_id, 'kind', 'idea', 'roundYear', round_year, 'title', title,
      ${thingFields(sql`geom`, sql`label_point`)}) || jsonb_build_object('ideaId', idea_id) from idea where idea_id = ${column('idea_id')}
    union all
    select jsonb_build_object(${nobody}, 'ref', 'project:' || project_id, 'kind', 'project', 'roundYear', round_year, 'title', title,
      ${thingFields(sql`geom`, sql`label_point`)}) || jsonb_build_object('projectId', project_id)
    from project where project_id = ${column('project_id')}
    ${installation})`
}

const decisionJson: Sql = sql`case when s.version is not null then json_build_object('version', s.version, 'state', s.decided_state,
  'reason', s.reason, 'deciderName', s.decider_name,
  'decidedAt', to_char(s.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'isOutdated', s.is_outdated) end`

export interface ConflictQuestion {
  year: number
  distanceM: number
  state?: ConflictState
  district?: string
  /** The last pair of the page before. */
  after: PairPosition | null
  limit: number
}

interface CountedConflicts {
  counts: ConflictList['counts']
  items: { conflict: Conflict; position: PairPosition }[]
}

/** What comes after a pair in the list's order. */
function isAfter({ overlapM2: overlap, distanceM, firstKey, secondKey }: PairPosition): Sql {
  const later = sql`(distance_m, first_key, second_key) > (${distanceM}::float8, ${firstKey}, ${secondKey})`
  if (overlap === null) return sql`overlap_m2 is null and ${later}`
  return sql`(overlap_m2 is null or overlap_m2 < ${overlap}::float8 or (overlap_m2 = ${overlap}::float8 and ${later}))`
}

/**
 * What stands in each other's way? One statement: the round's ideas and projects against everything within the distance,
 * counted by state, those of one page whole and each with its position.
 * @unit metres, square metres @crs EPSG:4326 on the wire, measured in EPSG:25832
 * @cost 10,000 ideas in a municipality: see tests/bench/results.md
 */
export async function selectConflicts(db: Database, question: ConflictQuestion): Promise<CountedConflicts> {
  const { year, distanceM, district, state, after, limit } = question
  const conditions = [...(state === undefined ? [] : [sql`state = ${state}`]), ...(after === null ? [] : [isAfter(after)]), sql`true`]
  const { rows } = await sql<CountedConflicts>`
    with ${judgedPairs(year, distanceM, district)},
    shown as (
      select * from stated where ${sql.join(conditions, sql` and `)}
      order by overlap_m2 desc nulls last, distance_m, first_key, second_key limit ${limit}
    )
    select json_build_object('open', count(*) filter (where state = 'open'), 'confirmed', count(*) filter (where state = 'confirmed'),
        'cleared', count(*) filter (where state = 'cleared')) as counts,
      coalesce((select json_agg(json_build_object('conflict', json_build_object('first', ${thing('first')}, 'second', ${thing('second')},
            'distanceM', round(s.distance_m::numeric, 2)::float8, 'overlapM2', s.overlap_m2, 'state', s.state, 'decision', ${decisionJson}),
          'position', json_build_object('overlapM2', s.overlap_m2, 'distanceM', s.distance_m, 'firstKey', s.first_key,
            'secondKey', s.second_key))
        order by s.overlap_m2 desc nulls last, s.distance_m, s.first_key, s.second_key) from shown s), '[]') as items
    from stated`.execute(db)
  return rows[0] as (typeof rows)[number]
}

/** How many pairs of a round nobody has decided, with something of the round in the district. @unit metres */
export async function countOpenConflicts(db: Database, year: number, districtId: string, distanceM: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with ${judgedPairs(year, distanceM, districtId)} select count(*) as count from stated where state = 'open'`.execute(db)
  return rows[0]?.count ?? 0
}

/** Pairs among some projects whose newest decision confirms them, as long as both places are what they were. */
export async function selectConfirmedPairs(db: Database, projectIds: readonly string[]) {
  const { rows } = await sql<{ firstProjectId: string; secondProjectId: string; reason: string }>`
    select d.first_project_id as "firstProjectId", d.second_project_id as "secondProjectId", d.reason
    from (
      select distinct on (first_key, second_key) * from conflict_decision
      where first_project_id = any(${projectIds}::text[]) and second_project_id = any(${projectIds}::text[])
      order by first_key, second_key, version desc
    ) d
    join project a on a.project_id = d.first_project_id
    join project b on b.project_id = d.second_project_id
    where d.state = 'confirmed' and d.places_hash = ${placesHash(sql`a.geom`, sql`b.geom`)}
    order by 1, 2`.execute(db)
  return rows
}

/** The place of a thing that stands, with its key. */
function standing({ kind, id }: ThingRef): Sql {
  if (kind === 'idea') return sql`select i.geom from idea i where i.idea_id = ${Number(id)} and ${standingIdea}`
  if (kind === 'project') return sql`select p.geom from project p where p.project_id = ${id} and ${standingProject}`
  return sql`select f.geom from installation f where f.installation_id = ${id}`
}

export interface PairFacts {
  distanceM: number
  overlapM2: number | null
  placesHash: string
}

/** How two things stand to each other now; undefined when they are no pair. @unit metres, square metres */
export async function selectPair(db: Database, first: ThingRef, second: ThingRef): Promise<PairFacts | undefined> {
  const { rows } = await sql<PairFacts>`
    with settled as materialized (${settledIdeas}), a as (${standing(first)}), b as (${standing(second)})
    select ST_Distance(a.geom, b.geom) as "distanceM", ${overlapM2(sql`a.geom`, sql`b.geom`)} as "overlapM2",
      ${placesHash(sql`a.geom`, sql`b.geom`)} as "placesHash"
    from a, b where ST_DWithin(a.geom, b.geom, ${sql.lit(MAX_DISTANCE_M)})`.execute(db)
  return rows[0]
}

/** All decisions on a pair, first to last. */
export async function selectDecisions(db: Database, first: ThingRef, second: ThingRef) {
  const rows = await db
    .selectFrom('conflict_decision')
    .where('first_key', '=', keyOf(first))
    .where('second_key', '=', keyOf(second))
    .select([
      'version',
      sql<ConflictDecision['state']>`state`.as('state'),
      'reason',
      'decider_name as deciderName',
      'decided_at as decidedAt',
      'places_hash as placesHash',
    ])
    .orderBy('version')
    .execute()
  return rows.map(({ decidedAt, ...row }) => ({ ...row, decidedAt: decidedAt.toISOString() }))
}

export interface NewDecisionRow extends PairFacts {
  first: ThingRef
  second: ThingRef
  version: number
  state: 'confirmed' | 'cleared'
  reason: string
  personId: string
  deciderName: string
  at: Date
}

/** Adds a decision; false when that version is there already: somebody else was first. */
export async function insertDecision(db: Database, row: NewDecisionRow): Promise<boolean> {
  const idOf = (ref: ThingRef, kind: ThingRef['kind']) => (ref.kind === kind ? ref.id : null)
  const ideaIdOf = (ref: ThingRef) => (ref.kind === 'idea' ? Number(ref.id) : null)
  const inserted = await db
    .insertInto('conflict_decision')
    .values({
      first_idea_id: ideaIdOf(row.first),
      first_project_id: idOf(row.first, 'project'),
      second_idea_id: ideaIdOf(row.second),
      second_project_id: idOf(row.second, 'project'),
      second_installation_id: idOf(row.second, 'installation'),
      version: row.version,
      state: row.state,
      reason: row.reason,
      distance_m: row.distanceM,
      overlap_m2: row.overlapM2,
      places_hash: row.placesHash,
      decided_by: row.personId,
      decider_name: row.deciderName,
      decided_at: row.at,
    })
    .onConflict((conflict) => conflict.columns(['first_key', 'second_key', 'version']).doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}
