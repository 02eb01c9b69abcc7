import { type Expression, type RawBuilder, sql } from 'kysely'
import { DENMARK_BOUNDS, STORAGE_SRID, WIRE_DECIMALS, WIRE_SRID } from '../../kernel/crs.ts'
import type { PlaceGeometry } from '../../kernel/geometry.ts'

// The one vocabulary between wire (EPSG:4326) and storage (EPSG:25832). Indexed columns stay bare:
// it is always the argument that is transformed.

/** Column type of every geometry: opaque to TypeScript, only this vocabulary reads or makes it. */
export type Geom = string

type Geometry = Expression<Geom> | Expression<Geom | null>

/** A wire geometry as storage geometry. @crs EPSG:25832 */
export function fromGeoJson(geometry: PlaceGeometry): RawBuilder<Geom> {
  return sql`ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), ${sql.lit(WIRE_SRID)}), ${sql.lit(STORAGE_SRID)})`
}

/** The same for wire geometries that are rows of a statement. @crs EPSG:25832 */
export function fromGeoJsonOf(geometry: Expression<string>): RawBuilder<Geom> {
  return sql`ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${geometry}), ${sql.lit(WIRE_SRID)}), ${sql.lit(STORAGE_SRID)})`
}

/** A wire position as storage point. @unit degrees @crs EPSG:25832 */
export function fromLngLat(lng: number | Expression<number>, lat: number | Expression<number>): RawBuilder<Geom> {
  return sql`ST_Transform(ST_SetSRID(ST_MakePoint(${lng}::float8, ${lat}::float8), ${sql.lit(WIRE_SRID)}), ${sql.lit(STORAGE_SRID)})`
}

/** A point given in storage coordinates, as official registers give them. @unit metres @crs EPSG:25832 */
export function fromEastNorth(east: Expression<number>, north: Expression<number>): RawBuilder<Geom> {
  return sql`ST_SetSRID(ST_MakePoint(${east}, ${north}), ${sql.lit(STORAGE_SRID)})`
}

/** A storage geometry as parsed GeoJSON. @crs EPSG:4326, 7 decimals */
export function asGeoJson<T = PlaceGeometry>(geom: Geometry): RawBuilder<T> {
  return sql<T>`ST_AsGeoJSON(ST_Transform(${geom}, ${sql.lit(WIRE_SRID)}), ${sql.lit(WIRE_DECIMALS)})::json`
}

/** A storage point as `[lng, lat]`. @crs EPSG:4326, 7 decimals */
export function asLngLat(point: Geometry): RawBuilder<[number, number]> {
  return sql`(ST_AsGeoJSON(ST_Transform(${point}, ${sql.lit(WIRE_SRID)}), ${sql.lit(WIRE_DECIMALS)})::json -> 'coordinates')`
}

/** Whether `cover` contains every point of `geom`, its border included. */
export function covers(cover: Geometry, geom: Geometry): RawBuilder<boolean> {
  return sql`ST_Covers(${cover}, ${geom})`
}

/** Shortest distance. @unit metres */
export function distanceM(a: Geometry, b: Geometry): RawBuilder<number> {
  return sql`ST_Distance(${a}, ${b})`
}

/** @unit square metres */
export function areaM2(geom: Geometry): RawBuilder<number> {
  return sql`ST_Area(${geom})`
}

/** @unit metres */
export function lengthM(geom: Geometry): RawBuilder<number> {
  return sql`ST_Length(${geom})`
}

/**
 * Whether the bounding box of `geom` meets a wire bounding box; uses the index. The box is bent by the projection,
 * so its sides get extra vertices first; it is cut to Denmark, where everything stored lies, because the storage system
 * cannot express every place on earth.
 */
export function bboxFilter(geom: Geometry, bbox: readonly [number, number, number, number]): RawBuilder<boolean> {
  const west = Math.max(bbox[0], DENMARK_BOUNDS.west)
  const south = Math.max(bbox[1], DENMARK_BOUNDS.south)
  const east = Math.min(bbox[2], DENMARK_BOUNDS.east)
  const north = Math.min(bbox[3], DENMARK_BOUNDS.north)
  if (west > east || south > north) return sql`false`
  return sql`${geom} && ST_Transform(ST_Segmentize(ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, ${sql.lit(WIRE_SRID)}), 0.05), ${sql.lit(STORAGE_SRID)})`
}

/** Where the pin of a geometry stands: the point itself, the middle of a line, a point inside a polygon. */
export function labelPoint(geom: Geometry): RawBuilder<Geom> {
  return sql`(select case ST_Dimension(g) when 0 then g when 1 then ST_LineInterpolatePoint(g, 0.5) else ST_PointOnSurface(g) end
    from (select ${geom} as g) as shape)`
}

/** How coordinates may leave the house: longitude first, latitude first, or as they are stored. */
export type OutputCrs = 'CRS84' | 'EPSG:4326' | 'EPSG:25832'

/** Decimals of a metre that are written: a tenth of a millimetre, the grid of overlays. */
const STORAGE_DECIMALS = 4

/** A storage geometry as parsed GeoJSON in the system asked for; in EPSG:4326 latitude comes first. Rings turn as RFC 7946 wants. */
export function asGeoJsonIn<T = unknown>(geom: Geometry, crs: OutputCrs): RawBuilder<T> {
  if (crs === 'EPSG:25832') return sql<T>`ST_AsGeoJSON(${geom}, ${sql.lit(STORAGE_DECIMALS)}, 0)::json`
  const wire = sql`ST_Transform(${geom}, ${sql.lit(WIRE_SRID)})`
  return sql<T>`ST_AsGeoJSON(${crs === 'EPSG:4326' ? sql`ST_FlipCoordinates(${wire})` : sql`ST_ForcePolygonCCW(${wire})`}, ${sql.lit(WIRE_DECIMALS)}, 0)::json`
}

/** Lines and areas as multi ones; points as they are. */
export function asMulti(geom: Geometry): RawBuilder<Geom> {
  return sql`(case ST_Dimension(${geom}) when 0 then ${geom} else ST_Multi(${geom}) end)`
}

/** A storage geometry as well-known text. @crs EPSG:4326 longitude latitude, 7 decimals */
export function asWkt(geom: Geometry): RawBuilder<string | null> {
  return sql`ST_AsText(ST_Transform(${geom}, ${sql.lit(WIRE_SRID)}), ${sql.lit(WIRE_DECIMALS)})`
}

/** A box as polygon: a box without width would be none, so it gets a hair of it. */
function envelope([minX, minY, maxX, maxY]: readonly [number, number, number, number], srid: number, hair: number): RawBuilder<Geom> {
  const [right, top] = [maxX > minX ? maxX : minX + hair, maxY > minY ? maxY : minY + hair]
  return sql`ST_MakeEnvelope(${minX}::float8, ${minY}::float8, ${right}::float8, ${top}::float8, ${sql.lit(srid)})`
}

/** Whether a geometry, not only its bounding box, meets a box in degrees. The box is cut to Denmark like that of `bboxFilter`. */
export function meetsWireBox(geom: Geometry, bbox: readonly [number, number, number, number]): RawBuilder<boolean> {
  const west = Math.max(bbox[0], DENMARK_BOUNDS.west)
  const south = Math.max(bbox[1], DENMARK_BOUNDS.south)
  const east = Math.min(bbox[2], DENMARK_BOUNDS.east)
  const north = Math.min(bbox[3], DENMARK_BOUNDS.north)
  if (west > east || south > north) return sql`false`
  const box = sql`ST_Transform(ST_Segmentize(${envelope([west, south, east, north], WIRE_SRID, 1e-8)}, 0.05), ${sql.lit(STORAGE_SRID)})`
  return sql`ST_Intersects(${geom}, ${box})`
}

/** The same for a box in storage coordinates. @unit metres @crs EPSG:25832 */
export function meetsStorageBox(geom: Geometry, bbox: readonly [number, number, number, number]): RawBuilder<boolean> {
  const [minX, minY, maxX, maxY] = bbox.map((value) => Math.min(Math.max(value, -1e7), 1e7)) as [number, number, number, number]
  return sql`ST_Intersects(${geom}, ${envelope([minX, minY, maxX, maxY], STORAGE_SRID, 0.001)})`
}

/** The box around all rows as west, south, east, north; null when nothing has a place. An aggregate. @crs EPSG:4326 */
export function wireExtent(geom: Geometry): RawBuilder<[number, number, number, number] | null> {
  return sql`(select case when box is null then null else
      array[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] end
    from (select ST_Transform(ST_Segmentize(ST_SetSRID(ST_Extent(${geom})::geometry, ${sql.lit(STORAGE_SRID)}), 1000), ${sql.lit(WIRE_SRID)}) as box) extent)`
}

/** A storage geometry moved east and north, rounded as the wire would bring it back. @unit metres @crs EPSG:25832 */
export function shiftedOnWire(geom: Geometry, eastM: Expression<number>, northM: Expression<number>): RawBuilder<Geom> {
  const wire = sql`ST_AsGeoJSON(ST_Transform(ST_Translate(${geom}, ${eastM}, ${northM}), ${sql.lit(WIRE_SRID)}), ${sql.lit(WIRE_DECIMALS)})`
  return sql`ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${wire}), ${sql.lit(WIRE_SRID)}), ${sql.lit(STORAGE_SRID)})`
}
