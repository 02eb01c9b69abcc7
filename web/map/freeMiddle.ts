import type { Map as MapLibreMap } from 'maplibre-gl'
import type { MapPadding, Position } from './mapContract.ts'

/** Middle of what panel and sheet leave free. @unit CSS pixels of the map's container */
export function freeMiddleOf(map: MapLibreMap, { top, right, bottom, left }: MapPadding): Position {
  const { clientWidth, clientHeight } = map.getContainer()
  return [(left + clientWidth - right) / 2, (top + clientHeight - bottom) / 2]
}
