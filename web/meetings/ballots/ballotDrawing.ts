import type { DistrictCollection } from '../../../server/districts/contract.ts'

/** Edge of the drawing. @unit the drawing's own units */
export const SIZE = 240
const EDGE = 18

interface Outline {
  path: string
  /** Where a place lies in the drawing. @crs EPSG:4326 */
  placeOf(place: readonly number[]): { x: number; y: number }
}

/** The outline of a district as one path; flat, which at this size nobody sees. Null when there is no such district. @crs EPSG:4326 */
export function outlineOf(features: DistrictCollection['features'], districtId: string): Outline | null {
  const feature = features.find(({ properties }) => properties.districtId === districtId)
  if (feature === undefined) return null
  const rings = feature.geometry.coordinates.flat()
  const places = rings.flat()
  const lngs = places.map(([lng = 0]) => lng)
  const lats = places.map(([, lat = 0]) => lat)
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)]
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const [width, height] = [(east - west) * squeeze, north - south]
  const scale = (SIZE - 2 * EDGE) / Math.max(width, height)
  const [left, top] = [(SIZE - width * scale) / 2, (SIZE - height * scale) / 2]
  const round = (value: number) => Math.round(value * 10) / 10
  const placeOf = ([lng = 0, lat = 0]: readonly number[]) => ({
    x: round(left + (lng - west) * squeeze * scale),
    y: round(top + (north - lat) * scale),
  })
  const path = rings.map((ring) => `M${ring.map((place) => `${placeOf(place).x} ${placeOf(place).y}`).join('L')}Z`).join('')
  return { path, placeOf }
}
