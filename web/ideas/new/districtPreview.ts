import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { DistrictCollection } from '../../../server/districts/contract.ts'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { distanceToLineM, samplesOf } from './measure.ts'

export type DistrictPreview =
  | { inside: true; districtId: string; name: string; spansNames: string[]; partlyOutside: boolean }
  | { inside: false; nearestDistrictId: string; nearestDistrictName: string; distanceM: number }

type DistrictFeature = DistrictCollection['features'][number]

/**
 * The district of a geometry as far as the browser can tell: the one holding most of it. The server decides.
 * `null` when no districts are known.
 */
export function previewDistrict(geometry: PlaceGeometry, districts: DistrictCollection): DistrictPreview | null {
  const samples = samplesOf(geometry)
  const held = districts.features
    .map((feature) => ({ feature, count: samples.filter((sample) => booleanPointInPolygon(sample, feature.geometry)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.feature.id.localeCompare(b.feature.id))
  const most = held[0]
  if (!most) return nearestDistrict(samples, districts.features)
  return {
    inside: true,
    districtId: most.feature.id,
    name: most.feature.properties.name,
    spansNames: held.map(({ feature }) => feature.properties.name),
    partlyOutside: samples.some((sample) => held.every(({ feature }) => !booleanPointInPolygon(sample, feature.geometry))),
  }
}

function nearestDistrict(samples: Position[], features: DistrictFeature[]): DistrictPreview | null {
  const distances = features.map((feature) => {
    const rings = feature.geometry.coordinates.flat() as Position[][]
    return { feature, distanceM: Math.min(...rings.flatMap((ring) => samples.map((sample) => distanceToLineM(sample, ring)))) }
  })
  const nearest = distances.sort((a, b) => a.distanceM - b.distanceM)[0]
  if (!nearest) return null
  const { feature, distanceM } = nearest
  return { inside: false, nearestDistrictId: feature.id, nearestDistrictName: feature.properties.name, distanceM: Math.round(distanceM) }
}
