import { type RawBuilder, sql } from 'kysely'
import type { Placement } from '../districts/rules.ts'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import type { Cursor } from '../kernel/page.ts'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'
import { areaM2, asGeoJson, asLngLat, bboxFilter, fromGeoJson, labelPoint, lengthM } from '../platform/db/postgis.ts'
import type { Idea, IdeaFilter, NewIdea } from './contract.ts'
import { isCloseBox } from './rules.ts'

function ideas(db: Database) {
  return db.selectFrom('idea as i').innerJoin('district as d', 'd.district_id', 'i.district_id')
}

const summaryColumns = [
  'i.idea_id as ideaId',
  'i.round_year as roundYear',
  'i.title',
  sql<string>`left(i.description, 200)`.as('excerpt'),
  sql<Idea['category']>`i.category`.as('category'),
  sql<Idea['status']>`i.status`.as('status'),
  'i.district_id as districtId',
  'd.name as districtName',
  'i.spans_districts as spansDistricts',
  asLngLat(sql.ref('i.label_point')).as('labelPoint'),
  'i.wished_amount_dkk as wishedAmountDkk',
  'i.created_at as createdAt',
] as const

/** Whole words of `q` in Danish stems with the last one open-ended, or the title containing it. */
function matchesWords(q: string) {
  const words = q.match(/[\p{L}\p{N}]+/gu) ?? []
  const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  if (words.length === 0) return sql<boolean>`i.title ilike ${pattern}`
  const last = words.at(-1) as string
  return sql<boolean>`(i.search @@ (plainto_tsquery('danish', ${words.slice(0, -1).join(' ')}) && to_tsquery('danish', ${`${last}:*`}))
    or i.search @@ plainto_tsquery('danish', ${words.join(' ')}) or i.title ilike ${pattern})`
}

/** What the filter asks of an idea `i`. */
function conditions(year: number, filter: IdeaFilter): RawBuilder<boolean>[] {
  const asked = [sql<boolean>`i.round_year = ${year}`, sql<boolean>`i.status = ${filter.status ?? 'submitted'}`]
  if (filter.district) asked.push(sql<boolean>`i.district_id = ${filter.district}`)
  if (filter.category) asked.push(sql<boolean>`i.category = ${filter.category}`)
  if (filter.q) asked.push(matchesWords(filter.q))
  if (filter.bbox) asked.push(bboxFilter(sql.ref<string>('i.geom'), filter.bbox))
  return asked
}

function filtered(db: Database, year: number, filter: IdeaFilter) {
  return ideas(db).where((eb) => eb.and(conditions(year, filter)))
}

/** One page of a round's ideas, newest first, from just after `cursor`. Hidden ideas never match a public status. */
export function selectIdeaPage(db: Database, year: number, filter: IdeaFilter, cursor: Cursor | null, limit: number) {
  let query = filtered(db, year, filter)
  if (cursor) query = query.where(sql<boolean>`(i.created_at, i.idea_id) < (${cursor.createdAt}::timestamptz, ${cursor.id}::int)`)
  return query.select(summaryColumns).orderBy('i.created_at', 'desc').orderBy('i.idea_id', 'desc').limit(limit).execute()
}

/** How many ideas match. */
export async function countIdeas(db: Database, year: number, filter: IdeaFilter): Promise<number> {
  const row = await filtered(db, year, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/**
 * What does the map show? A whole FeatureCollection as text, made by the database so that nothing is parsed on the way.
 * @crs EPSG:4326, 7 decimals
 */
export async function selectIdeaFeatures(db: Database, year: number, filter: IdeaFilter, limit: number): Promise<string> {
  const found = sql`
    select i.idea_id, i.title, i.category, i.status, i.district_id, i.wished_amount_dkk, i.label_point, i.geom
    from idea i where ${sql.join(conditions(year, filter), sql` and `)}
    order by i.created_at desc, i.idea_id desc limit ${limit + 1}`
  const { rows } = await sql<{ collection: string }>`${filter.bbox && isCloseBox(filter.bbox) ? hot : sql``}
    with found as (${found}),
    shown as (
      select *, ${asLngLat(sql.ref('label_point'))} as pin, ${asGeoJson(sql.ref('geom'))} as geometry from found limit ${limit}
    )
    select json_build_object('type', 'FeatureCollection', 'truncated', (select count(*) from found) > ${limit}::int, 'features',
      coalesce((select json_agg(json_build_object('type', 'Feature', 'id', idea_id, 'properties', json_build_object(
        'ideaId', idea_id, 'title', title, 'category', category, 'status', status, 'districtId', district_id,
        'wishedAmountDkk', wished_amount_dkk, 'lng', pin -> 0, 'lat', pin -> 1), 'geometry', geometry)) from shown), '[]'))::text
      as collection`.execute(db)
  return rows[0]?.collection ?? ''
}

function wholeIdea(db: Database, ideaId: number) {
  return ideas(db)
    .innerJoin('round as r', 'r.year', 'i.round_year')
    .leftJoin('person as p', 'p.person_id', 'i.person_id')
    .where('i.idea_id', '=', ideaId)
    .select(summaryColumns)
    .select((eb) => [
      'i.description',
      asGeoJson<PlaceGeometry>(eb.ref('i.geom')).as('geometry'),
      sql<string>`ST_GeometryType(i.geom)`.as('geometryType'),
      lengthM(eb.ref('i.geom')).as('lengthM'),
      areaM2(eb.ref('i.geom')).as('areaM2'),
      'i.accessibility_note as accessibilityNote',
      'i.upkeep_note as upkeepNote',
      'i.version',
      'i.updated_at as updatedAt',
      'i.person_id as personId',
      'p.display_name as authorName',
      'r.is_demo as isDemo',
      'r.title as roundTitle',
      'r.theme as roundTheme',
    ])
}

/** One idea that may be shown, with its author; undefined when it is hidden or not there. */
export function selectIdea(db: Database, ideaId: number) {
  return wholeIdea(db, ideaId).where('i.status', '<>', 'hidden').executeTakeFirst()
}

/** What happened to an idea, first to last. */
export function selectIdeaEvents(db: Database, ideaId: number) {
  return db
    .selectFrom('idea_event')
    .where('idea_id', '=', ideaId)
    .select([sql<Idea['history'][number]['kind']>`kind`.as('kind'), 'at', 'version'])
    .orderBy('idea_event_id')
    .execute()
}

/** Locks the row until the transaction ends, so that two changes happen one after the other. */
export function lockIdea(db: Database, ideaId: number, year: number) {
  return db
    .selectFrom('idea')
    .where('idea_id', '=', ideaId)
    .where('round_year', '=', year)
    .where('status', '<>', 'hidden')
    .select(['idea_id as ideaId', 'person_id as personId', 'status', 'version'])
    .forUpdate()
    .executeTakeFirst()
}

export interface NewIdeaRow extends Omit<NewIdea, 'pictureIds'> {
  roundYear: number
  personId: string
  placement: Placement
  at: Date
}

function placedColumns(geometry: PlaceGeometry, placement: Placement) {
  return {
    geom: fromGeoJson(geometry),
    label_point: labelPoint(fromGeoJson(geometry)),
    district_id: placement.districtId,
    district_version_id: placement.districtVersionId,
    spans_districts: placement.spansDistricts,
  }
}

/** Adds an idea; returns its number. */
export async function insertIdea(db: Database, row: NewIdeaRow): Promise<number> {
  const { ideaId } = await db
    .insertInto('idea')
    .values({
      round_year: row.roundYear,
      person_id: row.personId,
      title: row.title,
      description: row.description,
      category: row.category,
      ...placedColumns(row.geometry, row.placement),
      wished_amount_dkk: row.wishedAmountDkk,
      accessibility_note: row.accessibilityNote,
      upkeep_note: row.upkeepNote,
      created_at: row.at,
      updated_at: row.at,
    })
    .returning('idea_id as ideaId')
    .executeTakeFirstOrThrow()
  return ideaId
}

export interface IdeaUpdate extends Partial<Omit<NewIdea, 'pictureIds' | 'geometry'>> {
  placed?: { geometry: PlaceGeometry; placement: Placement }
  status?: 'withdrawn'
  version: number
  at: Date
}

/** Writes the given fields and the new version. */
export async function updateIdea(db: Database, ideaId: number, change: IdeaUpdate): Promise<void> {
  await db
    .updateTable('idea')
    .where('idea_id', '=', ideaId)
    .set({
      title: change.title,
      description: change.description,
      category: change.category,
      wished_amount_dkk: change.wishedAmountDkk,
      accessibility_note: change.accessibilityNote,
      upkeep_note: change.upkeepNote,
      ...(change.placed ? placedColumns(change.placed.geometry, change.placed.placement) : {}),
      status: change.status,
      version: change.version,
      updated_at: change.at,
    })
    .execute()
}

/** Adds a line to an idea's history. */
export async function insertIdeaEvent(
  db: Database,
  event: { ideaId: number; kind: Idea['history'][number]['kind']; version: number; at: Date },
): Promise<void> {
  await db.insertInto('idea_event').values({ idea_id: event.ideaId, kind: event.kind, version: event.version, at: event.at }).execute()
}

export type IdeaSummaryRow = Awaited<ReturnType<typeof selectIdeaPage>>[number]
