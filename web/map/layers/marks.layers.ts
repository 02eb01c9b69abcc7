import { FONTS } from '../fonts.ts'
import type { MapLayer } from '../mapLayer.ts'
import { SURFACE } from '../palette.ts'
import { width } from './backdrop.layers.ts'

// What the planner's tools draw. The legend stands in their own panels, beside the switch that drew it.
const marks = { source: 'marks', visibleWhen: () => true, legend: [], listPage: null, isPickable: false } as const
const colour = ['coalesce', ['get', 'colour'], SURFACE.accent] as never

export const markArea: MapLayer = {
  ...marks,
  id: 'mark-area',
  style: { type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour, 'fill-opacity': 0.16 } },
}

export const markOutline: MapLayer = {
  ...marks,
  id: 'mark-outline',
  style: {
    type: 'line',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': colour, 'line-width': 2, 'line-dasharray': [3, 2] },
  },
}

/** From one thing to the other of a pair. */
export const markLine: MapLayer = {
  ...marks,
  id: 'mark-line',
  style: {
    type: 'line',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': colour, 'line-width': width(3, 4, 6) },
  },
}

export const markPoint: MapLayer = {
  ...marks,
  id: 'mark-point',
  style: {
    type: 'circle',
    filter: ['all', ['==', ['geometry-type'], 'Point'], ['!', ['has', 'isWords']]] as never,
    paint: { 'circle-radius': 7, 'circle-color': colour, 'circle-stroke-color': SURFACE.paper, 'circle-stroke-width': 2.5 },
  },
}

export const markWords: MapLayer = {
  ...marks,
  id: 'mark-words',
  style: {
    type: 'symbol',
    filter: ['has', 'words'],
    minzoom: 13,
    layout: {
      'symbol-placement': 'point',
      'text-field': ['get', 'words'],
      'text-font': FONTS.semiBold,
      'text-size': 13,
      'text-variable-anchor': ['bottom', 'top', 'left', 'right'],
      'text-radial-offset': 0.9,
      'text-max-width': 12,
    },
    paint: { 'text-color': SURFACE.ink, 'text-halo-color': SURFACE.halo, 'text-halo-width': 2 },
  },
}
