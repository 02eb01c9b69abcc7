import { roundDegrees } from '../../../server/kernel/crs.ts'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { fromUtm32, toUtm32 } from '../../ideas/new/utm32.ts'

type Metres = [number, number]

/** Cells along the longer side of the field that is measured. */
const CELLS = 96
/** The check takes 500 vertices; a ring of so many keeps its shape within centimetres. */
const LARGEST_RING = 240

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
 * Everything within a distance of a geometry, as a polygon: the line where the measured distance is just that, found by
 * marching over a field of distances. Within a few centimetres of PostGIS for what one puts up in a park.
 * @unit metres @crs EPSG:4326
 */
export function bufferOf(geometry: PlaceGeometry, distanceM: number): Extract<PlaceGeometry, { type: 'Polygon' }> {
  const points = positionsOf(geometry).map(toUtm32)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) + 2 * distanceM
  const cell = (span * 1.06) / CELLS
  const west = Math.min(...xs) - distanceM - cell * 2
  const south = Math.min(...ys) - distanceM - cell * 2
  const size = CELLS + 4
  const away = distanceTo(geometry)
  const field = Array.from({ length: (size + 1) ** 2 }, (_, index) => {
    const at: Metres = [west + (index % (size + 1)) * cell, south + Math.floor(index / (size + 1)) * cell]
    return distanceM - away(at)
  })
  const rings = ringsOf(field, size).map((ring) => ring.map(([column, row]): Metres => [west + column * cell, south + row * cell]))
  // The longest ring is the outline; holes (a ring-shaped line) are filled, as a planner's "within" means them.
  const outline = rings.reduce((best, ring) => (ring.length > best.length ? ring : best), [] as Metres[])
  return { type: 'Polygon', coordinates: [thinned(outline).map((place) => fromUtm32(place).map(roundDegrees) as Position)] }
}

function thinned(ring: Metres[]): Metres[] {
  const step = Math.ceil((ring.length - 1) / LARGEST_RING)
  const kept = ring.slice(0, -1).filter((_, index) => index % step === 0)
  return [...kept, kept[0] as Metres]
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

/** Closed outlines of where the field is positive, in cells. */
function ringsOf(field: number[], size: number): Metres[][] {
  const next = new Map<string, { key: string; at: Metres }>()
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      for (const [from, to] of crossings(field, size, column, row)) next.set(from.key, to)
    }
  }
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

function crossings(field: number[], size: number, column: number, row: number) {
  const corners = [
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ] as const
  const values = corners.map(([x, y]) => field[y * (size + 1) + x] as number)
  const inside = values.reduce((sum, value, corner) => sum + (value > 0 ? 2 ** corner : 0), 0)
  const side = (index: number) => {
    const [a, b] = [index, (index + 1) % 4]
    const [[ax, ay], [bx, by]] = [corners[a] as readonly [number, number], corners[b] as readonly [number, number]]
    const part = (values[a] as number) / ((values[a] as number) - (values[b] as number))
    const key = [ax + bx, ay + by].join()
    return { key, at: [ax + part * (bx - ax), ay + part * (by - ay)] as Metres }
  }
  return (CROSSED[inside] ?? []).map(([from, to]) => [side(from), side(to)] as const)
}
