import type { PublishedColumn } from '../ogc/publishedTypes.ts'

/** Layers of a whole round. Ideas lie in three, because a layer of GIS holds one kind of geometry. */
export const LAYERS = ['districts', 'ideas_points', 'ideas_lines', 'ideas_polygons', 'projects', 'installations'] as const
export type LayerName = (typeof LAYERS)[number]

/** The layer of an idea by the type of its geometry. */
export function ideaLayer(type: unknown): LayerName {
  if (type === 'Point') return 'ideas_points'
  return type === 'LineString' ? 'ideas_lines' : 'ideas_polygons'
}

export type Column = PublishedColumn

/** Columns of several collections as those of one table: each name once, in the order they come. */
export function unionColumns(lists: readonly (readonly Column[])[]): Column[] {
  const byName = new Map<string, Column>()
  for (const column of lists.flat()) if (column.kind !== 'geometry' && !byName.has(column.name)) byName.set(column.name, column)
  return [...byName.values()]
}

/** Column that says which collection a row is of, where several share a table. */
export const COLLECTION_COLUMN: Column = {
  name: 'collection',
  kind: 'text',
  description: { da: 'Samlingen rækken hører til (ideas eller projects)', en: 'Collection the row belongs to (ideas or projects)' },
}

/** A value as a cell of a table without types holds it: lists with commas, structures as JSON. */
export function flatValue(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.length === 0 ? null : value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean)
}

// What a spreadsheet would take for a formula, also in its wide forms. @source OWASP, CSV Injection
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell of a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe before it. @source RFC 4180 */
export function csvCell(value: unknown): string {
  const flat = flatValue(value)
  if (flat === null) return ''
  const text = typeof flat === 'string' && formula.test(flat) ? `'${flat}` : String(flat)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A line of a CSV file with its end. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const FIELD_TYPES: Readonly<Record<PublishedColumn['kind'], string>> = {
  text: 'type="String"',
  integer: 'type="Integer"',
  number: 'type="Real"',
  boolean: 'type="Integer" subtype="Boolean"',
  day: 'type="Date"',
  instant: 'type="DateTime"',
  list: 'type="String"',
  json: 'type="String"',
  geometry: '',
}

export interface WrittenLayer {
  /** Name of the layer, and of the file of lines it comes from. */
  name: string
  columns: readonly Column[]
  geometryType: 'wkbPoint' | 'wkbLineString' | 'wkbPolygon' | 'wkbMultiPolygon' | 'wkbUnknown'
  /** The file then holds one line that only shows the columns. */
  isEmpty: boolean
}

function field({ name, kind, description }: Column): string {
  return `<Field name="${xml(name)}" src="${xml(name)}" ${FIELD_TYPES[kind]} comment="${xml(`${description.da} | ${description.en}`)}"/>`
}

/** What tells GDAL of the types and meanings of files of GeoJSON lines. @source GDAL, OGR_VRT */
export function virtualLayers(layers: readonly WrittenLayer[], crs: string): string {
  const one = ({ name, columns, geometryType, isEmpty }: WrittenLayer) => {
    const source = isEmpty ? `<SrcSQL dialect="OGRSQL">SELECT * FROM ${name} WHERE 1 = 0</SrcSQL>` : `<SrcLayer>${name}</SrcLayer>`
    return `<OGRVRTLayer name="${name}"><SrcDataSource relativeToVRT="1">${name}.geojsonl</SrcDataSource>
<OpenOptions><OOI key="DATE_AS_STRING">YES</OOI></OpenOptions>${source}<GeometryType>${geometryType}</GeometryType>
<LayerSRS>${crs}</LayerSRS>${columns.map(field).join('')}</OGRVRTLayer>`
  }
  return `<OGRVRTDataSource>${layers.map(one).join('\n')}</OGRVRTDataSource>`
}
