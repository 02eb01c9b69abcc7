import { FONTS } from '../fonts.ts'
import { backdropLayer } from '../mapLayer.ts'
import { NAME_SIZES, NAME_SPOT_ZOOMS, NAME_WRAP_ZOOM } from '../nameSpots.ts'
import { SURFACE } from '../palette.ts'
import { partOf, width } from './backdrop.layers.ts'

const isHovered = ['boolean', ['feature-state', 'hovered'], false]
const isSelected = ['boolean', ['feature-state', 'selected'], false]
/** Places a name tries one after the other when pins stand in its way and the district is large beside it. @unit ems */
const ROOMY_SPOTS = [
  ['center', [0, 0]],
  ...[0.7, 1.6, 2.6, 3.6].flatMap((far) => [
    ['bottom', [0, -far]],
    ['top', [0, far]],
    ['left', [far, 0]],
    ['right', [-far, 0]],
    ['bottom-left', [far, -far]],
    ['top-right', [-far, far]],
    ['bottom-right', [-far, -far]],
    ['top-left', [far, far]],
  ]),
].flat()
const ownSpots = NAME_SPOT_ZOOMS.flatMap((zoom) => [zoom, ['get', `spots${zoom}`]]).slice(1)
/** Those the district's own shape leaves, then the roomy ones. */
const nameSpots = ['step', ['zoom'], ...ownSpots, Math.max(...NAME_SPOT_ZOOMS) + 1, ['literal', ROOMY_SPOTS]] as never

const always = () => true
const listPage = '/bydele'

export const districtGround = backdropLayer({
  id: 'district-ground',
  source: 'ground',
  style: {
    type: 'fill',
    filter: partOf('district'),
    paint: {
      'fill-color': ['case', isSelected, ['get', 'groundSelected'], isHovered, ['get', 'groundHovered'], ['get', 'ground']] as never,
      'fill-antialias': false,
    },
  },
  listPage,
})

/** What the pointer finds of a district, whatever lies below. Fully clear, so it costs no drawing. */
export const districtReach = backdropLayer({
  id: 'district-reach',
  source: 'ground',
  visibleWhen: always,
  isPickable: true,
  style: { type: 'fill', filter: partOf('district'), paint: { 'fill-opacity': 0 } },
})

export const districtCasing = backdropLayer({
  id: 'district-casing',
  source: 'ground',
  visibleWhen: always,
  style: {
    type: 'line',
    filter: partOf('district'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': SURFACE.paper, 'line-width': width(5.5, 7.5, 10), 'line-opacity': 0.9 },
  },
})

/** Drawn just inside its district, so that two neighbours show both their colours. */
export const districtOutline = backdropLayer({
  id: 'district-outline',
  source: 'ground',
  visibleWhen: always,
  style: {
    type: 'line',
    filter: partOf('district'),
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': ['get', 'base'], 'line-width': width(2.3, 3, 4), 'line-offset': width(1.1, 1.5, 2) },
  },
  legend: [{ sign: 'district', textKey: 'legend.district' }],
  listPage,
})

export const districtName = backdropLayer({
  id: 'district-name',
  source: 'district-labels',
  visibleWhen: always,
  style: {
    type: 'symbol',
    maxzoom: 15.5,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONTS.bold,
      'text-size': ['interpolate', ['linear'], ['zoom'], ...NAME_SIZES.flat()] as never,
      'text-variable-anchor-offset': nameSpots,
      'text-padding': 3,
      'text-max-width': ['step', ['zoom'], 5, NAME_WRAP_ZOOM, 14],
      'text-line-height': 1.1,
    },
    paint: { 'text-color': ['get', 'text'], 'text-halo-color': SURFACE.halo, 'text-halo-width': 2, 'text-halo-blur': 0.6 },
  },
  listPage,
})
