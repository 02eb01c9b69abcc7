import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PublishedRow } from '../ogc/publishedTypes.ts'
import { readBatches } from '../ogc/reading.ts'
import type { Database } from '../platform/db/connect.ts'
import type { RoundParts } from './contents.ts'
import {
  COLLECTION_COLUMN,
  type Column,
  flatValue,
  ideaLayer,
  type LayerName,
  unionColumns,
  virtualLayers,
  type WrittenLayer,
} from './rules.ts'

const STORAGE_CRS = 'EPSG:25832'

interface OpenLayer extends Omit<WrittenLayer, 'isEmpty'> {
  file: WriteStream
  count: number
  placeless: number
}

function openLayer(folder: string, name: string, columns: readonly Column[], geometryType: WrittenLayer['geometryType']): OpenLayer {
  return { name, columns, geometryType, file: createWriteStream(join(folder, `${name}.geojsonl`)), count: 0, placeless: 0 }
}

function lineOf({ columns }: OpenLayer, row: PublishedRow, extra: Record<string, unknown>): string {
  const values = { ...row, ...extra }
  const properties = Object.fromEntries(columns.map(({ name }) => [name, flatValue((values as Record<string, unknown>)[name])]))
  return `${JSON.stringify({ type: 'Feature', properties, geometry: row._geometry })}\n`
}

async function write(layer: OpenLayer, text: string): Promise<void> {
  if (!layer.file.write(text)) await once(layer.file, 'drain')
}

async function writeRows(layer: OpenLayer, rows: readonly PublishedRow[], extra: Record<string, unknown> = {}): Promise<void> {
  if (rows.length === 0) return
  layer.count += rows.length
  layer.placeless += rows.filter(({ _geometry }) => _geometry === null).length
  await write(layer, rows.map((row) => lineOf(layer, row, extra)).join(''))
}

/** Ends the files; an empty layer gets one line that only shows its columns. */
async function finish(folder: string, layers: readonly OpenLayer[]): Promise<void> {
  for (const layer of layers) {
    const empty = Object.fromEntries(layer.columns.map(({ name }) => [name, null]))
    if (layer.count === 0) await write(layer, `${JSON.stringify({ type: 'Feature', properties: empty, geometry: null })}\n`)
    layer.file.end()
    await once(layer.file, 'close')
  }
  const written = layers.map((layer) => ({ ...layer, isEmpty: layer.count === 0 }))
  await writeFile(join(folder, 'round.vrt'), virtualLayers(written, STORAGE_CRS))
}

function plainColumns(columns: readonly Column[]): Column[] {
  return unionColumns([columns])
}

/** Writes a round's layers as lines of GeoJSON in storage coordinates, and `round.vrt`, which tells GDAL of them. */
export async function writeRoundLayers(db: Database, folder: string, parts: RoundParts): Promise<void> {
  const open = (name: LayerName, from: keyof RoundParts, type: WrittenLayer['geometryType']) =>
    openLayer(folder, name, plainColumns(parts[from].described.view.columns), type)
  const layers = {
    districts: open('districts', 'districts', 'wkbMultiPolygon'),
    ideas_points: open('ideas_points', 'ideas', 'wkbPoint'),
    ideas_lines: open('ideas_lines', 'ideas', 'wkbLineString'),
    ideas_polygons: open('ideas_polygons', 'ideas', 'wkbPolygon'),
    projects: open('projects', 'projects', 'wkbPoint'),
    installations: open('installations', 'installations', 'wkbPoint'),
  } satisfies Record<LayerName, OpenLayer>
  for (const name of ['districts', 'projects', 'installations'] as const) {
    const { described, filter } = parts[name]
    for await (const rows of readBatches(db, described, filter, STORAGE_CRS)) await writeRows(layers[name], rows)
  }
  for await (const rows of readBatches(db, parts.ideas.described, parts.ideas.filter, STORAGE_CRS)) {
    for (const [name, some] of Map.groupBy(rows, ({ _geometry }) => ideaLayer(_geometry?.type))) await writeRows(layers[name], some)
  }
  await finish(folder, Object.values(layers))
}

/** The same as one layer of ideas and projects, for formats that hold one. Answers whether each has a place. */
export async function writeRoundLayer(db: Database, folder: string, parts: RoundParts): Promise<{ allPlaced: boolean }> {
  const names = ['ideas', 'projects'] as const
  const columns = unionColumns([[COLLECTION_COLUMN], ...names.map((name) => parts[name].described.view.columns)])
  const layer = openLayer(folder, 'round', columns, 'wkbUnknown')
  for (const collection of names) {
    const { described, filter } = parts[collection]
    for await (const rows of readBatches(db, described, filter, STORAGE_CRS)) await writeRows(layer, rows, { collection })
  }
  await finish(folder, [layer])
  return { allPlaced: layer.placeless === 0 && layer.count > 0 }
}
