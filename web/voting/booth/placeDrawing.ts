import type { FeatureCollection, Position } from 'geojson'
import type { DistrictCollection } from '../../../server/districts/contract.ts'

/** @unit the drawing's own units */
export const WIDTH = 420
export const HEIGHT = 290
const EDGE = 24
const PIN = 30

/** Where a project's number stands. @unit the drawing's own units */
export interface Spot {
  projectId: string
  lineNumber: number
  x: number
  y: number
}

type Project = (place: readonly number[]) => { x: number; y: number }

const ringPath = (ring: readonly Position[], project: Project) =>
  ring
    .map((place, index) => {
      const { x, y } = project(place)
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')

/** The districts as paths, with one of them filling the picture. Flat: at this size nobody sees the difference. @crs EPSG:4326 */
export function drawingOf(features: DistrictCollection['features'], districtId: string) {
  const own = features.find(({ properties }) => properties.districtId === districtId)
  if (own === undefined) return null
  const project = projectionOf(own.geometry.coordinates.flat(2))
  const path = (feature: DistrictCollection['features'][number]) =>
    feature.geometry.coordinates.map((polygon) => polygon.map((ring) => `${ringPath(ring, project)}Z`).join('')).join('')
  return {
    project,
    own: path(own),
    districts: features.map((feature) => ({ districtId: feature.properties.districtId, path: path(feature) })),
  }
}

function projectionOf(places: readonly Position[]): Project {
  const lngs = places.map(([lng = 0]) => lng)
  const lats = places.map(([, lat = 0]) => lat)
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)]
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = Math.min((WIDTH - 2 * EDGE) / ((east - west) * squeeze), (HEIGHT - 2 * EDGE) / (north - south))
  const left = (WIDTH - (east - west) * squeeze * scale) / 2
  const top = (HEIGHT - (north - south) * scale) / 2
  return ([lng = 0, lat = 0]) => ({ x: left + (lng - west) * squeeze * scale, y: top + (north - lat) * scale })
}

/** Lines of a collection as one path. */
export function pathOf({ features }: FeatureCollection, project: Project): string {
  return features
    .flatMap(({ geometry }) => {
      if (geometry.type === 'LineString') return [geometry.coordinates]
      return geometry.type === 'MultiLineString' ? geometry.coordinates : []
    })
    .map((line) => ringPath(line, project))
    .join('')
}

/** Moves numbers that would cover each other until both can be read. */
export function apart(spots: readonly Spot[]): Spot[] {
  const moved = spots.map((spot) => ({ ...spot }))
  const pairs = moved.flatMap((one, index) => moved.slice(index + 1).map((other) => [one, other] as const))
  for (let round = 0; round < 30; round += 1) {
    const pushed = pairs.filter(([one, other]) => pushedApart(one, other))
    if (pushed.length === 0) break
  }
  return moved
}

function pushedApart(one: Spot, other: Spot): boolean {
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const distance = Math.hypot(dx, dy)
  if (distance >= PIN) return false
  const [ux, uy] = distance === 0 ? [1, 0] : [dx / distance, dy / distance]
  const push = (PIN - distance) / 2 + 0.5
  one.x -= ux * push
  one.y -= uy * push
  other.x += ux * push
  other.y += uy * push
  return true
}
