import type { PlaceGeometry, Position } from '../../server/kernel/geometry.ts'

/** The same numbers from 0 to 1 each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const METRE_LAT = 1 / 111_300
const METRE_LNG = METRE_LAT / Math.cos((55.73 * Math.PI) / 180)

function moved([lng, lat]: Position, distanceM: number, angle: number): Position {
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7
  return [round(lng + distanceM * Math.cos(angle) * METRE_LNG), round(lat + distanceM * Math.sin(angle) * METRE_LAT)]
}

function lineFrom(start: Position, random: () => number): PlaceGeometry {
  const heading = random() * 2 * Math.PI
  const coordinates = [start]
  // Always onwards, so that no line crosses itself.
  for (let count = 1 + Math.floor(random() * 5); count > 0; count -= 1) {
    coordinates.push(moved(coordinates.at(-1) as Position, 5 + 75 * random(), heading + (random() - 0.5) * 2))
  }
  return { type: 'LineString', coordinates }
}

function polygonAround(middle: Position, random: () => number): PlaceGeometry {
  const corners = 4 + Math.floor(random() * 9)
  const radiusM = 4 + 60 * random() ** 2
  const outline = Array.from({ length: corners }, (_, corner) =>
    moved(middle, radiusM * (0.5 + 0.5 * random()), (2 * Math.PI * corner) / corners),
  )
  return { type: 'Polygon', coordinates: [[...outline, outline[0] as Position]] }
}

const BOX = { west: 12.402, south: 55.705, east: 12.455, north: 55.752 }

/** Points, lines and polygons: half of them within 300 m of the border, half among the sample data behind it. @crs EPSG:4326 */
export function randomPlaces(border: readonly Position[], count: number): PlaceGeometry[] {
  const random = seeded(151)
  return Array.from({ length: count }, (_, index) => {
    const anywhere: Position = [BOX.west + random() * (BOX.east - BOX.west), BOX.south + random() * (BOX.north - BOX.south)]
    const onBorder = border[Math.floor(random() * border.length)] as Position
    const near = moved(index % 2 === 0 ? onBorder : anywhere, 300 * random(), random() * 2 * Math.PI)
    if (index % 10 < 4) return { type: 'Point', coordinates: near }
    return index % 10 < 7 ? lineFrom(near, random) : polygonAround(near, random)
  })
}
