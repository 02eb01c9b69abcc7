import { FONTS } from '../fonts.ts'
import type { MapLayer, MapView } from '../mapLayer.ts'
import { SURFACE } from '../palette.ts'

// What a vote gave: a circle per project, its area in proportion to the money. Under the pins, which stay what is clicked.
const results = {
  source: 'results',
  visibleWhen: (view: MapView) => view.showsResult,
  listPage: '/runder/$year/resultat',
  isPickable: false,
} as const

/** Half the width of a circle grows with the map, so that neighbours part when one looks closer. */
const radius = [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  10,
  ['*', ['get', 'radius'], 0.6],
  15,
  ['*', ['get', 'radius'], 1.8],
] as never

export const wonCircle: MapLayer = {
  ...results,
  id: 'result-won',
  legend: [{ sign: 'won', textKey: 'legend.won' }],
  style: {
    type: 'circle',
    filter: ['get', 'isWon'] as never,
    paint: {
      'circle-radius': radius,
      'circle-color': ['get', 'base'],
      'circle-opacity': 0.38,
      'circle-stroke-color': ['get', 'base'],
      'circle-stroke-width': 2,
    },
  },
}

export const lostCircle: MapLayer = {
  ...results,
  id: 'result-lost',
  legend: [{ sign: 'lost', textKey: 'legend.lost' }],
  style: {
    type: 'circle',
    filter: ['!', ['get', 'isWon']] as never,
    paint: {
      'circle-radius': radius,
      'circle-color': SURFACE.paper,
      'circle-opacity': 0.35,
      'circle-stroke-color': ['get', 'base'],
      'circle-stroke-opacity': 0.6,
      'circle-stroke-width': 1.5,
    },
  },
}

export const resultAmount: MapLayer = {
  ...results,
  id: 'result-amount',
  legend: [],
  style: {
    type: 'symbol',
    filter: ['get', 'isWon'] as never,
    layout: {
      'text-field': ['get', 'words'],
      'text-font': FONTS.semiBold,
      'text-size': 13,
      'text-anchor': 'top',
      'text-offset': [0, 1.7],
    },
    paint: { 'text-color': SURFACE.ink, 'text-halo-color': SURFACE.halo, 'text-halo-width': 2 },
  },
}
