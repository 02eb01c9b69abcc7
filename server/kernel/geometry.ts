import { z } from 'zod'
import { DENMARK_BOUNDS } from './crs.ts'
import { MAX_VERTICES } from './geometryLimits.ts'

/** Longitude, latitude. @unit degrees @crs EPSG:4326 */
export type Position = [number, number]

const positionSchema = z.tuple([z.number(), z.number()]).meta({ example: [12.3583, 55.7299] })

export const pointSchema = z.object({ type: z.literal('Point'), coordinates: positionSchema }).meta({ id: 'Point' })
export const lineStringSchema = z
  .object({ type: z.literal('LineString'), coordinates: z.array(positionSchema).min(2) })
  .meta({ id: 'LineString' })
export const polygonSchema = z
  .object({ type: z.literal('Polygon'), coordinates: z.array(z.array(positionSchema).min(4)).min(1) })
  .meta({ id: 'Polygon' })
export const multiPolygonSchema = z
  .object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(positionSchema).min(4)).min(1)) })
  .meta({ id: 'MultiPolygon' })

/** What a person may put on the map. GeoJSON (RFC 7946), EPSG:4326. */
export const placeGeometrySchema = z
  .discriminatedUnion('type', [pointSchema, lineStringSchema, polygonSchema])
  .meta({ id: 'PlaceGeometry' })
export type PlaceGeometry = z.infer<typeof placeGeometrySchema>

/** Why a geometry is refused. The first block is found by looking, the second is measured by PostGIS. */
export const GEOMETRY_REASONS = [
  'geometry-missing',
  'geometry-type',
  'geometry-dimensions',
  'geometry-not-a-number',
  'geometry-outside-denmark',
  'geometry-swapped-axes',
  'geometry-too-many-vertices',
  'geometry-too-few-vertices',
  'geometry-ring-not-closed',
  'geometry-self-crossing',
  'geometry-zero-length',
  'geometry-zero-area',
  'geometry-too-large',
  'geometry-too-long',
] as const
export type GeometryReason = (typeof GEOMETRY_REASONS)[number]

export type GeometryReading = { ok: true; geometry: PlaceGeometry } | { ok: false; reason: GeometryReason; pointer: string }

const depthOf = { Point: 0, LineString: 1, Polygon: 2 } as const

function within(lon: number, lat: number): boolean {
  const { west, east, south, north } = DENMARK_BOUNDS
  return lon >= west && lon <= east && lat >= south && lat <= north
}

function inspectPosition(value: unknown): GeometryReason | null {
  if (!Array.isArray(value)) return 'geometry-not-a-number'
  if (value.length !== 2) return 'geometry-dimensions'
  const [lon, lat] = value
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return 'geometry-not-a-number'
  if (within(lon, lat)) return null
  return within(lat, lon) ? 'geometry-swapped-axes' : 'geometry-outside-denmark'
}

/** Yields every position with its JSON pointer, whatever the nesting; stops one past the limit. */
function* positionsOf(value: unknown, depth: number, pointer: string): Generator<[unknown, string]> {
  if (depth === 0) {
    yield [value, pointer]
    return
  }
  if (!Array.isArray(value)) {
    yield [undefined, pointer]
    return
  }
  for (const [index, item] of value.entries()) yield* positionsOf(item, depth - 1, `${pointer}/${index}`)
}

function inspectRing(ring: unknown[], pointer: string): GeometryReading | null {
  if (ring.length < 4) return { ok: false, reason: 'geometry-too-few-vertices', pointer }
  const [first, last] = [ring[0], ring.at(-1)] as [Position, Position]
  if (first[0] !== last[0] || first[1] !== last[1]) return { ok: false, reason: 'geometry-ring-not-closed', pointer }
  return null
}

function inspectPositions(type: PlaceGeometry['type'], coordinates: unknown, pointer: string): GeometryReading | null {
  let vertices = 0
  for (const [position, at] of positionsOf(coordinates, depthOf[type], `${pointer}/coordinates`)) {
    vertices += 1
    if (vertices > MAX_VERTICES) return { ok: false, reason: 'geometry-too-many-vertices', pointer: `${pointer}/coordinates` }
    const reason = inspectPosition(position)
    if (reason !== null) return { ok: false, reason, pointer: at }
  }
  return null
}

function inspectShape(type: PlaceGeometry['type'], coordinates: unknown, pointer: string): GeometryReading | null {
  if (type === 'Point') return null
  const parts = coordinates as unknown[][]
  const tooFew: GeometryReading = { ok: false, reason: 'geometry-too-few-vertices', pointer: `${pointer}/coordinates` }
  if (type === 'LineString') return parts.length < 2 ? tooFew : null
  if (parts.length === 0) return tooFew
  for (const [index, ring] of parts.entries()) {
    const wrong = inspectRing(ring, `${pointer}/coordinates/${index}`)
    if (wrong !== null) return wrong
  }
  return null
}

/**
 * Reads an unknown value as a geometry a person may send, or names the first thing wrong with it.
 * Repairs nothing. Crossing and area are left to PostGIS.
 * @crs EPSG:4326
 */
export function readPlaceGeometry(value: unknown, pointer = '/geometry'): GeometryReading {
  if (value === null || typeof value !== 'object') return { ok: false, reason: 'geometry-missing', pointer }
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown }
  if (type !== 'Point' && type !== 'LineString' && type !== 'Polygon') {
    return { ok: false, reason: 'geometry-type', pointer: `${pointer}/type` }
  }
  return (
    inspectPositions(type, coordinates, pointer) ??
    inspectShape(type, coordinates, pointer) ?? {
      ok: true,
      geometry: { type, coordinates } as PlaceGeometry,
    }
  )
}

/**
 * A geometry in a request: the contract refuses it with a reason of `GEOMETRY_REASONS` as message and the pointer as path,
 * where a plain schema would only say that something did not match.
 */
export const sentGeometrySchema = z
  .unknown()
  .transform((value, context): PlaceGeometry => {
    const reading = readPlaceGeometry(value, '')
    if (reading.ok) return reading.geometry
    context.addIssue({ code: 'custom', message: reading.reason, path: reading.pointer.split('/').slice(1) })
    return z.NEVER
  })
  .meta({ $ref: '#/components/schemas/PlaceGeometry' })
