import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { DENMARK_BOUNDS } from '../kernel/crs.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { memoFor } from '../platform/memo.ts'
import { ByteCache } from './byteCache.ts'
import { MAX_ZOOM, TILE_EXTENT, type TileCollection, type TileJson } from './contract.ts'
import { encodeMvt } from './encodeMvt.ts'
import { TILE_LAYERS } from './layers.ts'
import { encodeTile, selectCollectionVersions, selectOutlineFacts, selectTileFeatures, type TileRequest } from './queries.ts'
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
}

type TileDeps = Pick<Deps, 'db' | 'encodesTiles'>

const compress = promisify(gzip)

async function buildTile({ db, encodesTiles }: TileDeps, request: TileRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (encodesTiles) return encodeTile(db, request)
  return new Uint8Array(encodeMvt({ name: request.collection, extent: TILE_EXTENT, features: await selectTileFeatures(db, request) }))
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

/** Tiles from the cache while the collection's version is the same; each is built once, however many ask for it at once. */
export function createTileService(deps: TileDeps): TileService {
  const cache = new ByteCache<Tile>(CACHE_BYTES)
  const building = new Map<string, Promise<Tile>>()
  const readVersions = memoFor(VERSION_AGE_MS, () => selectCollectionVersions(deps.db))
  const nothing = finishTile(new Uint8Array())

  function build(key: string, request: TileRequest): Promise<Tile> {
    const started = building.get(key)
    if (started !== undefined) return started
    const promise = buildTile(deps, request)
      .then(finishTile)
      .then((tile) => {
        cache.set(key, tile)
        return tile
      })
      .finally(() => building.delete(key))
    building.set(key, promise)
    return promise
  }

  async function readTile(collection: TileCollection, address: TileAddress, askedYear: number | null): Promise<Tile> {
    requireInsideZoom(address)
    const frame = frameOf(address)
    if (frame === null) return nothing
    const year = collection === 'districts' ? null : askedYear
    const version = (await readVersions()).get(collection)
    const key = `${collection}/${address.z}/${address.x}/${address.y}/${year ?? ''}/${version}`
    return cache.get(key) ?? build(key, { collection, zoom: address.z, frame, year })
  }
  return { readTile }
}

const denmark: TileJson['bounds'] = [DENMARK_BOUNDS.west, DENMARK_BOUNDS.south, DENMARK_BOUNDS.east, DENMARK_BOUNDS.north]

/** The collection's TileJSON with absolute addresses. @source TileJSON 3.0.0 */
export async function readTileJson({ db, config }: Pick<Deps, 'db' | 'config'>, collection: TileCollection): Promise<TileJson> {
  const { description, fields } = TILE_LAYERS[collection]
  const { bounds, attribution } = await selectOutlineFacts(db)
  return {
    tilejson: '3.0.0',
    name: collection,
    description,
    attribution: (collection === 'districts' ? attribution : null) ?? config.municipality,
    scheme: 'xyz',
    tiles: [`${config.baseUrl}/tiles/${collection}/{z}/{x}/{y}.mvt`],
    minzoom: 0,
    maxzoom: MAX_ZOOM,
    bounds: bounds ?? denmark,
    vector_layers: [{ id: collection, description, minzoom: 0, maxzoom: MAX_ZOOM, fields: { ...fields } }],
  }
}
