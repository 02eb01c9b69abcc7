import type { GeometryReason, PlaceGeometry } from '../kernel/geometry.ts'
import { MAX_AREA_M2, MAX_REACH_M } from '../kernel/geometryLimits.ts'
import type { PlacementRow } from './queries.ts'

// Projection and rounding to seven decimals move a border by up to a centimetre; what sticks out less than this is on it.
const BORDER_TOLERANCE = 0.05
// Three points in a row on the globe are a sliver on the plane; nothing a citizen means is smaller than this.
const MIN_AREA_M2 = 1
const MIN_LENGTH_M = 0.5

export interface Placement {
  districtId: string
  districtName: string
  districtVersionId: number
  /** Every district that holds some of it, ordered by id. */
  spansDistricts: string[]
}

export type PlacementDecision =
  | { ok: true; placement: Placement }
  | { ok: false; reason: GeometryReason }
  | { ok: false; reason: 'outside-district' }
  | { ok: false; reason: 'partly-outside'; outsideMeasure: number; placement: Placement }
  | { ok: false; reason: 'no-districts-loaded' }

function shapeReason(geometry: PlaceGeometry, row: PlacementRow): GeometryReason | null {
  if (row.isDegenerate) return geometry.type === 'LineString' ? 'geometry-zero-length' : 'geometry-zero-area'
  if (!row.isValid || (geometry.type === 'LineString' && !row.isSimple)) return 'geometry-self-crossing'
  if (geometry.type === 'Polygon' && row.areaM2 < MIN_AREA_M2) return 'geometry-zero-area'
  if (geometry.type === 'LineString' && row.lengthM < MIN_LENGTH_M) return 'geometry-zero-length'
  if (row.areaM2 > MAX_AREA_M2) return 'geometry-too-large'
  if (row.reachM > MAX_REACH_M) return 'geometry-too-long'
  return null
}

/** Decides the district of a measured geometry: the one that holds most of it, or why there is none. */
export function decidePlacement(geometry: PlaceGeometry, row: PlacementRow): PlacementDecision {
  const shape = shapeReason(geometry, row)
  if (shape !== null) return { ok: false, reason: shape }
  if (row.districtVersionId === null) return { ok: false, reason: 'no-districts-loaded' }
  const first = row.parts[0]
  if (first === undefined) return { ok: false, reason: 'outside-district' }
  // A point on a shared border is covered by several; it belongs to one and spans one.
  const spans = geometry.type === 'Point' ? [first.districtId] : row.parts.map((part) => part.districtId).sort()
  const placement = {
    districtId: first.districtId,
    districtName: first.name,
    districtVersionId: row.districtVersionId,
    spansDistricts: spans,
  }
  if (row.outsideMeasure <= BORDER_TOLERANCE) return { ok: true, placement }
  return { ok: false, reason: 'partly-outside', outsideMeasure: row.outsideMeasure, placement }
}
