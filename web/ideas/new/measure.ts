import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { fromUtm32, toUtm32 } from './utm32.ts'

type Metres = [number, number]

function segmentsOf(points: Metres[]): [Metres, Metres][] {
  return points.slice(1).map((point, index) => [points[index] as Metres, point])
}

/** Length of a line as PostGIS measures it; for a preview. @unit metres */
export function lineLengthM(line: Position[]): number {
  return segmentsOf(line.map(toUtm32)).reduce((sum, [a, b]) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0)
}

/** Area inside a closed ring, for a preview. @unit square metres */
export function ringAreaM2(ring: Position[]): number {
  const points = ring.map(toUtm32)
  const origin = points[0] ?? [0, 0]
  const doubled = segmentsOf(points).reduce(
    (sum, [a, b]) => sum + (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]),
    0,
  )
  return Math.abs(doubled) / 2
}

function side(a: Metres, b: Metres, point: Metres): number {
  return Math.sign((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]))
}

/** True when two sides of a closed ring that are not neighbours cross. */
export function ringCrossesItself(ring: Position[]): boolean {
  const segments = segmentsOf(ring.map(toUtm32))
  return segments.some(([a, b], first) =>
    segments.slice(first + 2).some(([c, d], offset) => {
      if (first === 0 && offset === segments.length - 3) return false
      return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }),
  )
}

/** Distance from a point to a line or ring. @unit metres */
export function distanceToLineM(point: Position, line: Position[]): number {
  const [x, y] = toUtm32(point)
  return segmentsOf(line.map(toUtm32)).reduce((nearest, [a, b]) => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const squared = dx * dx + dy * dy
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / squared))
    return Math.min(nearest, Math.hypot(x - a[0] - along * dx, y - a[1] - along * dy))
  }, Number.POSITIVE_INFINITY)
}

/** Places spread evenly over a geometry: the point, steps along the line, a grid over the area. */
export function samplesOf(geometry: PlaceGeometry): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  if (geometry.type === 'LineString') return alongLine(geometry.coordinates, 60)
  const ring = geometry.coordinates[0] ?? []
  const inside = gridInside(ring, 15)
  return [...inside, ...(inside.length < 20 ? alongLine(ring, 40) : [])]
}

function alongLine(line: Position[], count: number): Position[] {
  const total = lineLengthM(line)
  if (total === 0) return line.slice(0, 1)
  return segmentsOf(line.map(toUtm32)).flatMap(([a, b]) => {
    const steps = Math.max(1, Math.round((count * Math.hypot(b[0] - a[0], b[1] - a[1])) / total))
    return Array.from({ length: steps }, (_, step) => {
      const part = (step + 0.5) / steps
      return fromUtm32([a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])])
    })
  })
}

function gridInside(ring: Position[], perSide: number): Position[] {
  const points = ring.map(toUtm32)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [west, south] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - west, Math.max(...ys) - south]
  const samples: Position[] = []
  for (let index = 0; index < perSide * perSide; index += 1) {
    const at: Metres = [
      west + (((index % perSide) + 0.5) / perSide) * width,
      south + ((Math.floor(index / perSide) + 0.5) / perSide) * height,
    ]
    if (insideRing(at, points)) samples.push(fromUtm32(at))
  }
  return samples
}

function insideRing([x, y]: Metres, points: Metres[]): boolean {
  return segmentsOf(points).reduce((inside, [a, b]) => {
    const crosses = a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]
    return crosses ? !inside : inside
  }, false)
}

/** The one place that stands for a geometry when the server is asked what lies near. */
export function middleOf(geometry: PlaceGeometry): Position {
  if (geometry.type === 'Point') return geometry.coordinates
  const samples = samplesOf(geometry)
  const mean: Position = [
    samples.reduce((sum, [lng]) => sum + lng, 0) / samples.length,
    samples.reduce((sum, [, lat]) => sum + lat, 0) / samples.length,
  ]
  const away = ([lng, lat]: Position) => Math.hypot((lng - mean[0]) * 0.56, lat - mean[1])
  return samples.reduce((nearest, sample) => (away(sample) < away(nearest) ? sample : nearest), samples[0] ?? mean)
}
