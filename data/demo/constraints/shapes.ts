/** East and north in EPSG:25832. @unit metres */
export type Spot = readonly [number, number]

export type Shape =
  | { type: 'Polygon'; coordinates: Spot[][] }
  | { type: 'LineString'; coordinates: Spot[] }
  | { type: 'Point'; coordinates: Spot }

export type Random = () => number

/** Numbers between 0 and 1, the same ones for the same seed. @source mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const round = (value: number) => Math.round(value * 10) / 10
const rounded = ([x, y]: Spot): Spot => [round(x), round(y)]

/** The middle of the municipality in both systems, and how metres follow degrees there. */
const ORIGIN = { lng: 12.355, lat: 55.73, east: 710_656.42, north: 6_181_129.21 } as const
const PER_DEGREE = { eastPerLng: 62_762.5, eastPerLat: -5388.3, northPerLng: 3041, northPerLat: 111_222.6 } as const

/** Storage coordinates of a place in the municipality, to within five metres: enough for what is invented. @crs EPSG:4326 to EPSG:25832 */
export function spotOf([lng, lat]: readonly [number, number]): Spot {
  const [right, up] = [lng - ORIGIN.lng, lat - ORIGIN.lat]
  return rounded([
    ORIGIN.east + PER_DEGREE.eastPerLng * right + PER_DEGREE.eastPerLat * up,
    ORIGIN.north + PER_DEGREE.northPerLng * right + PER_DEGREE.northPerLat * up,
  ])
}

export const away = ([x, y]: Spot, [toX, toY]: Spot) => Math.hypot(x - toX, y - toY)
export const beside = ([x, y]: Spot, east: number, north: number): Spot => [x + east, y + north]

/** An area around a place with an outline as nature or an office would draw it: never crossing itself, as it is seen whole from its middle. */
export function blob(middle: Spot, radius: number, corners: number, unevenness: number, random: Random): Shape {
  const turn = random() * 2 * Math.PI
  const ring = Array.from({ length: corners }, (_, index): Spot => {
    const angle = turn + (index / corners) * 2 * Math.PI
    const reach = radius * (1 + unevenness * (2 * random() - 1))
    return rounded(beside(middle, Math.cos(angle) * reach, Math.sin(angle) * reach))
  })
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as Spot]] }
}

export const circle = (middle: Spot, radius: number) => blob(middle, radius, 36, 0, () => 0)

/** The ground of a straight piece of road. */
export function strip(from: Spot, to: Spot, width: number): Shape {
  const length = away(from, to)
  const [aside, along] = [(((to[1] - from[1]) / length) * width) / 2, (((to[0] - from[0]) / length) * width) / 2]
  const ring = [beside(from, -aside, along), beside(to, -aside, along), beside(to, aside, -along), beside(from, aside, -along)].map(rounded)
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as Spot]] }
}

export const line = (spots: readonly Spot[]): Shape => ({ type: 'LineString', coordinates: spots.map(rounded) })
export const point = (spot: Spot): Shape => ({ type: 'Point', coordinates: rounded(spot) })

export function segmentsOf(spots: readonly Spot[]): [Spot, Spot][] {
  return spots.slice(1).map((spot, index) => [spots[index] as Spot, spot])
}

/** The part of a convex outline (not closed) that lies nearer to `seed` than to `other`. */
function nearerPart(outline: readonly Spot[], seed: Spot, other: Spot): Spot[] {
  const [middleX, middleY] = [(seed[0] + other[0]) / 2, (seed[1] + other[1]) / 2]
  const beyond = ([x, y]: Spot) => (x - middleX) * (other[0] - seed[0]) + (y - middleY) * (other[1] - seed[1])
  return outline.flatMap((spot, index) => {
    const next = outline[(index + 1) % outline.length] as Spot
    const [here, there] = [beyond(spot), beyond(next)]
    const kept: Spot[] = here <= 0 ? [spot] : []
    if (here < 0 !== there < 0 && here !== there) {
      const part = here / (here - there)
      kept.push([spot[0] + part * (next[0] - spot[0]), spot[1] + part * (next[1] - spot[1])])
    }
    return kept
  })
}

/** Divides a rectangle (its corners in order) among seeds, each getting what lies nearest to it, without gap or overlap. */
export function divide(rectangle: readonly Spot[], seeds: readonly Spot[]): Spot[][] {
  return seeds.map((seed) => {
    const others = seeds.filter((other) => other !== seed).sort((a, b) => away(a, seed) - away(b, seed))
    const cell = others.reduce<Spot[]>((outline, other) => nearerPart(outline, seed, other), [...rectangle])
    const ring = cell.map(rounded).filter(([x, y], index, all) => x !== all.at(index - 1)?.[0] || y !== all.at(index - 1)?.[1])
    return [...ring, ring[0] as Spot]
  })
}

function isInside([x, y]: Spot, ring: readonly Spot[]): boolean {
  return segmentsOf(ring).reduce((inside, [a, b]) => {
    const crosses = a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]
    return crosses ? !inside : inside
  }, false)
}

function side([x, y]: Spot, [a, b]: readonly [Spot, Spot]): boolean {
  return (b[0] - a[0]) * (y - a[1]) > (b[1] - a[1]) * (x - a[0])
}

const cross = (one: [Spot, Spot], other: [Spot, Spot]) =>
  side(one[0], other) !== side(one[1], other) && side(other[0], one) !== side(other[1], one)

/** Whether two closed outlines share any ground. */
export function meets(ring: readonly Spot[], other: readonly Spot[]): boolean {
  if (isInside(ring[0] as Spot, other) || isInside(other[0] as Spot, ring)) return true
  const sides = segmentsOf(other)
  return segmentsOf(ring).some((one) => sides.some((two) => cross(one, two)))
}
