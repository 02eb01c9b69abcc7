import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'
import { CONSTRAINT_MIN_ZOOM } from '../../server/tiles/limits.ts'
import { constraintStyles } from './layers/feasibility.layers.ts'
import type { ShownConstraint } from './mapContract.ts'
import { layerId, sourceId } from './mapStyle.ts'

const PREFIX = 'constraint-'
/** At zoom 16 a unit of a tile is eight centimetres: closer tiles would say nothing more. */
const DEEPEST_ZOOM = 16
/** What people put on the map stays above the rules. */
const BELOW = layerId('idea-area')

const ownSource = (id: string) => sourceId(`${PREFIX}${id}`)
const ownLayer = (id: string) => layerId(`${PREFIX}${id}`)

/** Paints constraint layers below the ideas. What was painted already stays, so that a moving pin makes nothing flicker. */
export function useConstraintLayers(map: MapLibreMap, epoch: number, shown: readonly ShownConstraint[]): void {
  const key = JSON.stringify(shown)
  useEffect(() => {
    if (epoch === 0) return
    const wanted = JSON.parse(key) as ShownConstraint[]
    removeOthers(map, wanted)
    // The weightiest comes first in the list and lies on top.
    for (const one of wanted.toReversed()) paint(map, one)
  }, [map, epoch, key])
}

function removeOthers(map: MapLibreMap, wanted: readonly ShownConstraint[]): void {
  const layers = new Set(wanted.flatMap(constraintStyles).map(({ id }) => ownLayer(id)))
  const sources = new Set(wanted.map((one) => ownSource(one.layerId)))
  for (const id of map.getLayersOrder()) if (id.startsWith(ownLayer('')) && !layers.has(id)) map.removeLayer(id)
  for (const id of Object.keys(map.getStyle().sources)) if (id.startsWith(ownSource('')) && !sources.has(id)) map.removeSource(id)
}

function paint(map: MapLibreMap, one: ShownConstraint): void {
  const source = ownSource(one.layerId)
  if (!map.getSource(source)) {
    const tiles = [`${window.location.origin}/tiles/constraints/${one.layerId}/{z}/{x}/{y}.mvt`]
    map.addSource(source, { type: 'vector', tiles, minzoom: CONSTRAINT_MIN_ZOOM, maxzoom: DEEPEST_ZOOM })
  }
  for (const { id, style } of constraintStyles(one)) {
    const layer = ownLayer(id)
    // Taken away and put back, it keeps the order of the list; its tiles stay.
    if (map.getLayer(layer)) map.removeLayer(layer)
    map.addLayer({ ...style, id: layer, source } as Parameters<MapLibreMap['addLayer']>[0], map.getLayer(BELOW) ? BELOW : undefined)
  }
}
