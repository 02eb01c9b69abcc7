import type { MultiPolygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import type { Position } from './mapContract.ts'
import { NAME_SPOT_ZOOMS, nameSpots } from './nameSpots.ts'

const box = (west: number, east: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, 55.7],
        [east, 55.7],
        [east, 55.75],
        [west, 55.75],
        [west, 55.7],
      ],
    ],
  ],
})
const point: Position = [12.35, 55.725]
const offsets = (spots: ReturnType<typeof nameSpots>) => spots.filter((spot): spot is Position => Array.isArray(spot))

describe('spots of a district name', () => {
  test.each(NAME_SPOT_ZOOMS)('begin at its own point where there is room (zoom %i)', (zoom) => {
    const spots = nameSpots('Måløv', point, box(12.3, 12.4), [box(12.4, 12.5)], zoom)
    expect(spots.slice(0, 2)).toEqual(['center', [0, 0]])
    expect(offsets(spots).length).toBe(spots.length / 2)
  })

  test('never reach into a neighbour, but may reach out where nobody is', () => {
    const spots = offsets(nameSpots('Skovlunde', point, box(12.34, 12.36), [box(12.36, 12.5)], 11))
    const east = spots.filter(([x]) => x > 1)
    const west = spots.filter(([x]) => x < -1)
    expect(west.length).toBeGreaterThan(5)
    // To the right only above or below the neighbour.
    for (const [, y] of east) expect(Math.abs(y)).toBeGreaterThan(2)
  })

  test('stay at the point when there is no room at all', () => {
    const around = box(12, 12.7)
    const tall = { ...around, coordinates: [[(around.coordinates[0]?.[0] ?? []).map(([x = 0, y = 0]) => [x, y > 55.72 ? 56.5 : 55])]] }
    expect(nameSpots('Langt navn', point, { type: 'MultiPolygon', coordinates: [] }, [tall], 10)).toEqual(['center', [0, 0]])
  })
})
