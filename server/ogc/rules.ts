import type { PublishedCollection } from './catalogue.ts'
import { CRS_URIS, type CrsName, DEFAULT_LIMIT, itemQuerySchema, itemsQuerySchema, MAX_LIMIT, viewQuerySchema } from './contract.ts'

/** A box in the order x, y, x, y: longitude first in degrees, east first in metres. */
export type Box = readonly [number, number, number, number]
/** Where features must lie: boxes in degrees, or one in metres. */
export type BoxFilter = { unit: 'degrees'; boxes: readonly Box[] } | { unit: 'metres'; box: Box }

/** One end of an interval: a whole day (Europe/Copenhagen) or an instant. */
export interface TimeEnd {
  text: string
  isDay: boolean
}
/** Both ends included; null is open. */
export interface TimeFilter {
  from: TimeEnd | null
  to: TimeEnd | null
}

export type PropertyValue = string | number | boolean
/** A feature's name, as the column holds it. */
export type FeatureKey = string | number
export type Position = { after: FeatureKey } | { before: FeatureKey } | null

export interface ItemsQuestion {
  limit: number
  crs: CrsName
  box: BoxFilter | null
  time: TimeFilter | null
  properties: readonly { column: string; value: PropertyValue }[]
  position: Position
}

/** Kinds of columns as questions and answers tell them apart. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'day' | 'instant' | 'list' | 'json' | 'geometry'

type Refusal = { ok: false; parameter: string; reason: string }
type Reading<Value> = { ok: true; value: Value } | Refusal
type Sent = Readonly<Record<string, readonly string[]>>

const refuse = (parameter: string, reason: string): Refusal => ({ ok: false, parameter, reason })
const accept = <Value>(value: Value) => ({ ok: true as const, value })

/** Kind of a column by the database's name of its type. */
export function kindOf(type: string): ColumnKind {
  if (type.endsWith('[]')) return 'list'
  if (type.startsWith('geometry')) return 'geometry'
  if (type.startsWith('timestamp')) return 'instant'
  if (type.startsWith('json')) return 'json'
  const known: Record<string, ColumnKind> = { integer: 'integer', bigint: 'integer', smallint: 'integer', boolean: 'boolean', date: 'day' }
  return known[type] ?? (/^(double|real|numeric)/.test(type) ? 'number' : 'text')
}

/** Parameters by what may be asked: everything else is refused. @source OGC API Features Part 1, 7.14 query-param-unknown */
export const KNOWN_PARAMETERS = {
  view: Object.keys(viewQuerySchema.shape),
  item: Object.keys(itemQuerySchema.shape),
  items: Object.keys(itemsQuerySchema.shape),
} as const

/** The first parameter that is unknown or stands twice; null when all are right. */
export function findStranger(sent: Sent, known: readonly string[]): Refusal | null {
  for (const [name, values] of Object.entries(sent)) {
    if (!known.includes(name)) return refuse(name, 'unknown parameter')
    if (values.length > 1) return refuse(name, 'may stand once')
  }
  return null
}

/** Reads a reference system by its URI. */
export function readCrs(text: string | undefined, parameter: string): Reading<CrsName> {
  if (text === undefined) return accept('CRS84')
  const found = (Object.keys(CRS_URIS) as CrsName[]).find((name) => CRS_URIS[name] === text)
  return found === undefined ? refuse(parameter, `not one of ${Object.values(CRS_URIS).join(', ')}`) : accept(found)
}

/** How many features; more than the maximum is the maximum. @source OGC API Features Part 1, fc-limit-response-1 */
export function readLimit(text: string | undefined): Reading<number> {
  if (text === undefined) return accept(DEFAULT_LIMIT)
  if (!/^[0-9]{1,15}$/.test(text) || Number(text) < 1) return refuse('limit', `a whole number from 1 to ${MAX_LIMIT}`)
  return accept(Math.min(Number(text), MAX_LIMIT))
}

const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?\s*$/i

/** Reads a box; one that crosses the antimeridian becomes two. Heights are not looked at. */
export function readBox(text: string | undefined, crs: CrsName): Reading<BoxFilter | null> {
  if (text === undefined) return accept(null)
  const parts = text.split(',')
  const numbers = parts.map(Number)
  const isRight = [4, 6].includes(parts.length) && parts.every((part) => decimal.test(part)) && numbers.every(Number.isFinite)
  if (!isRight) return refuse('bbox', 'four or six numbers with commas between')
  const half = parts.length / 2
  const [firstA, secondA, firstB, secondB] = [numbers[0], numbers[1], numbers[half], numbers[half + 1]] as [number, number, number, number]
  const [minX, minY, maxX, maxY] = crs === 'EPSG:4326' ? [secondA, firstA, secondB, firstB] : [firstA, secondA, firstB, secondB]
  if (minY > maxY) return refuse('bbox', 'the lower edge lies above the upper one')
  if (crs === 'EPSG:25832') {
    return minX > maxX
      ? refuse('bbox', 'the left edge lies right of the right one')
      : accept({ unit: 'metres', box: [minX, minY, maxX, maxY] })
  }
  if (Math.abs(minX) > 180 || Math.abs(maxX) > 180 || minY < -90 || maxY > 90) return refuse('bbox', 'degrees outside the world')
  const boxes: Box[] =
    minX <= maxX
      ? [[minX, minY, maxX, maxY]]
      : [
          [minX, minY, 180, maxY],
          [-180, minY, maxX, maxY],
        ]
  return accept({ unit: 'degrees', boxes })
}

const written = /^(\d{4}-\d{2}-\d{2})([tT]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([zZ]|[-+]\d{2}:\d{2}))?$/

function readEnd(text: string): TimeEnd | null {
  const [, day, time] = written.exec(text) ?? []
  // The calendar's own word: `Date` also takes 30 February.
  if (day === undefined || day < '0001' || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return null
  if (time === undefined) return { text, isDay: true }
  return Number.isNaN(Date.parse(text.toUpperCase())) ? null : { text: text.toUpperCase(), isDay: false }
}

const isOpen = (text: string) => text === '' || text === '..'

/** Reads an instant, a day or an interval of them with at most one open end. @source RFC 3339, OGC API Features Part 1, 7.15.4 */
export function readTime(text: string | undefined): Reading<TimeFilter | null> {
  if (text === undefined) return accept(null)
  const wrong = refuse('datetime', 'an instant, a day or an interval in the form of RFC 3339')
  const parts = text.split('/')
  if (parts.length > 2 || parts.every(isOpen)) return wrong
  const [from, to] = parts.map((part) => (isOpen(part) ? null : readEnd(part)))
  if (parts.length === 1) return from ? accept({ from, to: from }) : wrong
  if ((from === null && !isOpen(parts[0] as string)) || (to === null && !isOpen(parts[1] as string))) return wrong
  if (from && to && Date.parse(from.text) > Date.parse(to.text)) return refuse('datetime', 'ends before it begins')
  return accept({ from: from ?? null, to: to ?? null })
}

/** Reads a value as a column of that kind holds it; null when it cannot hold it. */
export function readValue(text: string, kind: ColumnKind): PropertyValue | null {
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : null
  if (kind === 'integer') return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 2_147_483_647 ? Number(text) : null
  return text.length <= 500 && !text.includes('\0') && text.isWellFormed() ? text : null
}

function readProperties(sent: Sent, queryables: readonly string[], kinds: ReadonlyMap<string, ColumnKind>) {
  const properties: { column: string; value: PropertyValue }[] = []
  for (const column of queryables) {
    const text = sent[column]?.[0]
    if (text === undefined) continue
    const kind = kinds.get(column) ?? 'text'
    const value = readValue(text, kind)
    if (value === null) return refuse(column, kind === 'boolean' ? 'true or false' : kind === 'integer' ? 'a whole number' : 'not a text')
    properties.push({ column, value })
  }
  return accept(properties)
}

function readPosition(sent: Sent, kind: ColumnKind): Reading<Position> {
  const [after, before] = [sent.after?.[0], sent.before?.[0]]
  if (after !== undefined && before !== undefined) return refuse('before', 'not together with after')
  const text = after ?? before
  if (text === undefined) return accept(null)
  const value = readValue(text, kind)
  if (value === null || typeof value === 'boolean') return refuse(after === undefined ? 'before' : 'after', 'not the name of a feature')
  return accept(after === undefined ? { before: value } : { after: value })
}

/** Reads what is asked of a collection's items, or names the first thing wrong with it. */
export function readItemsQuestion(
  sent: Sent,
  collection: Pick<PublishedCollection, 'queryables' | 'idColumn'>,
  kinds: ReadonlyMap<string, ColumnKind>,
): Reading<ItemsQuestion> {
  const stranger = findStranger(sent, [...KNOWN_PARAMETERS.items, ...collection.queryables])
  if (stranger) return stranger
  const limit = readLimit(sent.limit?.[0])
  if (!limit.ok) return limit
  const crs = readCrs(sent.crs?.[0], 'crs')
  if (!crs.ok) return crs
  const boxCrs = readCrs(sent['bbox-crs']?.[0], 'bbox-crs')
  if (!boxCrs.ok) return boxCrs
  const box = readBox(sent.bbox?.[0], boxCrs.value)
  if (!box.ok) return box
  const time = readTime(sent.datetime?.[0])
  if (!time.ok) return time
  const properties = readProperties(sent, collection.queryables, kinds)
  if (!properties.ok) return properties
  const position = readPosition(sent, kinds.get(collection.idColumn) ?? 'text')
  if (!position.ok) return position
  return accept({
    limit: limit.value,
    crs: crs.value,
    box: box.value,
    time: time.value,
    properties: properties.value,
    position: position.value,
  })
}

/** Cuts what was fetched (one more than asked for) to the page and says which neighbours it has. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  position: Position,
): { page: Row[]; hasNext: boolean; hasPrevious: boolean } {
  const hasMore = rows.length > limit
  if (position !== null && 'before' in position) {
    const page = rows.slice(0, limit).reverse()
    return { page, hasNext: page.length > 0, hasPrevious: hasMore }
  }
  const page = rows.slice(0, limit)
  return { page, hasNext: hasMore, hasPrevious: position !== null && page.length > 0 }
}

/** The kind of each column by its name. */
export function kindsOf(columns: readonly { name: string; kind: ColumnKind }[]): Map<string, ColumnKind> {
  return new Map(columns.map(({ name, kind }) => [name, kind]))
}
