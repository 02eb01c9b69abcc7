import type { MultiPolygon, Polygon } from 'geojson'
import type { Position } from '../../server/kernel/geometry.ts'

const WORLD: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
]

/**
 * The world with the areas cut out. Borders that two areas share point by point are dropped, so the hole is one.
 * Borders that do not match stay, and the veil shows a thin line there.
 * @shape polygon whose holes are the outer rings of the union @crs EPSG:4326
 */
export function outsideOf(areas: readonly MultiPolygon[]): Polygon {
  const rings = areas.flatMap((area) => area.coordinates.map((polygon) => turnedLeft((polygon[0] ?? []) as Position[])))
  return { type: 'Polygon', coordinates: [WORLD, ...stitch(outerEdges(rings))] }
}

const keyOf = ([lng, lat]: Position) => `${lng},${lat}`

function turnedLeft(ring: Position[]): Position[] {
  let twiceArea = 0
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] as Position
    twiceArea += x * nextY - nextX * y
  }
  return twiceArea < 0 ? ring.toReversed() : ring
}

/** Edges walked in one direction only; a shared border is walked in both and falls out. */
function outerEdges(rings: readonly Position[][]): Map<string, Position[]> {
  const edges = new Map<string, [Position, Position]>()
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      const [from, to] = [ring[index - 1] as Position, ring[index] as Position]
      const [there, back] = [`${keyOf(from)} ${keyOf(to)}`, `${keyOf(to)} ${keyOf(from)}`]
      if (!edges.delete(back)) edges.set(there, [from, to])
    }
  }
  const nextOf = new Map<string, Position[]>()
  for (const [from, to] of edges.values()) nextOf.set(keyOf(from), [...(nextOf.get(keyOf(from)) ?? []), to])
  return nextOf
}

function stitch(nextOf: Map<string, Position[]>): Position[][] {
  const rings: Position[][] = []
  for (const start of nextOf.keys()) {
    let key = start
    const ring: Position[] = []
    for (let next = nextOf.get(key)?.pop(); next; next = nextOf.get(key)?.pop()) {
      ring.push(next)
      key = keyOf(next)
    }
    if (ring.length > 2) rings.push([...ring, ring[0] as Position])
  }
  return rings
}
