import type { LayerSpecification } from 'maplibre-gl'
import type { PinKind } from './mapContract.ts'

/** What decides whether a layer shows. */
export type MapView = { base: 'own' | 'other'; isDrawing: boolean; visibleKinds: readonly PinKind[]; showsResult: boolean }

/** One line of the legend: a sign drawn in CSS and a key of the map texts. */
export type LegendEntry = {
  sign: 'district' | 'idea' | 'installation' | 'project' | 'cluster' | 'rail' | 'road' | 'shape' | 'won' | 'lost'
  textKey: string
}

type WithoutPlace<T> = T extends unknown ? Omit<T, 'id' | 'source'> : never

/** A layer as data. Its place from bottom to top is `layerOrder.ts`'s business. */
export type MapLayer = {
  id: string
  source: SourceId
  style: WithoutPlace<LayerSpecification>
  visibleWhen: (view: MapView) => boolean
  legend: readonly LegendEntry[]
  /** The page whose list says the same as the layer; null for the backdrop. */
  listPage: string | null
  /** True: a click may mean one of its features. */
  isPickable: boolean
}

export const SOURCE_IDS = [
  'outside',
  'ground',
  'district-labels',
  'places',
  'neighbours',
  'shapes',
  'pins',
  'focus',
  'highlight',
  'marks',
  'results',
] as const
export type SourceId = (typeof SOURCE_IDS)[number]

/** What the source `ground` holds together: every further source of lines or areas has its tiles masked anew in every frame. */
export type GroundPart = 'district' | 'road' | 'rail'

/** A layer of the backdrop: never picked, in no list. */
export function backdropLayer(layer: Pick<MapLayer, 'id' | 'source' | 'style'> & Partial<MapLayer>): MapLayer {
  return { visibleWhen: (view) => view.base === 'own', legend: [], listPage: null, isPickable: false, ...layer }
}
