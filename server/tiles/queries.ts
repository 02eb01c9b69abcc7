import { type RawBuilder, sql } from 'kysely'
import { STORAGE_SRID, TILE_SRID, WIRE_SRID } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'
import { TILE_BUFFER, TILE_EXTENT, type TileCollection } from './contract.ts'
import type { TileFeature, TileGeometry, TileValue } from './encodeMvt.ts'
import { TILE_LAYERS, type TileLayer } from './layers.ts'
import { EVERY_IDEA_FROM_ZOOM, THINNING_CELL, type TileFrame } from './rules.ts'

// One statement per collection gives rows with whole-number geometry in tile units (y downwards). The database
// encodes them where it can, Node where it cannot: both from the same rows.

export interface TileRequest {
  readonly collection: TileCollection
  readonly zoom: number
  readonly frame: TileFrame
  readonly year: number | null
}

export type Sql = RawBuilder<unknown>

const low = sql.lit(-TILE_BUFFER)
const high = sql.lit(TILE_EXTENT + TILE_BUFFER)
const box: Sql = sql`ST_MakeEnvelope(${low}, ${low}, ${high}, ${high})`

/** The searched box in storage coordinates; its sides get vertices first, because the projection bends them. @crs EPSG:25832 */
export function bounds({ search: [minX, minY, maxX, maxY] }: TileFrame): Sql {
  const step = Math.max(maxX - minX, maxY - minY) / 8
  return sql`ST_Transform(ST_Segmentize(ST_MakeEnvelope(${minX}::float8, ${minY}::float8, ${maxX}::float8, ${maxY}::float8,
    ${sql.lit(TILE_SRID)}), ${step}::float8), ${sql.lit(STORAGE_SRID)})`
}

/** Storage geometry in tile units, not yet rounded. */
function toTile({ west, north, scale }: TileFrame, geom: Sql): Sql {
  return sql`ST_SetSRID(ST_Affine(ST_Transform(${geom}, ${sql.lit(TILE_SRID)}), ${scale}::float8, 0, 0, ${-scale}::float8,
    ${-west * scale}::float8, ${north * scale}::float8), 0)`
}

const pointOf = (frame: TileFrame, geom: Sql): Sql => sql`ST_SnapToGrid(${toTile(frame, geom)}, 1)`

const lineOf = (frame: TileFrame, geom: Sql): Sql =>
  sql`ST_CollectionExtract(ST_SnapToGrid(ST_ClipByBox2D(ST_Simplify(${toTile(frame, geom)}, 1), ${box}), 1), 2)`

// Rounding may fold a polygon over itself. Looking is cheap (11 µs for 66 corners), mending is not (100 µs): only the folded
// ones go through ST_ReducePrecision, which rounds and keeps them valid. ST_IsValidDetail says it without a notice per polygon.
// `offset 0` keeps each step from being done twice.
const polygonOf = (frame: TileFrame, geom: Sql): Sql =>
  sql`(select ST_ForcePolygonCCW(ST_CollectionExtract(
      case when (ST_IsValidDetail(snapped)).valid then snapped else ST_ReducePrecision(ST_MakeValid(clipped), 1) end, 3))
    from (select clipped, ST_SnapToGrid(clipped, 1) as snapped
      from (select ST_ClipByBox2D(ST_Simplify(${toTile(frame, geom)}, 1, true), ${box}) as clipped offset 0) c offset 0) s)`

/** A geometry as it is drawn in the tile: whole tile units, y downwards, cut to the tile with its buffer. */
export function shapeOf(frame: TileFrame, geom: Sql): Sql {
  return sql`case ST_Dimension(${geom}) when 0 then ${pointOf(frame, geom)} when 1 then ${lineOf(frame, geom)}
    else ${polygonOf(frame, geom)} end`
}

function inYear(column: Sql, year: number | null): Sql {
  return year === null ? sql`` : sql`and ${column} = ${year}::integer`
}

// The rows of `placed` end with `offset 0`: without it the planner would compute each shape once per condition here.
export const seen: Sql = sql`where geom is not null and not ST_IsEmpty(geom) and geom && ${box}`

function districtRows({ frame }: TileRequest): Sql {
  return sql`select * from (
    select a.district_id, a.name, ${polygonOf(frame, sql`a.geom`)} as geom
    from current_district_area a where a.geom && ${bounds(frame)}
    offset 0
  ) placed ${seen} order by district_id`
}

const ideaColumns: Sql = sql`i.idea_id as id, i.idea_id, i.title, i.category, i.district_id, i.status, i.round_year, i.wished_amount_dkk`

function ideaRows(request: TileRequest): Sql {
  return request.zoom < EVERY_IDEA_FROM_ZOOM ? thinnedIdeaRows(request) : everyIdeaRows(request)
}

function everyIdeaRows({ frame, year }: TileRequest): Sql {
  return sql`select * from (
    select ${ideaColumns}, 1 as point_count, ${shapeOf(frame, sql`i.geom`)} as geom
    from idea i where i.geom && ${bounds(frame)} and i.status = 'submitted' ${inYear(sql`i.round_year`, year)}
    offset 0
  ) placed ${seen} order by id`
}

/** Pins only, and of each cell the idea with the lowest number; the buffer is a whole number of cells, so neighbours agree. */
function thinnedIdeaRows({ frame, year }: TileRequest): Sql {
  const cell = sql.lit(THINNING_CELL)
  const pin = pointOf(frame, sql`i.label_point`)
  return sql`select ${ideaColumns}, kept.point_count, ${pin} as geom
    from (
      select min(idea_id) as idea_id, count(*)::integer as point_count
      from (
        select i.idea_id, ${pin} as geom
        from idea i where i.label_point && ${bounds(frame)} and i.status = 'submitted' ${inYear(sql`i.round_year`, year)}
        offset 0
  ) placed ${seen}
      group by floor(ST_X(geom) / ${cell}), floor(ST_Y(geom) / ${cell})
    ) kept join idea i using (idea_id) order by id`
}

function projectRows({ frame, year }: TileRequest): Sql {
  return sql`select * from (
    select p.project_id, p.title, p.category, p.district_id, p.round_year, p.outcome, p.awarded_dkk, p.position_accuracy,
      ${pointOf(frame, sql`p.label_point`)} as geom
    from project p where p.label_point && ${bounds(frame)} and p.state is distinct from 'withdrawn' ${inYear(sql`p.round_year`, year)}
    offset 0
  ) placed ${seen} order by project_id`
}

function installationRows({ frame, year }: TileRequest): Sql {
  const ofYear =
    year === null
      ? sql``
      : sql`and exists (select from installation_project ip join project p using (project_id)
          where ip.installation_id = n.installation_id and p.round_year = ${year}::integer)`
  return sql`select * from (
    select n.installation_id, n.title, n.category, n.district_id, left(n.opened, 4)::integer as opened_year, n.total_cost_dkk,
      n.position_accuracy, ${pointOf(frame, sql`n.geom`)} as geom
    from installation n where n.geom && ${bounds(frame)} ${ofYear}
    offset 0
  ) placed ${seen} order by installation_id`
}

const rowsOf: Record<TileCollection, (request: TileRequest) => Sql> = {
  districts: districtRows,
  ideas: ideaRows,
  projects: projectRows,
  installations: installationRows,
}

/** A statement that gives the rows of a tile, and what they are called. */
export interface TileRows {
  readonly name: string
  readonly layer: TileLayer
  readonly rows: Sql
}

/** The rows of a collection's tile. */
export function rowsOfCollection(request: TileRequest): TileRows {
  const { collection } = request
  return { name: collection, layer: TILE_LAYERS[collection], rows: rowsOf[collection](request) }
}

/** What lies in this tile? As the database encodes it (Mapbox Vector Tile); empty bytes when nothing does. */
export async function encodeTile(db: Database, { name, layer, rows }: TileRows): Promise<Uint8Array<ArrayBuffer>> {
  const featureId = layer.featureId === null ? sql`` : sql`, 'id'`
  const answer = await sql<{
    tile: Buffer<ArrayBuffer> | null
  }>`${hot}select ST_AsMVT(tile_row, ${sql.lit(name)}, ${sql.lit(TILE_EXTENT)}, 'geom' ${featureId}) as tile
    from (${rows}) tile_row`.execute(db)
  return answer.rows[0]?.tile ?? new Uint8Array()
}

type FeatureRow = Record<string, TileValue> & { geometry: TileGeometry }

/** What lies in this tile? As rows for `encodeMvt`, for a database that cannot encode tiles. */
export async function selectTileFeatures(db: Database, { layer, rows }: TileRows): Promise<TileFeature[]> {
  const columns = sql.join(Object.keys(layer.fields).map((name) => sql.ref(name)))
  const answer = await sql<FeatureRow>`
    select ${columns}, ST_AsGeoJSON(geom, 0)::json as geometry from (${rows}) tile_row`.execute(db)
  return answer.rows.map(({ geometry, ...properties }) => ({
    ...(layer.featureId === null ? {} : { id: (properties as Record<string, TileValue>)[layer.featureId] as number }),
    properties: properties as Record<string, TileValue>,
    geometry,
  }))
}

/**
 * Which version of each collection is committed? Outlines also change with the day, when a version comes into force.
 */
export async function selectCollectionVersions(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{ collection: string; version: string }>`
    select collection, case collection when 'districts' then concat(version, '.', current_district_version_id())
      else version::text end as version
    from collection_version`.execute(db)
  return new Map(rows.map(({ collection, version }) => [collection, version]))
}

/** The box around all districts in force (west, south, east, north) and who their outlines come from; null when none is loaded. */
export async function selectOutlineFacts(
  db: Database,
): Promise<{ bounds: [number, number, number, number] | null; attribution: string | null }> {
  const { rows } = await sql<{ bounds: [number, number, number, number] | null; attribution: string | null }>`
    select case when area.box is null then null else array[ST_XMin(area.box), ST_YMin(area.box), ST_XMax(area.box), ST_YMax(area.box)] end
        as bounds,
      (select attribution from district_version where district_version_id = current_district_version_id()) as attribution
    from (select ST_Extent(ST_Transform(geom, ${sql.lit(WIRE_SRID)})) as box from current_district_area) area`.execute(db)
  return rows[0] ?? { bounds: null, attribution: null }
}
