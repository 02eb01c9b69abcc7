import type { Camera, MapFrame, MapPadding, Position } from './mapContract.ts'

/** Low enough for the whole municipality between search box and sheet of a small phone. */
export const MIN_ZOOM = 9.5
export const MAX_ZOOM = 19
/** Zoom at which one thing is looked at. */
export const CLOSE_ZOOM = 15.5

const WORLD_PX = 512
const RADIANS = Math.PI / 180

/** @unit pixels of the world at that zoom */
export function worldOf([lng, lat]: Position, zoom: number): Position {
  const scale = WORLD_PX * 2 ** zoom
  const mercator = Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2))
  return [(scale * (lng + 180)) / 360, (scale * (1 - mercator / Math.PI)) / 2]
}

function placeOf([x, y]: Position, zoom: number): Position {
  const scale = WORLD_PX * 2 ** zoom
  const lat = (2 * Math.atan(Math.exp(Math.PI * (1 - (2 * y) / scale))) - Math.PI / 2) / RADIANS
  return [(x / scale) * 360 - 180, lat]
}

/** From the middle of the window to the middle of what panel and sheet leave free. @unit CSS pixels */
export function freeMiddleOffset(padding: MapPadding): Position {
  return [(padding.left - padding.right) / 2, (padding.top - padding.bottom) / 2]
}

/** Camera seen from a point `offset` away on the screen. */
export function shiftCamera(camera: Camera, [x, y]: Position): Camera {
  const [worldX, worldY] = worldOf([camera.lng, camera.lat], camera.zoom)
  const [lng, lat] = placeOf([worldX + x, worldY + y], camera.zoom)
  return { lng, lat, zoom: camera.zoom }
}

/** Five decimals and two of the zoom: about a metre, short enough for an address. */
export function roundCamera({ lng, lat, zoom }: Camera): Camera {
  const round = (value: number, digits: number) => Number(value.toFixed(digits))
  return { lng: round(lng, 5), lat: round(lat, 5), zoom: round(zoom, 2) }
}

export function isSameCamera(one: Camera | null, other: Camera | null): boolean {
  if (one === null || other === null) return one === other
  const [a, b] = [roundCamera(one), roundCamera(other)]
  return a.lng === b.lng && a.lat === b.lat && a.zoom === b.zoom
}

/** The box around positions; null without any. */
export function frameOf(positions: Iterable<readonly number[]>): MapFrame | null {
  let frame: MapFrame | null = null
  for (const [lng = 0, lat = 0] of positions) {
    frame = frame
      ? [Math.min(frame[0], lng), Math.min(frame[1], lat), Math.max(frame[2], lng), Math.max(frame[3], lat)]
      : [lng, lat, lng, lat]
  }
  return frame
}

/** The frame with its own size again on every side, so that a person may look around but not get lost; more above and below, where a phone's sheet covers half the map. */
export function generousFrame([west, south, east, north]: MapFrame): MapFrame {
  const [width, height] = [Math.max(east - west, 0.05), Math.max(north - south, 0.03)]
  return [west - width * 1.6, south - height * 3.5, east + width * 1.6, north + height * 3.5]
}

/** Goes with a move that a button or a tap asked for, as an original event goes with a drag: from then on the camera is theirs. */
export const BY_PERSON = { isByPerson: true } as const

export function isByPerson(event: object): boolean {
  return 'isByPerson' in event
}
