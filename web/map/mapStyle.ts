import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { LAYER_ORDER } from './layerOrder.ts'
import type { MapLayer, MapView } from './mapLayer.ts'
import { type SourceData, sourceSpecifications } from './sources.ts'

/** Marks what is ours in a style that also holds a street map. */
const PREFIX = 'bm-'

export const layerId = (id: string) => `${PREFIX}${id}`
export const sourceId = (id: string) => `${PREFIX}${id}`
export const isOurs = (id: string) => id.startsWith(PREFIX)

/** Whether a layer is drawn: its tiles are masked in every frame even when lines or areas have nothing to show. */
export function isDrawn(layer: MapLayer, view: MapView, data: SourceData): boolean {
  const isMasked = layer.style.type === 'fill' || layer.style.type === 'line'
  const isEmpty = isMasked && data[layer.source].features.length === 0
  return layer.visibleWhen(view) && !isEmpty
}

function specification(layer: MapLayer, view: MapView, data: SourceData): LayerSpecification {
  const { id, source, style } = layer
  const visibility = isDrawn(layer, view, data) ? 'visible' : 'none'
  const layout = { ...('layout' in style ? style.layout : {}), visibility }
  return { ...style, id: layerId(id), source: sourceId(source), layout } as LayerSpecification
}

/** A street map without globe, terrain and sky: ours is seen from straight above, and the library is built without them (`mapLibraryCuts.ts`). */
function flat({ projection, terrain, sky, ...style }: Partial<StyleSpecification>): Partial<StyleSpecification> {
  return style
}

/** The whole style: a street map below when there is one, ours above it in the order of `layerOrder.ts`. */
export function composeStyle(base: StyleSpecification | null, data: SourceData, view: MapView): StyleSpecification {
  const own = Object.entries(sourceSpecifications(data)).map(([id, source]) => [sourceId(id), source])
  return {
    ...flat(base ?? {}),
    version: 8,
    sources: { ...base?.sources, ...Object.fromEntries(own) },
    layers: [...(base?.layers ?? []), ...LAYER_ORDER.map((layer) => specification(layer, view, data))],
  }
}
