import type { VectorFeature } from '../platform/vectorFile/vectorFileTypes.ts'

type Position = [number, number]
type Dimension = 0 | 1 | 2

/** Edges of what lies inside. @unit metres @crs EPSG:25832 */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

export interface CleanGeometry {
  geometry: { type: string; coordinates: unknown }
  bounds: Box
  vertexCount: number
  /** Rings were closed, or parts with too few corners left out. */
  isRepaired: boolean
  /** It was a collection, of which only what has the highest dimension stays. */
  wasCollection: boolean
}

interface Parts {
  points: Position[]
  lines: Position[][]
  areas: Position[][][]
  isRepaired: boolean
}

const samePlace = (a: Position | undefined, b: Position | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1]

const flat = ([x, y]: readonly number[]): Position => [x as number, y as number]

/** Closes a ring; one with fewer than four corners encloses nothing, and PostGIS stumbles over it. */
function closeRing(parts: Parts, ring: readonly number[][]): Position[] | null {
  const closed = ring.map(flat)
  if (!samePlace(closed[0], closed.at(-1))) {
    closed.push(closed[0] as Position)
    parts.isRepaired = true
  }
  if (closed.length >= 4) return closed
  parts.isRepaired = true
  return null
}

function addArea(parts: Parts, rings: readonly number[][][]): void {
  const closed = rings.filter((ring) => ring.length > 0).map((ring) => closeRing(parts, ring))
  // Without its outer ring the holes are holes in nothing.
  if (closed[0]) parts.areas.push(closed.filter((ring) => ring !== null))
}

function addLine(parts: Parts, line: readonly number[][]): void {
  const positions = line.map(flat)
  if (positions.length >= 2 && positions.some((position) => !samePlace(position, positions[0]))) parts.lines.push(positions)
  else parts.isRepaired = true
}

function addParts(parts: Parts, geometry: NonNullable<VectorFeature['geometry']>): void {
  const { type, coordinates, geometries } = geometry as { type: string; coordinates: never; geometries?: never[] }
  if (type === 'GeometryCollection') for (const member of geometries ?? []) addParts(parts, member)
  else if (type === 'Point') parts.points.push(...[coordinates as number[]].filter(({ length }) => length >= 2).map(flat))
  else if (type === 'MultiPoint') parts.points.push(...(coordinates as number[][]).filter(({ length }) => length >= 2).map(flat))
  else if (type === 'LineString') addLine(parts, coordinates)
  else if (type === 'MultiLineString') for (const line of coordinates as number[][][]) addLine(parts, line)
  else if (type === 'Polygon') addArea(parts, coordinates)
  else if (type === 'MultiPolygon') for (const area of coordinates as number[][][][]) addArea(parts, area)
}

function assemble({ points, lines, areas }: Parts): { geometry: CleanGeometry['geometry']; positions: Position[][]; dimension: Dimension } {
  const one = (type: string, members: readonly unknown[]) =>
    members.length === 1 ? { type, coordinates: members[0] } : { type: `Multi${type}`, coordinates: members }
  if (areas.length > 0) return { geometry: one('Polygon', areas), positions: areas.flat(), dimension: 2 }
  if (lines.length > 0) return { geometry: one('LineString', lines), positions: lines, dimension: 1 }
  return { geometry: one('Point', points), positions: [points], dimension: 0 }
}

function boundsOf(positions: readonly Position[][]): { bounds: Box; vertexCount: number } {
  const bounds = {
    west: Number.POSITIVE_INFINITY,
    south: Number.POSITIVE_INFINITY,
    east: -Number.POSITIVE_INFINITY,
    north: -Number.POSITIVE_INFINITY,
  }
  let vertexCount = 0
  for (const line of positions) {
    vertexCount += line.length
    for (const [x, y] of line) {
      if (x < bounds.west) bounds.west = x
      if (x > bounds.east) bounds.east = x
      if (y < bounds.south) bounds.south = y
      if (y > bounds.north) bounds.north = y
    }
  }
  return { bounds, vertexCount }
}

/**
 * A geometry as PostGIS can take it: flat, rings closed, nothing with too few corners, collections reduced to what has
 * the highest dimension. Whether it is valid is another question. `null` when nothing is left.
 * @crs EPSG:25832
 */
export function cleanGeometry(geometry: VectorFeature['geometry']): CleanGeometry | null {
  if (geometry === null) return null
  const parts: Parts = { points: [], lines: [], areas: [], isRepaired: false }
  addParts(parts, geometry)
  if (parts.points.length + parts.lines.length + parts.areas.length === 0) return null
  const { geometry: clean, positions, dimension } = assemble(parts)
  const wasMixed = (dimension === 2 && parts.lines.length > 0) || (dimension > 0 && parts.points.length > 0)
  return {
    geometry: clean,
    ...boundsOf(positions),
    isRepaired: parts.isRepaired,
    wasCollection: geometry.type === 'GeometryCollection' || wasMixed,
  }
}
