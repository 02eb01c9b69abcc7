import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { CONSTRAINT_TILES } from './constraintTiles.ts'
import type { ShownConstraint } from './mapContract.ts'
import { layerId, sourceId } from './mapStyle.ts'

const DASHES = { solid: [1, 0], dashed: [3, 2], dotted: [0.6, 1.8] } as const
/** Ideas, labels and pins stay above what the law says. */
const BELOW = 'idea-area'
const PARTS = ['area', 'outline', 'spot'] as const
const partId = (layer: string, part: (typeof PARTS)[number]) => layerId(`constraint-${layer}-${part}`)
/** Land that belongs to what the layer covers, where its rule does not hold, is only hinted at. */
const strength = (full: number) => ['case', ['==', ['get', 'applies'], false], full * 0.3, full] as never

function specifications({ layerId: id, colour, line, opacity }: ShownConstraint): LayerSpecification[] {
  const common = { source: sourceId(`constraint-${id}`), 'source-layer': CONSTRAINT_TILES.sourceLayer }
  return [
    {
      ...common,
      id: partId(id, 'area'),
      type: 'fill',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colour, 'fill-opacity': strength(0.34 * opacity) },
    },
    {
      ...common,
      id: partId(id, 'outline'),
      type: 'line',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: {
        'line-color': colour,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1, 15, 2.2] as never,
        'line-dasharray': [...DASHES[line]],
        'line-opacity': strength(opacity),
      },
    },
    {
      ...common,
      id: partId(id, 'spot'),
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-radius': 5, 'circle-color': colour, 'circle-opacity': strength(opacity) },
    },
  ]
}

function remove(map: MapLibreMap, id: string): void {
  for (const part of PARTS) if (map.getLayer(partId(id, part))) map.removeLayer(partId(id, part))
  const source = sourceId(`constraint-${id}`)
  if (map.getSource(source)) map.removeSource(source)
}

function add(map: MapLibreMap, shown: ShownConstraint): void {
  map.addSource(sourceId(`constraint-${shown.layerId}`), {
    type: 'vector',
    tiles: [`${window.location.origin}${CONSTRAINT_TILES.path(shown.layerId)}`],
    minzoom: CONSTRAINT_TILES.minZoom,
    maxzoom: CONSTRAINT_TILES.maxZoom,
  })
  const below = map.getLayer(layerId(BELOW)) ? layerId(BELOW) : undefined
  for (const specification of specifications(shown)) map.addLayer(specification, below)
}

function repaint(map: MapLibreMap, shown: ShownConstraint): void {
  for (const { id, paint } of specifications(shown)) {
    for (const [property, value] of Object.entries(paint ?? {})) {
      if (property.endsWith('opacity')) map.setPaintProperty(id, property as never, value as never)
    }
  }
}

/** Puts the areas that are switched on under the ideas, as vector tiles; takes them away when they are switched off. */
export function useConstraints(map: MapLibreMap, epoch: number, constraints: readonly ShownConstraint[]): void {
  const standing = useRef(new Set<string>())
  useEffect(() => {
    if (epoch === 0) return
    const wanted = new Set(constraints.map((shown) => shown.layerId))
    for (const id of standing.current) if (!wanted.has(id)) remove(map, id)
    for (const shown of constraints) {
      // Another street map is another style, and a new style holds none of them.
      if (map.getSource(sourceId(`constraint-${shown.layerId}`))) repaint(map, shown)
      else add(map, shown)
    }
    standing.current = wanted
  }, [map, epoch, constraints])
}
