import type { GeoJSONFeature, MapGeoJSONFeature, Map as MapLibreMap, PointLike } from 'maplibre-gl'
import { PICKABLE_LAYER_IDS } from './layerOrder.ts'
import type { MapTarget, Position } from './mapContract.ts'
import { layerId } from './mapStyle.ts'

/** How far beside a sign a click still means it. @unit CSS pixels */
const TOLERANCE = { mouse: 4, touch: 12 } as const

export type Picked = { kind: 'target'; target: MapTarget } | { kind: 'cluster'; clusterId: number; count: number; position: Position }

/** What a feature under the pointer is, how near it lies and how much it weighs. */
export type Candidate = { picked: Picked; distancePx: number; rank: number }

/** The smaller, the sooner taken: what is pointed at, then signs, then shapes, then the ground. */
const rankOfLayer: Record<string, number> = { 'focus-pin': 0, pin: 1, cluster: 1, 'idea-line': 2, 'idea-area': 3, 'district-reach': 4 }

/** Of all candidates the best kind, and of these the nearest. */
export function chooseCandidate(candidates: readonly Candidate[]): Picked | null {
  const [best] = candidates.toSorted((a, b) => a.rank - b.rank || a.distancePx - b.distancePx)
  return best?.picked ?? null
}

/** The one place that decides what a click, a tap or a hovering pointer means. */
export function pick(map: MapLibreMap, [x, y]: Position, pointer: 'mouse' | 'touch'): Picked | null {
  const reach = TOLERANCE[pointer]
  const box: [PointLike, PointLike] = [
    [x - reach, y - reach],
    [x + reach, y + reach],
  ]
  const layers = PICKABLE_LAYER_IDS.map(layerId).filter((id) => map.getLayer(id))
  const candidates = map.queryRenderedFeatures(box, { layers }).flatMap((feature) => {
    const picked = readFeature(feature)
    if (!picked) return []
    return [{ picked, distancePx: distanceTo(map, feature, x, y), rank: rankOfLayer[feature.layer.id.slice(layerId('').length)] ?? 9 }]
  })
  return chooseCandidate(candidates)
}

function readFeature({ properties, geometry }: GeoJSONFeature): Picked | null {
  if (typeof properties.cluster_id === 'number' && geometry.type === 'Point') {
    const position = geometry.coordinates as Position
    return { kind: 'cluster', clusterId: properties.cluster_id, count: Number(properties.point_count), position }
  }
  if (properties.kind === 'idea') return { kind: 'target', target: { kind: 'idea', id: Number(properties.id) } }
  const kinds = ['project', 'installation', 'district'] as const
  const kind = kinds.find((name) => name === properties.kind)
  return kind ? { kind: 'target', target: { kind, id: String(properties.id) } } : null
}

/** Points by their own distance; whatever a line or area the box has met counts as touched. */
function distanceTo(map: MapLibreMap, { geometry }: MapGeoJSONFeature, x: number, y: number): number {
  if (geometry.type !== 'Point') return 0
  const at = map.project(geometry.coordinates as Position)
  return Math.hypot(at.x - x, at.y - y)
}
