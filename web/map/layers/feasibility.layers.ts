import type { LayerSpecification } from 'maplibre-gl'
import type { Severity } from '../../../server/kernel/severity.ts'
import { FONTS } from '../fonts.ts'
import type { ConstraintPaint, ShownConstraint } from '../mapContract.ts'
import { SEVERITY_COLOURS, SURFACE } from '../palette.ts'
import { width } from './backdrop.layers.ts'

type WithoutPlace<T> = T extends unknown ? Omit<T, 'id' | 'source'> : never
export type ConstraintStyle = { id: string; style: WithoutPlace<LayerSpecification> }

/** Name of the layer in a constraint tile. */
const SOURCE_LAYER = 'constraints'
/** Where the rule holds; what a layer merely covers (municipal land, town) is not painted. */
const holds = ['==', ['get', 'applies'], true]
const isOf = (type: 'Polygon' | 'LineString' | 'Point') => ['all', holds, ['==', ['geometry-type'], type]] as never

/** Outlines tell the severity without colour: dotted ask, dashed permit, drawn through no. */
const DASHES: Readonly<Record<Severity, number[] | null>> = { 0: [0.5, 3], 1: [0.8, 1.8], 2: [4, 2], 3: null }

const FILL_OPACITY: Readonly<Record<Severity, number>> = { 0: 0.06, 1: 0.14, 2: 0.2, 3: 0.26 }

/** How one constraint layer is drawn: its ground, its outlines and lines, its points, what they are called. */
export function constraintStyles(shown: ShownConstraint): ConstraintStyle[] {
  return shown.paint ? plannerStyles(shown, shown.paint) : citizenStyles(shown)
}

function citizenStyles({ layerId, severity, opacity = 1 }: ShownConstraint): ConstraintStyle[] {
  const colour = SEVERITY_COLOURS[severity].base
  const dashes = DASHES[severity]
  const common = { 'source-layer': SOURCE_LAYER } as const
  return [
    {
      id: `${layerId}-area`,
      style: {
        ...common,
        type: 'fill',
        filter: isOf('Polygon'),
        paint: { 'fill-color': colour, 'fill-opacity': FILL_OPACITY[severity] * opacity, 'fill-antialias': false },
      },
    },
    {
      id: `${layerId}-line`,
      style: {
        ...common,
        type: 'line',
        filter: holds as never,
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': colour,
          'line-width': width(1.4, 2, 3),
          'line-opacity': 0.9 * opacity,
          ...(dashes === null ? {} : { 'line-dasharray': dashes }),
        },
      },
    },
    {
      id: `${layerId}-point`,
      style: {
        ...common,
        type: 'circle',
        filter: isOf('Point'),
        paint: {
          'circle-radius': width(3, 5, 9),
          'circle-color': colour,
          'circle-opacity': opacity,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 1.5,
          'circle-stroke-opacity': opacity,
        },
      },
    },
    labelStyle(layerId, SEVERITY_COLOURS[severity].text),
  ]
}

const PLANNER_DASHES = { solid: null, dashed: [3, 2], dotted: [0.6, 1.8] } as const
/** Ground the layer covers and where its rule does not hold is hinted at: a planner must see that it was looked at. */
const strength = (full: number) => ['case', holds, full, full * 0.3] as never

/** What the features are called, where the zoom leaves room. */
function labelStyle(layerId: string, colour: string): ConstraintStyle {
  return {
    id: `${layerId}-label`,
    style: {
      'source-layer': SOURCE_LAYER,
      type: 'symbol',
      minzoom: 13.5,
      filter: holds as never,
      layout: {
        'text-field': ['get', 'label'],
        'text-font': FONTS.regular,
        'text-size': 12,
        'text-max-width': 9,
        'text-padding': 8,
      },
      paint: { 'text-color': colour, 'text-halo-color': SURFACE.halo, 'text-halo-width': 1.6 },
    },
  }
}

/** Each layer in its own colour, so that several can be told apart. */
function plannerStyles({ layerId, opacity = 1 }: ShownConstraint, { colour, line }: ConstraintPaint): ConstraintStyle[] {
  const dashes = PLANNER_DASHES[line]
  const common = { 'source-layer': SOURCE_LAYER } as const
  const shape = (type: 'Polygon' | 'Point') => ['==', ['geometry-type'], type] as never
  return [
    {
      id: `${layerId}-area`,
      style: {
        ...common,
        type: 'fill',
        filter: shape('Polygon'),
        paint: { 'fill-color': colour, 'fill-opacity': strength(0.32 * opacity) },
      },
    },
    {
      id: `${layerId}-line`,
      style: {
        ...common,
        type: 'line',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': colour,
          'line-width': width(1.4, 2, 3),
          'line-opacity': strength(opacity),
          ...(dashes === null ? {} : { 'line-dasharray': [...dashes] }),
        },
      },
    },
    {
      id: `${layerId}-point`,
      style: {
        ...common,
        type: 'circle',
        filter: shape('Point'),
        paint: { 'circle-radius': width(3, 5, 9), 'circle-color': colour, 'circle-opacity': strength(opacity) },
      },
    },
    labelStyle(layerId, colour),
  ]
}
