import * as backdrop from './layers/backdrop.layers.ts'
import * as district from './layers/districts.layers.ts'
import * as marks from './layers/marks.layers.ts'
import * as pins from './layers/pins.layers.ts'
import * as results from './layers/results.layers.ts'
import type { MapLayer } from './mapLayer.ts'

/**
 * Every layer from bottom to top. Labels stand below pins: MapLibre places symbols from the top down, so labels give way.
 */
export const LAYER_ORDER: readonly MapLayer[] = [
  district.districtGround,
  backdrop.veil,
  district.districtReach,
  backdrop.roadCasing,
  backdrop.road,
  backdrop.rail,
  backdrop.railGap,
  district.districtCasing,
  district.districtOutline,
  pins.ideaArea,
  pins.ideaLineCasing,
  pins.ideaLine,
  marks.markArea,
  marks.markOutline,
  pins.highlightArea,
  pins.highlightLine,
  pins.highlightPoint,
  marks.markLine,
  marks.markPoint,
  results.lostCircle,
  results.wonCircle,
  backdrop.station,
  backdrop.roadName,
  backdrop.neighbourName,
  backdrop.placeName,
  backdrop.stationName,
  district.districtName,
  pins.pin,
  pins.cluster,
  pins.pinRing,
  pins.focusPin,
  results.resultAmount,
  marks.markWords,
]

/** The first of our layers that a street map's own layers must stay under. */
export const PICKABLE_LAYER_IDS: readonly string[] = LAYER_ORDER.filter((layer) => layer.isPickable).map((layer) => layer.id)
