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
// Where along its upper and lower edge a frame is looked at.
const FRAME_PARTS = [-1, -0.5, 0, 0.5, 1]

type Ring = readonly Position[]
/** Where the outline of an area crosses a height. @unit ems */
type Crossings = (y: number) => readonly number[]
type Ground = { own: Crossings; others: Crossings; north: number }

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

function crossingsAt(y: number, rings: readonly Ring[]): number[] {
  const found: number[] = []
  for (const ring of rings) {
    let [x1, y1] = ring.at(-1) ?? [0, 0]
    for (const corner of ring) {
      const [x2, y2] = corner
      if (y1 > y !== y2 > y) found.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
      x1 = x2
      y1 = y2
    }
  }
  return found
}

/** Thousands of frames lie on some sixty heights: the outline is followed once for each. */
function crossingsOf(rings: readonly Ring[]): Crossings {
  const known = new Map<number, readonly number[]>()
  return (y) => {
    const found = known.get(y) ?? crossingsAt(y, rings)
    known.set(y, found)
    return found
  }
}

function isInside(x: number, crossings: readonly number[]): boolean {
  let isIn = false
  for (const crossing of crossings) if (x < crossing) isIn = !isIn
  return isIn
}

function groundOf(area: MultiPolygon, others: readonly MultiPolygon[], point: Position, zoom: number): Ground {
  const own = ringsAround([area], point, zoom)
  // A reduce, because spreading the corners of a coast into a call ends at the engine's limit.
  const north = own.flat().reduce((least, [, y]) => Math.min(least, y), Number.POSITIVE_INFINITY)
  return { own: crossingsOf(own), others: crossingsOf(ringsAround(others, point, zoom)), north }
}

/** How much of a name's frame lies in its district, from 0 to 1; negative when it reaches into another one. */
function shareInside([x, y]: Position, [halfWidth, halfHeight]: Position, { own, others }: Ground): number {
  let inside = 0
  for (const side of [-1, 1]) {
    const [ownCrossings, otherCrossings] = [own(y + side * halfHeight), others(y + side * halfHeight)]
    for (const part of FRAME_PARTS) {
      if (isInside(x + part * halfWidth, ownCrossings)) inside += 1
      else if (isInside(x + part * halfWidth, otherCrossings)) return -1
    }
  }
  return inside / (2 * FRAME_PARTS.length)
}

let candidates: readonly Position[] | undefined

/** All spots around the label's point, the nearest first: the same for every name. */
function candidateSpots(): readonly Position[] {
  const count = Math.round(REACH_EM / STEP_EM)
  const steps = Array.from({ length: 2 * count + 1 }, (_, index) => (index - count) * STEP_EM)
  const far = ([x, y]: Position) => x * x + y * y
  candidates ??= steps.flatMap((x) => steps.map((y): Position => [x, y])).sort((one, other) => far(one) - far(other))
  return candidates
}

/**
 * Where a district's name may stand at a zoom: inside, the nearest to its point first; then reaching
 * out or beside it, but never into a neighbour.
 * @unit ems from the label's point @crs areas and point EPSG:4326
 */
export function nameSpots(name: string, point: Position, area: MultiPolygon, others: readonly MultiPolygon[], zoom: number): NameSpots {
  const box = halfBox(name, zoom)
  const grounds = PARTS_OF_ZOOM.map((part) => groundOf(area, others, point, zoom + part))
  const rated = candidateSpots().map((spot) => ({ spot, share: Math.min(...grounds.map((ground) => shareInside(spot, box, ground))) }))
  const inside = rated.filter(({ share }) => share === 1).slice(0, INSIDE_SPOTS)
  // A name beside its district does not climb above it: there the page's search box floats.
  const north = Math.min(...grounds.map((ground) => ground.north))
  const isBelow = ({ spot: [, y] }: { spot: Position }) => y - box[1] > north
  const reaching = rated
    .filter(({ share }) => share > 0 && share < 1)
    .filter(isBelow)
    .sort((one, other) => other.share - one.share)
  const outside = rated.filter(({ share }) => share === 0).filter(isBelow)
  const spots = [...inside, ...reaching.slice(0, REACHING_SPOTS), ...outside.slice(0, OUTSIDE_SPOTS)]
  return spots.length === 0 ? ['center', [0, 0]] : spots.flatMap(({ spot }) => ['center', spot])
}
