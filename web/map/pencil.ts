import type { Map as MapLibreMap } from 'maplibre-gl'
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
} from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import type { DrawMode, PlaceGeometry, Position } from './mapContract.ts'
import { lineStyles, pointStyles, polygonStyles, selectStyles } from './pencilStyles.ts'

/** Where a drawing stands: nothing yet, on its way, or a geometry that may still be dragged into shape. */
export type DrawState = { phase: 'empty' | 'drawing' | 'done'; vertexCount: number; canUndo: boolean }

export type Pencil = {
  /** Shows a geometry that came from elsewhere (search, coordinates, a kept draft). */
  show: (geometry: PlaceGeometry | null) => void
  undo: () => void
  finish: () => void
  clear: () => void
  /** A click at a point of the map's container, for the crosshair. @unit CSS pixels */
  placeAt: (spot: Position) => void
  /** The pointer's shadow at that point, so that the line follows the crosshair. */
  pointAt: (spot: Position) => void
  stop: () => void
}

type PencilEvents = {
  onGeometry: (geometry: PlaceGeometry | null) => void
  /** Where a point is while it is dragged; null when it was let go. */
  onTrial: (geometry: PlaceGeometry | null) => void
  /** What is drawn so far, the pointer's corner included; null when it was finished or taken away. */
  onDrawing: (geometry: PlaceGeometry | null) => void
  onState: (state: DrawState) => void
}

/** Keys no keyboard has: Enter on the map places a point, so finishing is asked for by this name. */
const FINISH_KEY = 'bm-finish'
const CANCEL_KEY = 'Escape'
const nameOfMode = { point: 'point', line: 'linestring', polygon: 'polygon' } as const
const keyEvents = { finish: FINISH_KEY, cancel: CANCEL_KEY }
const reshaping = { feature: { draggable: false, coordinates: { midpoints: true, draggable: true, deletable: true } } }

/**
 * Takes the pencil in hand: terra-draw on the map, one geometry at a time.
 * @crs EPSG:4326, seven decimals
 */
export function takePencil(map: MapLibreMap, mode: DrawMode, value: PlaceGeometry | null, events: PencilEvents): Pencil {
  const modeName = nameOfMode[mode]
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: 'bm-pencil', coordinatePrecision: 7 }),
    modes: [
      new TerraDrawPointMode({ editable: true, styles: pointStyles }),
      new TerraDrawLineStringMode({ keyEvents, pointerDistance: 22, styles: lineStyles }),
      new TerraDrawPolygonMode({ keyEvents, pointerDistance: 22, styles: polygonStyles }),
      new TerraDrawSelectMode({
        flags: { linestring: reshaping, polygon: reshaping },
        keyEvents: null,
        pointerDistance: 26,
        allowManualDeselection: false,
        styles: selectStyles,
      }),
    ],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo(), sessionLevel: new TerraDrawSessionUndoRedo() },
  })
  draw.start()

  const drawn = () => draw.getSnapshot().filter((feature) => feature.properties.mode === modeName)
  const tellState = () => {
    const [feature] = drawn()
    events.onState(stateOf(feature, draw.canUndo()))
    events.onDrawing(feature && modeName !== 'point' && feature.properties.currentlyDrawing ? roundedOf(feature) : null)
  }
  // One action may take a feature away and put it back; what counts is what stands when it is over.
  let isTelling = false
  const tellGeometry = () => {
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      isTelling = false
      if (draw.enabled) events.onGeometry(geometryOf(drawn()[0]))
    })
  }

  const show = (geometry: PlaceGeometry | null) => {
    draw.setMode(modeName)
    draw.removeFeatures(drawn().flatMap((feature) => feature.id ?? []))
    if (geometry && nameOfGeometry[geometry.type] === modeName) {
      const [added] = draw.addFeatures([{ type: 'Feature', geometry, properties: { mode: modeName } }])
      if (added?.valid && added.id !== undefined) reshape(added.id)
    }
    draw.clearUndoRedoHistory()
    tellState()
  }

  const reshape = (id: string | number) => {
    if (modeName !== 'point') draw.selectFeature(id)
  }

  draw.on('finish', (id, { action }) => {
    events.onTrial(null)
    const others = drawn().flatMap((feature) => (feature.id === undefined || feature.id === id ? [] : feature.id))
    if (others.length > 0) draw.removeFeatures(others)
    // terra-draw is still inside its own mode here; the next task may change it.
    if (action === 'draw') queueMicrotask(() => draw.enabled && draw.hasFeature(id) && reshape(id))
    tellGeometry()
    tellState()
  })
  draw.on('change', (_ids, type) => {
    const [feature] = drawn()
    if (!feature && draw.getMode() === 'select') queueMicrotask(() => draw.enabled && draw.setMode(modeName))
    if (type === 'update' && feature && draw.getMode() === 'point') events.onTrial(geometryOf(feature))
    if ((type === 'delete' && !feature) || (type === 'update' && draw.getMode() === 'select')) tellGeometry()
    tellState()
  })
  draw.on('history', tellState)
  show(value)

  const canvas = map.getCanvas()
  return {
    show,
    undo: () => {
      if (draw.canUndo()) draw.undo()
      tellGeometry()
      tellState()
    },
    finish: () => void canvas.dispatchEvent(new KeyboardEvent('keyup', { key: FINISH_KEY })),
    clear: () => {
      show(null)
      tellGeometry()
    },
    placeAt: (spot) => {
      dispatchPointer(canvas, 'pointermove', spot)
      dispatchPointer(canvas, 'pointerdown', spot)
      dispatchPointer(canvas, 'pointerup', spot)
    },
    pointAt: (spot) => dispatchPointer(canvas, 'pointermove', spot),
    stop: () => draw.stop(),
  }
}

const nameOfGeometry = { Point: 'point', LineString: 'linestring', Polygon: 'polygon' } as const

function dispatchPointer(canvas: HTMLCanvasElement, name: 'pointermove' | 'pointerdown' | 'pointerup', [x, y]: Position): void {
  const { left, top } = canvas.getBoundingClientRect()
  canvas.dispatchEvent(
    new PointerEvent(name, { clientX: left + x, clientY: top + y, isPrimary: true, pointerId: 1, pointerType: 'mouse', button: 0 }),
  )
}

function stateOf(feature: GeoJSONStoreFeatures | undefined, canUndo: boolean): DrawState {
  if (!feature) return { phase: 'empty', vertexCount: 0, canUndo }
  const { geometry, properties } = feature
  const isDrawing = properties.currentlyDrawing === true
  if (geometry.type === 'Point') return { phase: 'done', vertexCount: 1, canUndo }
  const positions = geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []) : geometry.coordinates
  // While drawing, the last vertex is the pointer's; a ring also ends where it began.
  const spare = (geometry.type === 'Polygon' ? 1 : 0) + (isDrawing ? 1 : 0)
  return { phase: isDrawing ? 'drawing' : 'done', vertexCount: Math.max(1, positions.length - spare), canUndo }
}

function geometryOf(feature: GeoJSONStoreFeatures | undefined): PlaceGeometry | null {
  if (!feature || feature.properties.currentlyDrawing) return null
  return roundedOf(feature)
}

const roundedOf = ({ geometry }: GeoJSONStoreFeatures) => roundGeometry(geometry as PlaceGeometry)

/** Seven decimals, as the wire wants them. */
export function roundGeometry(geometry: PlaceGeometry): PlaceGeometry {
  const round = ([lng = 0, lat = 0]: readonly number[]): Position => [Number(lng.toFixed(7)), Number(lat.toFixed(7))]
  if (geometry.type === 'Point') return { type: 'Point', coordinates: round(geometry.coordinates) }
  if (geometry.type === 'LineString') return { type: 'LineString', coordinates: geometry.coordinates.map(round) }
  return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(round)) }
}
