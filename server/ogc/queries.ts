import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJsonIn, asMulti, asWkt, type Geom, labelPoint, meetsStorageBox, meetsWireBox, wireExtent } from '../platform/db/postgis.ts'
import type { PublishedCollection, PublishedLayer, PublishedView } from './catalogue.ts'
import type { TwoTexts } from './contract.ts'
import type { ItemFilter, PublishedColumn, PublishedRow, RowQuestion, TableRow, ViewDescription } from './publishedTypes.ts'
import { type BoxFilter, type FeatureKey, kindOf, type Position, type TimeFilter } from './rules.ts'

// Only views of the catalogue are read here (a test holds it): what is not published cannot leave by a wrong condition.

/** A comment "dansk | English" in its two halves. */
function bothTexts(comment: string | null): TwoTexts {
  const [da = '', en = da] = (comment ?? '').split(' | ')
  return { da, en }
}

/** What does a published view hold, by the database's own comments? */
export async function describeView(db: Database, view: PublishedView): Promise<ViewDescription> {
  const { rows } = await sql<{ name: string; type: string; comment: string | null; whole: string | null }>`
    select a.attname::text as name, format_type(a.atttypid, null) as type, col_description(a.attrelid, a.attnum) as comment,
      obj_description(a.attrelid, 'pg_class') as whole
    from pg_attribute a
    where a.attrelid = ${view}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(db)
  return {
    description: bothTexts(rows[0]?.whole ?? null),
    columns: rows.map(({ name, type, comment }) => ({ name, kind: kindOf(type), description: bothTexts(comment) })),
  }
}

/** Which constraint layers have data that may be shared? In the order of the catalogue. */
export async function selectPublishedLayers(db: Database): Promise<PublishedLayer[]> {
  const rows = await db.selectFrom('published_constraint_layer').selectAll().orderBy('layer_number').execute()
  return rows.map((row) => ({
    layerId: row.layer_id ?? '',
    name: { da: row.name_da ?? '', en: row.name_en ?? '' },
    law: { da: row.law_da ?? '', en: row.law_en ?? '' },
    rule: { da: row.rule_da ?? '', en: row.rule_en ?? '' },
    attribution: row.attribution,
    source: row.source ?? '',
    datasetDate: row.dataset_date,
    isDemo: row.is_demo ?? false,
    lastLoadFailed: row.last_load_failed ?? false,
  }))
}

/** Which version of each collection is committed, and which outlines are in force today? As one text per collection. */
export async function selectVersions(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{ collection: string; version: string }>`
    select collection, concat(version, '.', current_district_version_id()) as version from collection_version`.execute(db)
  return new Map(rows.map(({ collection, version }) => [collection, version]))
}

const column = (name: string) => sql.ref(`v.${name}`)
const zone = sql.lit('Europe/Copenhagen')
const dayStart = (day: RawBuilder<unknown>) => sql`((${day})::timestamp at time zone ${zone})`

function instantIn(moment: RawBuilder<unknown>, { from, to }: TimeFilter): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  if (from) conditions.push(sql`${moment} >= ${from.isDay ? dayStart(sql`${from.text}::date`) : sql`${from.text}::timestamptz`}`)
  if (to) conditions.push(to.isDay ? sql`${moment} < ${dayStart(sql`${to.text}::date + 1`)}` : sql`${moment} <= ${to.text}::timestamptz`)
  return conditions
}

/** Days meet an interval when they begin before its end and end after its beginning; without a last day they go on. */
function daysIn(first: RawBuilder<unknown>, last: RawBuilder<unknown> | null, { from, to }: TimeFilter): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = [sql`${first} is not null`]
  if (from && last) {
    const begin = from.isDay ? dayStart(sql`${from.text}::date`) : sql`${from.text}::timestamptz`
    conditions.push(sql`${dayStart(sql`${last} + 1`)} > ${begin}`)
  }
  if (to) {
    const end = to.isDay ? sql`< ${dayStart(sql`${to.text}::date + 1`)}` : sql`<= ${to.text}::timestamptz`
    conditions.push(sql`${dayStart(first)} ${end}`)
  }
  return conditions
}

function timeConditions({ moment }: PublishedCollection, time: TimeFilter | null): RawBuilder<boolean>[] {
  if (time === null || moment === null) return []
  if (moment.kind === 'instant') return instantIn(column(moment.column), time)
  return daysIn(column(moment.from), moment.to === null ? null : column(moment.to), time)
}

function boxCondition(geom: RawBuilder<Geom>, box: BoxFilter): RawBuilder<boolean> {
  if (box.unit === 'metres') return meetsStorageBox(geom, box.box)
  return sql`(${sql.join(
    box.boxes.map((one) => meetsWireBox(geom, one)),
    sql` or `,
  )})`
}

const EVERYTHING: ItemFilter = { box: null, time: null, properties: [] }

function matching(collection: PublishedCollection, filter: ItemFilter): RawBuilder<boolean> {
  const { only, geometryColumn } = collection
  const conditions: RawBuilder<boolean>[] = [sql`true`, ...timeConditions(collection, filter.time)]
  if (only) conditions.push(sql`${column(only.column)} = ${only.value}`)
  for (const { column: name, value } of filter.properties) conditions.push(sql`${column(name)} = ${value}`)
  for (const { column: name, value } of filter.holding ?? []) conditions.push(sql`${value} = any(${column(name)})`)
  if (filter.box) conditions.push(boxCondition(column(geometryColumn) as RawBuilder<Geom>, filter.box))
  return sql`${sql.join(conditions, sql` and `)}`
}

function fromPosition({ idColumn }: PublishedCollection, position: Position): RawBuilder<boolean> {
  if (position === null) return sql`true`
  return 'after' in position ? sql`${column(idColumn)} > ${position.after}` : sql`${column(idColumn)} < ${position.before}`
}

/** Instants leave as UTC whatever zone the session has. */
function asColumn({ name, kind }: PublishedColumn): RawBuilder<unknown> {
  const value = kind === 'instant' ? sql`to_char(${column(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : column(name)
  return sql`${value} as ${sql.id(name)}`
}

function valuesOf(columns: readonly PublishedColumn[]): RawBuilder<unknown> {
  return sql.join(columns.filter(({ kind }) => kind !== 'geometry').map(asColumn))
}

function shapeOf({ geometryColumn, isMulti }: PublishedCollection): RawBuilder<Geom> {
  const geom = column(geometryColumn) as RawBuilder<Geom>
  return isMulti ? asMulti(geom) : geom
}

/** Rows of a collection in the order of their names from a position on, backwards when it says `before`. */
export async function selectRows(db: Database, collection: PublishedCollection, question: RowQuestion): Promise<PublishedRow[]> {
  const { columns, filter, position, limit, crs } = question
  const geom = shapeOf(collection)
  const order = position !== null && 'before' in position ? sql`desc` : sql`asc`
  const { rows } = await sql<PublishedRow>`
    select ${valuesOf(columns)}, ${column(collection.idColumn)} as _id, ${asGeoJsonIn(geom, crs)} as _geometry
    from ${sql.table(collection.view)} v
    where ${matching(collection, filter)} and ${fromPosition(collection, position)}
    order by ${column(collection.idColumn)} ${order} limit ${limit}`.execute(db)
  return rows
}

/** One feature by its name. */
export async function selectRow(
  db: Database,
  collection: PublishedCollection,
  question: Pick<RowQuestion, 'columns' | 'crs'> & { featureId: FeatureKey },
): Promise<PublishedRow | undefined> {
  const geom = shapeOf(collection)
  const { rows } = await sql<PublishedRow>`
    select ${valuesOf(question.columns)}, ${column(collection.idColumn)} as _id, ${asGeoJsonIn(geom, question.crs)} as _geometry
    from ${sql.table(collection.view)} v
    where ${matching(collection, EVERYTHING)} and ${column(collection.idColumn)} = ${question.featureId}`.execute(db)
  return rows[0]
}

/** How many features match. */
export async function countRows(db: Database, collection: PublishedCollection, filter: ItemFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(collection.view)} v where ${matching(collection, filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

export interface Extent {
  box: [number, number, number, number] | null
  from: string | null
  to: string | null
}

function momentEnds({ moment }: PublishedCollection): RawBuilder<unknown> {
  if (moment === null) return sql`null as "from", null as "to"`
  if (moment.kind === 'instant') {
    const text = (value: RawBuilder<unknown>) => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    return sql`${text(sql`min(${column(moment.column)})`)} as "from", ${text(sql`max(${column(moment.column)})`)} as "to"`
  }
  const last = moment.to === null ? sql`null` : sql`to_char(max(${column(moment.to)}), 'YYYY-MM-DD"T23:59:59Z"')`
  return sql`to_char(min(${column(moment.from)}), 'YYYY-MM-DD"T00:00:00Z"') as "from", ${last} as "to"`
}

/** Where and when everything of a collection lies. */
export async function selectExtent(db: Database, collection: PublishedCollection): Promise<Extent> {
  const geom = column(collection.geometryColumn) as RawBuilder<Geom>
  const { rows } = await sql<Extent>`
    select ${wireExtent(geom)} as box, ${momentEnds(collection)}
    from ${sql.table(collection.view)} v where ${matching(collection, EVERYTHING)}`.execute(db)
  return rows[0] ?? { box: null, from: null, to: null }
}

/** Rows for tables: the place as well-known text and as the point where its pin stands. @crs EPSG:4326 */
export async function selectTableRows(
  db: Database,
  collection: PublishedCollection,
  question: Omit<RowQuestion, 'crs'>,
): Promise<TableRow[]> {
  const geom = column(collection.geometryColumn) as RawBuilder<Geom>
  const { rows } = await sql<TableRow>`
    select ${valuesOf(question.columns)}, ${column(collection.idColumn)} as _id, null as _geometry, ${asWkt(geom)} as wkt,
      (${asGeoJsonIn(labelPoint(geom), 'CRS84')} -> 'coordinates') as pin
    from ${sql.table(collection.view)} v
    where ${matching(collection, question.filter)} and ${fromPosition(collection, question.position)}
    order by ${column(collection.idColumn)} limit ${question.limit}`.execute(db)
  return rows
}
