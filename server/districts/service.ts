import type { GeometryReason, PlaceGeometry, Position } from '../kernel/geometry.ts'
import { commonProblem, Problem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import { inBatches } from '../platform/inBatches.ts'
import { type DistrictAt, type DistrictCollection, districtProblem } from './contract.ts'
import { selectAreas, selectCurrentVersion, selectDistrictsAt, selectNearestDistrict, selectPlacement } from './queries.ts'
import { decidePlacement, type Placement } from './rules.ts'

/** The districts in force as GeoJSON. @errors Problem `no-districts-loaded` */
export async function readDistricts(db: Database): Promise<DistrictCollection> {
  const version = await selectCurrentVersion(db)
  if (version === undefined) throw districtProblem('no-districts-loaded')
  const areas = await selectAreas(db)
  return {
    type: 'FeatureCollection',
    attribution: version.attribution,
    isOfficial: version.is_official,
    validFrom: version.valid_from as unknown as string,
    features: areas.map(({ districtId, name, geometry, labelPoint, areaM2 }) => ({
      type: 'Feature',
      id: districtId,
      properties: { districtId, name, labelPoint, areaM2: Math.round(areaM2) },
      geometry,
    })),
  }
}

async function outsideDetails(db: Database, geometry: PlaceGeometry) {
  const nearest = await selectNearestDistrict(db, geometry)
  if (nearest === undefined) throw districtProblem('no-districts-loaded')
  return {
    extra: { nearestDistrictId: nearest.districtId, nearestDistrictName: nearest.name, distanceM: Math.ceil(nearest.distanceM) },
  }
}

export type DistrictFinder = (place: Position) => Promise<DistrictAt | null>

/** Finds the districts of places asked for at the same time in few statements: it is the asking that costs, not the finding. */
export function createDistrictFinder(db: Database): DistrictFinder {
  return inBatches({ lanes: 2, most: 100 }, (places) => selectDistrictsAt(db, places))
}

/** The district at a place. @errors Problem `outside-district` (404) with the nearest district and the distance in metres */
export async function readDistrictAt(db: Database, find: DistrictFinder, place: Position): Promise<DistrictAt> {
  const found = await find(place)
  if (found !== null) return found
  throw districtProblem('outside-district', await outsideDetails(db, { type: 'Point', coordinates: place }))
}

function refusedGeometry(reason: GeometryReason): Problem {
  return commonProblem('geometry-refused', { errors: [{ pointer: '/geometry', detail: reason }] })
}

/**
 * Measures a geometry and decides its district, on the server, always.
 * @errors Problem `geometry-refused`, `outside-district` (422), `partly-outside` with `outsideM` or `outsideM2`
 */
export async function placeGeometry(db: Database, geometry: PlaceGeometry): Promise<Placement> {
  const decision = decidePlacement(geometry, await selectPlacement(db, geometry))
  if (decision.ok) return decision.placement
  if (decision.reason === 'no-districts-loaded') throw districtProblem('no-districts-loaded')
  if (decision.reason === 'outside-district') throw new Problem('outside-district', 422, await outsideDetails(db, geometry))
  if (decision.reason === 'partly-outside') {
    const outside = Math.round(decision.outsideMeasure * 10) / 10
    throw districtProblem('partly-outside', { extra: geometry.type === 'LineString' ? { outsideM: outside } : { outsideM2: outside } })
  }
  throw refusedGeometry(decision.reason)
}

/**
 * The district that holds most of a geometry, wherever it lies; null outside all of them.
 * @errors Problem `geometry-refused`
 */
export async function findPlacement(db: Database, geometry: PlaceGeometry): Promise<Placement | null> {
  const decision = decidePlacement(geometry, await selectPlacement(db, geometry))
  if (decision.ok || decision.reason === 'partly-outside') return decision.placement
  if (decision.reason === 'outside-district' || decision.reason === 'no-districts-loaded') return null
  throw refusedGeometry(decision.reason)
}
