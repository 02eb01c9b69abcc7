import { join } from 'node:path'
import { z } from 'zod'
import { readDataFile } from '../../dataFile.ts'
import { away, beside, meets, type Random, type Spot, spotOf } from './shapes.ts'

// What the invented layers are laid around: the same files the map draws as its backdrop.
const data = join(import.meta.dirname, '../..')
const pair = z.tuple([z.number(), z.number()])
const placesFile = z.object({ places: z.array(z.object({ name: z.string(), kind: z.string(), lon: z.number(), lat: z.number() })) })
const linesFile = z.object({
  features: z.array(z.object({ properties: z.object({ name: z.string() }), geometry: z.object({ coordinates: z.array(pair) }) })),
})
const outlinesFile = z.object({
  features: z.array(z.object({ geometry: z.object({ type: z.string(), coordinates: z.array(z.array(z.union([pair, z.array(pair)]))) }) })),
})

export interface Place {
  name: string
  kind: string
  spot: Spot
}

export interface NamedLine {
  name: string
  spots: Spot[]
}

export interface Ground {
  places: Place[]
  roads: NamedLine[]
  rail: Spot[]
  /** Outlines of the districts. */
  outlines: Spot[][]
  /** Corners of a rectangle around all of it, half a kilometre wider. */
  rectangle: Spot[]
}

function readLines(file: string): NamedLine[] {
  const { features } = readDataFile(join(data, 'backdrop', file), linesFile).content
  return features.map(({ properties, geometry }) => ({ name: properties.name, spots: geometry.coordinates.map(spotOf) }))
}

function readOutlines(): Spot[][] {
  const { features } = readDataFile(join(data, 'districts', 'districts.geojson'), outlinesFile).content
  return features.flatMap(({ geometry: { type, coordinates } }) =>
    (type === 'Polygon' ? [coordinates] : coordinates).map((rings) => (rings[0] as [number, number][]).map(spotOf)),
  )
}

/** Places, roads, railway and outlines of the municipality in storage coordinates. @errors StartError */
export function readGround(): Ground {
  const { places } = readDataFile(join(data, 'gazetteer', 'places.json'), placesFile).content
  const outlines = readOutlines()
  const [xs, ys] = [outlines.flat().map(([x]) => x), outlines.flat().map(([, y]) => y)]
  const [west, south, east, north] = [Math.min(...xs) - 500, Math.min(...ys) - 500, Math.max(...xs) + 500, Math.max(...ys) + 500]
  return {
    places: places.map(({ name, kind, lon, lat }) => ({ name, kind, spot: spotOf([lon, lat]) })),
    roads: readLines('roads.geojson'),
    rail: readLines('rail.geojson').flatMap(({ spots }) => spots),
    outlines,
    rectangle: [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ],
  }
}

/** Places spread over the rectangle, about `spacing` apart. */
export function spread({ rectangle }: Ground, spacing: number, random: Random): Spot[] {
  const [[west, south], , [east, north]] = rectangle as [Spot, Spot, Spot, Spot]
  const columns = Math.ceil((east - west) / spacing)
  const spots = Array.from({ length: columns * Math.ceil((north - south) / spacing) }, (_, index) => {
    const [right, up] = [index % columns, Math.floor(index / columns)]
    return beside([west, south], (right + 0.15 + 0.7 * random()) * spacing, (up + 0.15 + 0.7 * random()) * spacing)
  })
  return spots.filter(([x, y]) => x < east && y < north)
}

/** Whether a place is farther than that from all others. */
export const isClear = (spot: Spot, others: readonly Spot[], distance: number) => others.every((other) => away(spot, other) > distance)

/** Whether an outline, a little enlarged, reaches into the municipality. */
export function reachesIn({ outlines }: Ground, ring: readonly Spot[]): boolean {
  const middle: Spot = [ring.reduce((sum, [x]) => sum + x, 0) / ring.length, ring.reduce((sum, [, y]) => sum + y, 0) / ring.length]
  const larger = ring.map(([x, y]): Spot => [middle[0] + 1.1 * (x - middle[0]), middle[1] + 1.1 * (y - middle[1])])
  return outlines.some((outline) => meets(larger, outline))
}
