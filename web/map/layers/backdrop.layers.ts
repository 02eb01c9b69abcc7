import { FONTS } from '../fonts.ts'
import { backdropLayer, type GroundPart } from '../mapLayer.ts'
import { SURFACE } from '../palette.ts'
import { PLACE_DOT } from '../pinImageIds.ts'

/** Line width that grows with the zoom. @unit CSS pixels */
export const width = (low: number, middle: number, high: number): ['interpolate', ['exponential', number], ['zoom'], ...number[]] => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  11,
  low,
  14,
  middle,
  18,
  high,
]

/** Filter of one part of the source `ground`. */
export const partOf = (part: GroundPart) => ['==', ['get', 'part'], part] as never

/** Over a street map the surroundings are veiled by a polygon with a hole. */
export const veil = backdropLayer({
  id: 'veil',
  source: 'outside',
  visibleWhen: (view) => view.base === 'other',
  style: { type: 'fill', paint: { 'fill-color': SURFACE.veil, 'fill-opacity': 0.72, 'fill-antialias': false } },
})

export const roadCasing = backdropLayer({
  id: 'road-casing',
  source: 'ground',
  style: {
    type: 'line',
    filter: partOf('road'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': SURFACE.roadCasing, 'line-width': width(4.2, 9, 26), 'line-opacity': 0.75 },
  },
})

export const road = backdropLayer({
  id: 'road',
  source: 'ground',
  style: {
    type: 'line',
    filter: partOf('road'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': SURFACE.road, 'line-width': width(3, 7, 22) },
  },
  legend: [{ sign: 'road', textKey: 'legend.road' }],
})

export const rail = backdropLayer({
  id: 'rail',
  source: 'ground',
  style: {
    type: 'line',
    filter: partOf('rail'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': SURFACE.rail, 'line-width': width(2.6, 4, 9) },
  },
})

export const railGap = backdropLayer({
  id: 'rail-gap',
  source: 'ground',
  style: {
    type: 'line',
    filter: partOf('rail'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': SURFACE.railGap, 'line-width': width(1.3, 2.2, 5.5), 'line-dasharray': [5, 5] },
  },
  legend: [{ sign: 'rail', textKey: 'legend.rail' }],
})

export const station = backdropLayer({
  id: 'station',
  source: 'places',
  style: {
    type: 'circle',
    filter: ['==', ['get', 'kind'], 'station'],
    paint: {
      'circle-radius': width(4, 6, 9),
      'circle-color': SURFACE.paper,
      'circle-stroke-color': SURFACE.station,
      'circle-stroke-width': width(2, 2.6, 3.4),
    },
  },
})

const nameStyle = {
  'text-font': FONTS.regular,
  'text-variable-anchor': ['top', 'bottom', 'right', 'left'] as ('top' | 'bottom' | 'right' | 'left')[],
  'text-justify': 'auto' as const,
  'text-max-width': 8,
  'text-padding': 4,
}
const nameInk = { 'text-color': SURFACE.placeName, 'text-halo-color': SURFACE.halo, 'text-halo-width': 1.6, 'text-halo-blur': 0.4 }

export const stationName = backdropLayer({
  id: 'station-name',
  source: 'places',
  style: {
    type: 'symbol',
    minzoom: 11.6,
    filter: ['==', ['get', 'kind'], 'station'],
    layout: {
      ...nameStyle,
      'text-field': ['get', 'name'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 11, 12, 15, 14.5],
      'text-radial-offset': 0.75,
    },
    paint: nameInk,
  },
})

/** Town hall, library, schools and squares come in with the zoom, the weightiest first. */
export const placeName = backdropLayer({
  id: 'place-name',
  source: 'places',
  style: {
    type: 'symbol',
    minzoom: 13.2,
    filter: [
      'all',
      ['!=', ['get', 'kind'], 'station'],
      ['!=', ['get', 'kind'], 'street'],
      ['<=', ['get', 'rank'], ['+', ['*', 2, ['-', ['zoom'], 13]], 0.5]],
    ] as never,
    layout: {
      ...nameStyle,
      'icon-image': PLACE_DOT,
      'text-field': ['get', 'name'],
      'text-size': 12.5,
      'text-radial-offset': 0.5,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: nameInk,
  },
})

export const roadName = backdropLayer({
  id: 'road-name',
  source: 'ground',
  style: {
    type: 'symbol',
    filter: partOf('road'),
    minzoom: 13,
    layout: {
      'symbol-placement': 'line',
      'text-field': ['get', 'name'],
      'text-font': FONTS.regular,
      'text-size': 12,
      'symbol-spacing': 320,
      'text-padding': 6,
    },
    paint: { 'text-color': SURFACE.soft, 'text-halo-color': SURFACE.road, 'text-halo-width': 2 },
  },
})

export const neighbourName = backdropLayer({
  id: 'neighbour-name',
  source: 'neighbours',
  style: {
    type: 'symbol',
    maxzoom: 15,
    layout: {
      'text-field': ['upcase', ['get', 'name']],
      'text-font': FONTS.semiBold,
      'text-size': ['interpolate', ['linear'], ['zoom'], 10.5, 10.5, 14, 15],
      'text-letter-spacing': 0.22,
      'text-padding': 10,
    },
    paint: { 'text-color': SURFACE.neighbourName, 'text-opacity': 0.9 },
  },
})
