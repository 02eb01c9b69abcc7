import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { DENMARK_BOUNDS } from '../kernel/crs.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { memoFor } from '../platform/memo.ts'
import { ByteCache } from './byteCache.ts'
import { rowsOfConstraint, selectMappedLayers } from './constraintQueries.ts'
import { MAX_ZOOM, TILE_EXTENT, type TileCollection, type TileJson } from './contract.ts'
import { encodeMvt } from './encodeMvt.ts'
import { CONSTRAINT_TILE, TILE_LAYERS, type TileLayer } from './layers.ts'
import { CONSTRAINT_MIN_ZOOM } from './limits.ts'
import { encodeTile, rowsOfCollection, selectCollectionVersions, selectOutlineFacts, selectTileFeatures, type TileRows } from './queries.ts'
import { frameOf, isInsideZoom, type TileAddress } from './rules.ts'

const CACHE_BYTES = 64 * 1024 * 1024
const VERSION_AGE_MS = 1_000
const COMPRESSED_FROM_BYTES = 1_024
// A tile of 244 kB: level 3 makes 101 kB in 2.4 ms, level 6 makes 100 kB in 6.4 ms.
const GZIP_LEVEL = 3
// What an entry takes beside its bytes: key, hash, object.
const ENTRY_BYTES = 400

export interface Tile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The same compressed, once, when first asked for; null where that is not worth it. */
  readonly gzipped: (() => Promise<Uint8Array<ArrayBuffer>>) | null
  /** Hash of the bytes: a tile that a change elsewhere left as it was keeps its tag. */
  readonly hash: string
  readonly byteCount: number
}

export interface TileService {
  /** @errors Problem `invalid-request` for a tile that does not exist at that zoom */
  readonly readTile: (collection: TileCollection, address: TileAddress, year: number | null) => Promise<Tile>
  /** @errors Problem `not-found` for a layer without a map, `invalid-request` as above */
  readonly readConstraintTile: (layerId: string, address: TileAddress) => Promise<Tile>
}

type TileDeps = Pick<Deps, 'db' | 'encodesTiles'>

const compress = promisify(gzip)

async function buildTile({ db, encodesTiles }: TileDeps, rows: TileRows): Promise<Uint8Array<ArrayBuffer>> {
  if (encodesTiles) return encodeTile(db, rows)
  return new Uint8Array(encodeMvt({ name: rows.name, extent: TILE_EXTENT, features: await selectTileFeatures(db, rows) }))
}

/** The bytes in memory of their own: kept for long, a small piece would hold the whole pool it was cut from. */
function ownBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
}

function finishTile(encoded: Uint8Array<ArrayBuffer>): Tile {
  const bytes = ownBytes(encoded)
  let compressing: Promise<Uint8Array<ArrayBuffer>> | null = null
  const gzipped = () => {
    compressing ??= compress(bytes, { level: GZIP_LEVEL }).then((compressed) => new Uint8Array(compressed))
    return compressing
  }
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  // Counted twice: with room for the compressed copy.
  return { bytes, gzipped: bytes.length < COMPRESSED_FROM_BYTES ? null : gzipped, hash, byteCount: 2 * bytes.length + ENTRY_BYTES }
}

function requireInsideZoom(address: TileAddress): void {
  if (isInsideZoom(address)) return
  const detail = `zoom ${address.z} has the numbers 0 to ${2 ** address.z - 1}`
  const pointer = address.x >= 2 ** address.z ? 'x' : 'y'
  throw commonProblem('invalid-request', { errors: [{ pointer, detail }] })
}

/** Keeps tiles by key; each is built once, however many ask for it at once. */
function keepTiles(deps: TileDeps) {
  const cache = new ByteCache<Tile>(CACHE_BYTES)
  const building = new Map<string, Promise<Tile>>()

  function build(key: string, rows: TileRows): Promise<Tile> {
    const started = building.get(key)
    if (started !== undefined) return started
    const promise = buildTile(deps, rows)
      .then(finishTile)
      .then((tile) => {
        cache.set(key, tile)
        return tile
      })
      .finally(() => building.delete(key))
    building.set(key, promise)
    return promise
  }
  return async (key: string, rows: () => TileRows): Promise<Tile> => cache.get(key) ?? build(key, rows())
}

/** Tiles from the cache while the collection's version is the same. */
export function createTileService(deps: TileDeps): TileService {
  const read = keepTiles(deps)
  const readVersions = memoFor(VERSION_AGE_MS, () => selectCollectionVersions(deps.db))
  const readLayers = memoFor(VERSION_AGE_MS, () => selectMappedLayers(deps.db))
  const nothing = finishTile(new Uint8Array())

  async function readTile(collection: TileCollection, address: TileAddress, askedYear: number | null): Promise<Tile> {
    requireInsideZoom(address)
    const frame = frameOf(address)
    if (frame === null) return nothing
    const year = collection === 'districts' ? null : askedYear
    const version = (await readVersions()).get(collection)
    const key = `${collection}/${address.z}/${address.x}/${address.y}/${year ?? ''}/${version}`
    return read(key, () => rowsOfCollection({ collection, zoom: address.z, frame, year }))
  }

  async function readConstraintTile(layerId: string, address: TileAddress): Promise<Tile> {
    requireInsideZoom(address)
    if (!(await readLayers()).has(layerId)) throw commonProblem('not-found')
    const frame = frameOf(address)
    if (frame === null || address.z < CONSTRAINT_MIN_ZOOM) return nothing
    const version = (await readVersions()).get('constraints')
    const key = `constraints/${layerId}/${address.z}/${address.x}/${address.y}/${version}`
    return read(key, () => rowsOfConstraint({ layerId, zoom: address.z, frame }))
  }
  return { readTile, readConstraintTile }
}

const denmark: TileJson['bounds'] = [DENMARK_BOUNDS.west, DENMARK_BOUNDS.south, DENMARK_BOUNDS.east, DENMARK_BOUNDS.north]

interface Described {
  /** Name of the layer in the tile. */
  tileLayer: string
  title: string
  description: string
  attribution: string | null
  path: string
  minzoom: number
  fields: TileLayer['fields']
}

async function describe({ db, config }: Pick<Deps, 'db' | 'config'>, one: Described): Promise<TileJson> {
  const { bounds } = await selectOutlineFacts(db)
  const { tileLayer, title, description, attribution, path, minzoom, fields } = one
  return {
    tilejson: '3.0.0',
    name: title,
    description,
    attribution: attribution ?? config.municipality,
    scheme: 'xyz',
    tiles: [`${config.baseUrl}/tiles/${path}/{z}/{x}/{y}.mvt`],
    minzoom,
    maxzoom: MAX_ZOOM,
    bounds: bounds ?? denmark,
    vector_layers: [{ id: tileLayer, description, minzoom, maxzoom: MAX_ZOOM, fields: { ...fields } }],
  }
}

/** The collection's TileJSON with absolute addresses. @source TileJSON 3.0.0 */
export async function readTileJson(deps: Pick<Deps, 'db' | 'config'>, collection: TileCollection): Promise<TileJson> {
  const attribution = collection === 'districts' ? (await selectOutlineFacts(deps.db)).attribution : null
  const layer = TILE_LAYERS[collection]
  return describe(deps, { ...layer, tileLayer: collection, title: collection, path: collection, minzoom: 0, attribution })
}

/** The TileJSON of a constraint layer. @errors Problem `not-found` for a layer without a map */
export async function readConstraintTileJson(deps: Pick<Deps, 'db' | 'config'>, layerId: string): Promise<TileJson> {
  const layer = (await selectMappedLayers(deps.db)).get(layerId)
  if (layer === undefined) throw commonProblem('not-found')
  const said = [layer.isDemo ? 'Eksempeldata, ikke rigtige / example data, not real' : null, layer.attribution].filter(Boolean)
  return describe(deps, {
    ...CONSTRAINT_TILE,
    tileLayer: 'constraints',
    title: layer.name,
    path: `constraints/${layerId}`,
    minzoom: CONSTRAINT_MIN_ZOOM,
    attribution: said.length === 0 ? null : said.join(' · '),
  })
}
