import { roundDegrees } from '../../../server/kernel/crs.ts'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { fromUtm32, toUtm32 } from '../../ideas/new/utm32.ts'

type Metres = [number, number]

/** A cell is never larger than this part of the distance, so that no bend is missed. */
const CELLS_PER_DISTANCE = 8
const LEAST_CELLS = 96
const DEEPEST = 13
/** The check takes 500 vertices. */
const LARGEST_RING = 240
/** How far a vertex may be left out. @unit metres */
const FINEST_M = 0.02

const positionsOf = (geometry: PlaceGeometry): Position[] =>
  geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat()

function isInside([x, y]: Metres, rings: Metres[][]): boolean {
  let inside = false
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      const [ax, ay] = ring[index - 1] as Metres
      const [bx, by] = ring[index] as Metres
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
  }
  return inside
}

function toSegments(point: Metres, line: Metres[]): number {
  if (line.length === 1) return Math.hypot(point[0] - (line[0] as Metres)[0], point[1] - (line[0] as Metres)[1])
  let nearest = Number.POSITIVE_INFINITY
  for (let index = 1; index < line.length; index += 1) {
    const [ax, ay] = line[index - 1] as Metres
    const [bx, by] = line[index] as Metres
    const [dx, dy] = [bx - ax, by - ay]
    const squared = dx * dx + dy * dy
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((point[0] - ax) * dx + (point[1] - ay) * dy) / squared))
    nearest = Math.min(nearest, Math.hypot(point[0] - ax - along * dx, point[1] - ay - along * dy))
  }
  return nearest
}

/** How far a place is from a geometry, 0 inside it; a preview beside PostGIS. @unit metres */
export function distanceToGeometryM(place: Position, geometry: PlaceGeometry): number {
  return distanceTo(geometry)(toUtm32(place))
}

function distanceTo(geometry: PlaceGeometry): (point: Metres) => number {
  if (geometry.type !== 'Polygon') {
    const line = positionsOf(geometry).map(toUtm32)
    return (point) => toSegments(point, line)
  }
  const rings = geometry.coordinates.map((ring) => ring.map(toUtm32))
  return (point) => (isInside(point, rings) ? 0 : Math.min(...rings.map((ring) => toSegments(point, ring))))
}

/**
 * Everything within a distance of a geometry, as a polygon: the line where the measured distance is just that. Squares
 * are halved only where the line may pass (a distance never changes faster than one walks), down to cells that are small
 * beside the distance. Within centimetres of PostGIS for what one puts up in a park.
 * @unit metres @crs EPSG:4326
 */
export function bufferOf(geometry: PlaceGeometry, distanceM: number): Extract<PlaceGeometry, { type: 'Polygon' }> {
  const field = fieldAround(geometry, distanceM)
  const rings = ringsOf(cellsOnTheLine(field), field)
  // The longest ring is the outline; holes (a ring-shaped line) are filled, as a planner's "within" means them.
  const outline = rings.reduce((best, ring) => (ring.length > best.length ? ring : best), [] as Metres[])
  return { type: 'Polygon', coordinates: [thinned(outline).map((place) => fromUtm32(place).map(roundDegrees) as Position)] }
}

interface Field {
  /** Cells along a side, a power of two. */
  size: number
  cellM: number
  placeOf: (column: number, row: number) => Metres
  /** Metres inside the line at a corner, negative outside. Half corners are asked for as well. */
  at: (column: number, row: number) => number
}

function fieldAround(geometry: PlaceGeometry, distanceM: number): Field {
  const points = positionsOf(geometry).map(toUtm32)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [west, south] = [Math.min(...xs) - distanceM * 1.1, Math.min(...ys) - distanceM * 1.1]
  const span = Math.max(Math.max(...xs) - west, Math.max(...ys) - south) + distanceM * 1.1
  const wantedM = Math.min(distanceM / CELLS_PER_DISTANCE, span / LEAST_CELLS)
  const size = 2 ** Math.min(DEEPEST, Math.ceil(Math.log2(span / wantedM)))
  const cellM = span / size
  const away = distanceTo(geometry)
  const known = new Map<number, number>()
  const placeOf = (column: number, row: number): Metres => [west + column * cellM, south + row * cellM]
  const at = (column: number, row: number) => {
    const key = column * 2 * (4 * size) + row * 2
    const value = known.get(key) ?? distanceM - away(placeOf(column, row))
    known.set(key, value)
    return value
  }
  return { size, cellM, placeOf, at }
}

/** The smallest cells that the line may cross. */
function cellsOnTheLine({ size, cellM, at }: Field): [number, number][] {
  const found: [number, number][] = []
  const visit = (column: number, row: number, side: number): void => {
    const reachM = side * cellM * Math.SQRT1_2
    if (Math.abs(at(column + side / 2, row + side / 2)) > reachM) return
    if (side === 1) {
      found.push([column, row])
      return
    }
    const half = side / 2
    visit(column, row, half)
    visit(column + half, row, half)
    visit(column, row + half, half)
    visit(column + half, row + half, half)
  }
  visit(0, 0, size)
  return found
}

/** Leaves out what lies on a straight line anyway, more of it when there are too many. */
function thinned(ring: Metres[]): Metres[] {
  let kept = ring
  for (let toleranceM = FINEST_M; kept.length > 3; toleranceM *= 2) {
    const middle = Math.floor(ring.length / 2)
    kept = [...simplified(ring.slice(0, middle + 1), toleranceM).slice(0, -1), ...simplified(ring.slice(middle), toleranceM)]
    if (kept.length <= LARGEST_RING) break
  }
  return kept
}

/** @source Douglas and Peucker (1973) */
function simplified(line: Metres[], toleranceM: number): Metres[] {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length < 3) return line
  let [farthest, farthestM] = [0, 0]
  for (let index = 1; index < line.length - 1; index += 1) {
    const awayM = toSegments(line[index] as Metres, [first, last])
    if (awayM > farthestM) [farthest, farthestM] = [index, awayM]
  }
  if (farthestM <= toleranceM) return [first, last]
  return [...simplified(line.slice(0, farthest + 1), toleranceM).slice(0, -1), ...simplified(line.slice(farthest), toleranceM)]
}

/** Sides of a cell that the outline crosses, by which corners lie inside (1 south-west, 2 south-east, 4 north-east, 8 north-west). */
const CROSSED: Record<number, [number, number][]> = {
  1: [[3, 0]],
  2: [[0, 1]],
  3: [[3, 1]],
  4: [[1, 2]],
  5: [
    [3, 0],
    [1, 2],
  ],
  6: [[0, 2]],
  7: [[3, 2]],
  8: [[2, 3]],
  9: [[2, 0]],
  10: [
    [0, 1],
    [2, 3],
  ],
  11: [[2, 1]],
  12: [[1, 3]],
  13: [[1, 0]],
  14: [[0, 3]],
}

/** Closed outlines through the cells. */
function ringsOf(cells: readonly [number, number][], field: Field): Metres[][] {
  const next = new Map<string, { key: string; at: Metres }>()
  for (const [column, row] of cells) for (const [from, to] of crossings(field, column, row)) next.set(from.key, to)
  const rings: Metres[][] = []
  while (next.size > 0) {
    const [first] = next.keys()
    const ring: Metres[] = []
    let key = first as string
    for (let step = next.get(key); step; step = next.get(key)) {
      next.delete(key)
      ring.push(step.at)
      key = step.key
    }
    if (ring.length > 2) rings.push([...ring, ring[0] as Metres])
  }
  return rings
}

function crossings({ at, placeOf }: Field, column: number, row: number) {
  const corners = [
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ] as const
  const values = corners.map(([x, y]) => at(x, y))
  const inside = values.reduce((sum, value, corner) => sum + (value > 0 ? 2 ** corner : 0), 0)
  const side = (index: number) => {
    const [a, b] = [index, (index + 1) % 4]
    const [[ax, ay], [bx, by]] = [corners[a] as readonly [number, number], corners[b] as readonly [number, number]]
    const part = (values[a] as number) / ((values[a] as number) - (values[b] as number))
    return { key: [ax + bx, ay + by].join(), at: placeOf(ax + part * (bx - ax), ay + part * (by - ay)) }
  }
  return (CROSSED[inside] ?? []).map(([from, to]) => [side(from), side(to)] as const)
}
