import { sql } from 'kysely'
import { selectDistrictsAt } from '../../server/districts/queries.ts'
import { MAP_FEATURE_LIMIT } from '../../server/ideas/contract.ts'
import { selectIdeaFeatures } from '../../server/ideas/queries.ts'
import type { Database, DatabaseHandle } from '../../server/platform/db/connect.ts'
import { rowsOfConstraint } from '../../server/tiles/constraintQueries.ts'
import { encodeTile, rowsOfCollection } from '../../server/tiles/queries.ts'
import { frameOf, type TileFrame } from '../../server/tiles/rules.ts'
import { BENCH_YEAR } from './seed.ts'
import { recordStatements, type Statement } from './statements.ts'

/** The same questions twice: as addresses of the server and as the statements it asks for them. */
export interface Questions {
  readonly paths: readonly string[]
  readonly statements: readonly Statement[]
}

type LngLat = readonly [number, number]

/** Places of ideas, spread over the whole; the same each time. @crs EPSG:4326 */
async function samplePlaces(db: Database, count: number): Promise<LngLat[]> {
  const { rows } = await sql<{ lng: number; lat: number }>`
    select round(ST_X(place)::numeric, 6) as lng, round(ST_Y(place)::numeric, 6) as lat
    from (select ST_Transform(label_point, 4326) as place from idea order by hashint4(idea_id), idea_id limit ${count}) sample`.execute(db)
  return rows.map(({ lng, lat }) => [lng, lat])
}

export async function districtQuestions({ db, pool }: DatabaseHandle, count: number): Promise<Questions> {
  const places = await samplePlaces(db, count)
  return {
    paths: places.map(([lng, lat]) => `/api/districts/at?lng=${lng}&lat=${lat}`),
    statements: await recordStatements(pool, places, (recorded, [lng, lat]) => selectDistrictsAt(recorded, [[lng, lat]])),
  }
}

/** Metres per degree at this latitude, near enough to size a box. */
const DEGREE_M = { lat: 111_300, lng: 111_300 * Math.cos((55.73 * Math.PI) / 180) }

function boxAround([lng, lat]: LngLat, sideM: number): [number, number, number, number] {
  const [halfLng, halfLat] = [sideM / 2 / DEGREE_M.lng, sideM / 2 / DEGREE_M.lat]
  return [lng - halfLng, lat - halfLat, lng + halfLng, lat + halfLat].map((degrees) => Number(degrees.toFixed(6))) as [
    number,
    number,
    number,
    number,
  ]
}

/** Side of a square that holds about `features` of `ideas` evenly spread over the districts. @unit metres */
async function sideFor(db: Database, ideas: number, features: number): Promise<number> {
  const { rows } = await sql<{ areaM2: number }>`select sum(ST_Area(geom)) as "areaM2" from current_district_area`.execute(db)
  return Math.sqrt((features / ideas) * (rows[0]?.areaM2 ?? 0))
}

/** Boxes as a map asks for them, each holding about `features`; boxes that reach over the border hold fewer and are left out. */
export async function boxQuestions(handle: DatabaseHandle, { ideas, features, count }: Record<'ideas' | 'features' | 'count', number>) {
  const { db, pool } = handle
  const side = await sideFor(db, ideas, features)
  const boxes: { box: [number, number, number, number]; found: number }[] = []
  for (const place of await samplePlaces(db, count * 4)) {
    const box = boxAround(place, side)
    const collection = JSON.parse(await selectIdeaFeatures(db, BENCH_YEAR, { bbox: box }, MAP_FEATURE_LIMIT))
    boxes.push({ box, found: collection.features.length })
  }
  const nearest = boxes.toSorted((a, b) => Math.abs(a.found - features) - Math.abs(b.found - features)).slice(0, count)
  const questions: Questions = {
    paths: nearest.map(({ box }) => `/api/rounds/${BENCH_YEAR}/ideas.geojson?bbox=${box.join(',')}`),
    statements: await recordStatements(pool, nearest, (recorded, { box }) =>
      selectIdeaFeatures(recorded, BENCH_YEAR, { bbox: box }, MAP_FEATURE_LIMIT),
    ),
  }
  return { questions, found: nearest.map(({ found }) => found) }
}

interface NumberedTile {
  readonly z: number
  readonly x: number
  readonly y: number
  readonly frame: TileFrame
}

/** Tiles of some zooms that hold these places, each once, the widest first. */
function tilesOf(places: readonly LngLat[], zooms: readonly number[]): NumberedTile[] {
  const tiles = new Map<string, NumberedTile>()
  for (const [lng, lat] of places) {
    for (const z of zooms) {
      const x = Math.floor(((lng + 180) / 360) * 2 ** z)
      const y = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)
      const frame = frameOf({ z, x, y })
      if (frame !== null) tiles.set(`${z}/${x}/${y}`, { z, x, y, frame })
    }
  }
  return [...tiles.values()].sort((a, b) => a.z - b.z)
}

export async function tileQuestions({ db, pool }: DatabaseHandle, zooms: readonly number[], most: number): Promise<Questions> {
  const tiles = tilesOf(await samplePlaces(db, 300), zooms).slice(0, most)
  return {
    paths: tiles.map(({ z, x, y }) => `/tiles/ideas/${z}/${x}/${y}.mvt`),
    statements: await recordStatements(pool, tiles, (recorded, { z, frame }) =>
      encodeTile(recorded, rowsOfCollection({ collection: 'ideas', zoom: z, frame, year: null })),
    ),
  }
}

/** Tiles of a constraint layer, over all that its features cover. */
export async function layerTileQuestions({ db, pool }: DatabaseHandle, layerId: string, zoom: number, most: number): Promise<Questions> {
  const { rows } = await sql<{ lng: number; lat: number }>`
    select ST_X(place) as lng, ST_Y(place) as lat
    from (select ST_Transform(ST_Centroid(geom), 4326) as place from constraint_feature where layer_id = ${layerId}
      order by hashint8(constraint_feature_id), constraint_feature_id limit 300) sample`.execute(db)
  const places = rows.map(({ lng, lat }): LngLat => [lng, lat])
  const tiles = tilesOf(places, [zoom]).slice(0, most)
  return {
    paths: tiles.map(({ z, x, y }) => `/tiles/constraints/${layerId}/${z}/${x}/${y}.mvt`),
    statements: await recordStatements(pool, tiles, (recorded, { z, frame }) =>
      encodeTile(recorded, rowsOfConstraint({ layerId, zoom: z, frame })),
    ),
  }
}
