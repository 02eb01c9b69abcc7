import type { MultiPolygon } from 'geojson'
import { worldOf } from './camera.ts'
import type { Position } from './mapContract.ts'

/** Size of a district's name by zoom. @unit CSS pixels */
export const NAME_SIZES = [
  [10.4, 13.5],
  [12, 19],
  [14, 24],
] as const
/** Below this zoom a name of two words stands in two lines. */
export const NAME_WRAP_ZOOM = 12
/** Zooms at which a district is small beside its name. Above them the name has room around its point. */
export const NAME_SPOT_ZOOMS = [10, 11, 12] as const

/** What `text-variable-anchor-offset` takes: anchors and offsets in turn, the best first. @unit ems */
export type NameSpots = (string | Position)[]

const REACH_EM = 7
const STEP_EM = 0.5
const LETTER_EM = 0.52
const LINE_EM = 1.2
const MARGIN_EM = 0.1
const CORNER_EM = 0.25
const INSIDE_SPOTS = 40
const REACHING_SPOTS = 30
const OUTSIDE_SPOTS = 30
// MapLibre lays a tile out once for a whole zoom; a spot should hold at both of these parts of it.
const PARTS_OF_ZOOM = [0.4, 0.8]

type Ring = readonly Position[]
type Ground = { own: readonly Ring[]; others: readonly Ring[] }

function sizeAt(zoom: number): number {
  const [first, ...rest] = NAME_SIZES
  let [lowZoom, lowSize]: readonly [number, number] = first
  for (const [highZoom, highSize] of rest) {
    if (zoom < highZoom) return lowSize + Math.max(0, (zoom - lowZoom) / (highZoom - lowZoom)) * (highSize - lowSize)
    ;[lowZoom, lowSize] = [highZoom, highSize]
  }
  return lowSize
}

/** Half the width and half the height a name takes. @unit ems */
function halfBox(name: string, zoom: number): Position {
  const lines = zoom < NAME_WRAP_ZOOM ? name.split(' ') : [name]
  return [(Math.max(...lines.map((line) => line.length)) * LETTER_EM) / 2 + MARGIN_EM, (lines.length * LINE_EM) / 2]
}

/** Rings around the label's point, without corners too close to matter. @unit ems, y downwards */
function ringsAround(areas: readonly MultiPolygon[], point: Position, zoom: number): Ring[] {
  const [middleX, middleY] = worldOf(point, zoom)
  const size = sizeAt(zoom)
  return areas
    .flatMap((area) => area.coordinates.flat())
    .map((ring) => {
      const kept: Position[] = []
      for (const [lng = 0, lat = 0] of ring) {
        const [x, y] = worldOf([lng, lat], zoom)
        const corner: Position = [(x - middleX) / size, (y - middleY) / size]
        const last = kept.at(-1)
        if (!last || Math.hypot(corner[0] - last[0], corner[1] - last[1]) > CORNER_EM) kept.push(corner)
      }
      return kept
    })
}

function isInside([x, y]: Position, rings: readonly Ring[]): boolean {
  let isIn = false
  for (const ring of rings) {
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
      const [[x1, y1], [x2, y2]] = [ring[index] as Position, ring[before] as Position]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn
    }
  }
  return isIn
}

/** How much of a name's frame lies in its district, from 0 to 1; negative when it reaches into another one. */
function shareInside([x, y]: Position, [halfWidth, halfHeight]: Position, { own, others }: Ground): number {
  const frame = [-1, -0.5, 0, 0.5, 1].flatMap((part) => [-1, 1].map((side): Position => [x + part * halfWidth, y + side * halfHeight]))
  const isOwn = frame.map((point) => isInside(point, own))
  if (frame.some((point, index) => !isOwn[index] && isInside(point, others))) return -1
  return isOwn.filter(Boolean).length / frame.length
}

function candidates(): Position[] {
  const count = Math.round(REACH_EM / STEP_EM)
  const steps = Array.from({ length: 2 * count + 1 }, (_, index) => (index - count) * STEP_EM)
  const spots = steps.flatMap((x) => steps.map((y): Position => [x, y]))
  return spots.sort((one, other) => Math.hypot(...one) - Math.hypot(...other))
}

/**
 * Where a district's name may stand at a zoom: inside, the nearest to its point first; then reaching
 * out or beside it, but never into a neighbour.
 * @unit ems from the label's point @crs areas and point EPSG:4326
 */
export function nameSpots(name: string, point: Position, area: MultiPolygon, others: readonly MultiPolygon[], zoom: number): NameSpots {
  const box = halfBox(name, zoom)
  const grounds = PARTS_OF_ZOOM.map((part) => ({
    own: ringsAround([area], point, zoom + part),
    others: ringsAround(others, point, zoom + part),
  }))
  const rated = candidates().map((spot) => ({ spot, share: Math.min(...grounds.map((ground) => shareInside(spot, box, ground))) }))
  const inside = rated.filter(({ share }) => share === 1).slice(0, INSIDE_SPOTS)
  // A name beside its district does not climb above it: there the page's search box floats.
  const north = Math.min(...grounds.flatMap((ground) => ground.own.flat().map(([, y]) => y)))
  const isBelow = ({ spot: [, y] }: { spot: Position }) => y - box[1] > north
  const reaching = rated
    .filter(({ share }) => share > 0 && share < 1)
    .filter(isBelow)
    .sort((one, other) => other.share - one.share)
  const outside = rated.filter(({ share }) => share === 0).filter(isBelow)
  const spots = [...inside, ...reaching.slice(0, REACHING_SPOTS), ...outside.slice(0, OUTSIDE_SPOTS)]
  return spots.length === 0 ? ['center', [0, 0]] : spots.flatMap(({ spot }) => ['center', spot])
}
