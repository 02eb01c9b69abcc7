import { FONTS } from '../fonts.ts'
import type { MapLayer, MapView } from '../mapLayer.ts'
import { SURFACE } from '../palette.ts'
import { clusterImageExpression } from '../pinImageIds.ts'
import { width } from './backdrop.layers.ts'

const isHovered = ['boolean', ['feature-state', 'hovered'], false]
const isSelected = ['boolean', ['feature-state', 'selected'], false]
const stressed = ['any', isHovered, isSelected]
const isCluster = ['has', 'point_count'] as const
const withPins = (view: MapView) => !view.isDrawing
const withIdeas = (view: MapView) => view.visibleKinds.includes('idea')

/** Shapes come in when they are large enough to be more than specks. */
const FADE_IN: ['interpolate', ['linear'], ['zoom'], ...number[]] = ['interpolate', ['linear'], ['zoom'], 12.3, 0, 13.2, 1]

const shape = { source: 'shapes', visibleWhen: withIdeas, legend: [], listPage: '/', isPickable: true } as const

export const ideaArea: MapLayer = {
  ...shape,
  id: 'idea-area',
  style: {
    type: 'fill',
    minzoom: 13,
    filter: ['==', ['geometry-type'], 'Polygon'],
    // Its edge is the line above it.
    paint: { 'fill-color': ['get', 'base'], 'fill-opacity': ['case', stressed, 0.34, 0.18] as never, 'fill-antialias': false },
  },
  legend: [{ sign: 'shape', textKey: 'legend.shape' }],
}

export const ideaLineCasing: MapLayer = {
  ...shape,
  id: 'idea-line-casing',
  isPickable: false,
  style: {
    type: 'line',
    minzoom: 12.3,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': SURFACE.paper, 'line-width': width(4.5, 7, 11), 'line-opacity': FADE_IN },
  },
}

export const ideaLine: MapLayer = {
  ...shape,
  id: 'idea-line',
  style: {
    type: 'line',
    minzoom: 12.3,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ['get', 'base'], 'line-width': width(2, 3.6, 6), 'line-opacity': FADE_IN },
  },
}

/** A soft ring under what is pointed at; the pin itself is drawn again, larger, by `focusPin`. */
export const pinRing: MapLayer = {
  id: 'pin-ring',
  source: 'focus',
  visibleWhen: withPins,
  legend: [],
  listPage: null,
  isPickable: false,
  style: {
    type: 'circle',
    paint: {
      'circle-radius': ['case', ['get', 'isSelected'], 31, 25],
      'circle-color': ['get', 'base'],
      'circle-opacity': ['case', ['get', 'isSelected'], 0.24, 0.18],
      'circle-stroke-color': ['get', 'base'],
      'circle-stroke-width': ['case', ['get', 'isSelected'], 2, 0],
    },
  },
}

/** All kinds stand in one clustered source, so that nothing touches anything. */
export const pin: MapLayer = {
  id: 'pin',
  source: 'pins',
  visibleWhen: withPins,
  legend: [
    { sign: 'idea', textKey: 'legend.idea' },
    { sign: 'project', textKey: 'legend.project' },
    { sign: 'installation', textKey: 'legend.installation' },
  ],
  listPage: '/',
  isPickable: true,
  style: {
    type: 'symbol',
    filter: ['!', isCluster] as never,
    // What may overlap is ordered from north to south anyhow; a key of each pin's own would make each a drawing of its own.
    layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'icon-padding': 1 },
  },
}

export const cluster: MapLayer = {
  id: 'cluster',
  source: 'pins',
  visibleWhen: withPins,
  legend: [{ sign: 'cluster', textKey: 'legend.cluster' }],
  listPage: '/',
  isPickable: true,
  style: {
    type: 'symbol',
    filter: isCluster as never,
    layout: {
      'icon-image': clusterImageExpression() as never,
      'icon-allow-overlap': true,
      'icon-padding': 1,
      'text-field': ['number-format', ['get', 'point_count'], { locale: 'da' }],
      'text-font': FONTS.bold,
      'text-size': ['step', ['get', 'point_count'], 14, 100, 14.5, 1000, 14],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': SURFACE.ink },
  },
}

/** The pointed-at and the selected thing, larger and above all, also when a cluster holds it. */
export const focusPin: MapLayer = {
  id: 'focus-pin',
  source: 'focus',
  visibleWhen: withPins,
  legend: [],
  listPage: null,
  isPickable: true,
  style: {
    type: 'symbol',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': ['case', ['get', 'isSelected'], 1.28, 1.14],
      'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'sortKey'],
    },
  },
}

const highlight = { source: 'highlight', visibleWhen: () => true, legend: [], listPage: null, isPickable: false } as const

export const highlightArea: MapLayer = {
  ...highlight,
  id: 'highlight-area',
  style: { type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': SURFACE.accent, 'fill-opacity': 0.18 } },
}

export const highlightLine: MapLayer = {
  ...highlight,
  id: 'highlight-line',
  style: {
    type: 'line',
    filter: ['!=', ['geometry-type'], 'Point'],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': SURFACE.accent, 'line-width': width(2.5, 4, 6) },
  },
}

export const highlightPoint: MapLayer = {
  ...highlight,
  id: 'highlight-point',
  style: {
    type: 'circle',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 22,
      'circle-color': SURFACE.accent,
      'circle-opacity': 0.14,
      'circle-stroke-color': SURFACE.accent,
      'circle-stroke-width': 2,
    },
  },
}
