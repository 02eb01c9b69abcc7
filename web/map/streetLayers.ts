import { type Flavor, layers, WHITE } from '@protomaps/basemaps'
import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { FONTS } from './fonts.ts'
import { SURFACE } from './palette.ts'

export const STREET_SOURCE = 'street-map'

const GREEN = '#e6ebdb'
const WOOD = '#dfe7d5'
const WATER = '#cfdee1'
const BUILT = '#ece8dd'
const BUILDING = '#e9e4d8'

const road = { other: SURFACE.paper, minor: SURFACE.road, link: SURFACE.road, major: SURFACE.road, highway: '#fbf6e8' }
const casing = {
  other_casing: SURFACE.line,
  minor_casing: SURFACE.line,
  link_casing: SURFACE.line,
  major_casing: SURFACE.roadCasing,
  highway_casing: SURFACE.roadCasing,
}
const prefixed = (prefix: string, colours: Record<string, string>) =>
  Object.fromEntries(Object.entries(colours).map(([name, colour]) => [`${prefix}_${name}`, colour]))

/** Calm and pale on our paper: land, greens and water a breath apart, roads white, no signs of shops. */
const flavour: Flavor = {
  ...WHITE,
  ...prefixed('bridges', { ...road, ...casing }),
  ...prefixed('tunnel', { ...road, ...casing }),
  background: SURFACE.land,
  earth: SURFACE.land,
  park_a: GREEN,
  park_b: GREEN,
  wood_a: WOOD,
  wood_b: WOOD,
  scrub_a: GREEN,
  scrub_b: GREEN,
  zoo: GREEN,
  sand: BUILT,
  beach: BUILT,
  hospital: BUILT,
  school: BUILT,
  industrial: BUILT,
  military: BUILT,
  aerodrome: BUILT,
  pedestrian: BUILT,
  pier: BUILT,
  runway: SURFACE.line,
  water: WATER,
  buildings: BUILDING,
  other: road.other,
  minor_service: road.minor,
  minor_a: road.minor,
  minor_b: road.minor,
  link: road.link,
  major: road.major,
  highway: road.highway,
  minor_service_casing: casing.minor_casing,
  minor_casing: casing.minor_casing,
  link_casing: casing.link_casing,
  major_casing_early: casing.major_casing,
  major_casing_late: casing.major_casing,
  highway_casing_early: casing.highway_casing,
  highway_casing_late: casing.highway_casing,
  railway: SURFACE.rail,
  boundaries: SURFACE.neighbourLine,
  roads_label_minor: SURFACE.soft,
  roads_label_major: SURFACE.soft,
  roads_label_minor_halo: SURFACE.road,
  roads_label_major_halo: SURFACE.road,
  subplace_label: SURFACE.placeName,
  subplace_label_halo: SURFACE.halo,
  city_label: SURFACE.placeName,
  city_label_halo: SURFACE.halo,
  address_label: SURFACE.neighbourName,
  address_label_halo: SURFACE.halo,
}

/** Labels a municipality's map shows. The others name countries and oceans, or need pictures of a sprite. */
const LABELS = [
  'address_label',
  'water_waterway_label',
  'water_label_lakes',
  'roads_labels_minor',
  'roads_labels_major',
  'places_subplace',
  'places_locality',
]
const danishName: ExpressionSpecification = ['coalesce', ['get', 'name:da'], ['get', 'name']]

/** A label in our own font and in Danish where the map knows it, without the signs it would take from a sprite. */
function ownLabel(layer: SymbolLayerSpecification): SymbolLayerSpecification {
  const layout = Object.entries(layer.layout ?? {}).filter(([name]) => !name.startsWith('icon-'))
  const name = layer.id === 'address_label' ? {} : { 'text-field': danishName }
  const font = layer.id === 'places_locality' ? FONTS.semiBold : FONTS.regular
  return { ...layer, layout: { ...Object.fromEntries(layout), ...name, 'text-font': font } }
}

/** The layers of a vector file in the Protomaps schema, from bottom to top. */
export function streetLayers(): LayerSpecification[] {
  const all = layers(STREET_SOURCE, flavour, { lang: 'da' }) as LayerSpecification[]
  return all.flatMap((layer) => {
    const own = layer.type === 'symbol' ? ownLabel(layer) : layer
    return layer.type !== 'symbol' || LABELS.includes(layer.id) ? [{ ...own, id: `street-${layer.id}` }] : []
  })
}
