import { describe, expect, test } from 'vitest'
import type { DistrictCollection } from '../../../server/districts/contract.ts'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { previewDistrict } from './districtPreview.ts'
import { lineLengthM, middleOf, ringAreaM2, ringCrossesItself } from './measure.ts'
import { fromUtm32 } from './utm32.ts'

const at = (east: number, north: number): Position => fromUtm32([710_000 + east, 6_181_000 + north])
const square = (east: number, north: number, side: number): Position[] => [
  at(east, north),
  at(east + side, north),
  at(east + side, north + side),
  at(east, north + side),
  at(east, north),
]

describe('measures in metres', () => {
  test('a line', () => expect(lineLengthM([at(0, 0), at(30, 40), at(30, 140)])).toBeCloseTo(150, 3))
  test('an area', () => expect(ringAreaM2(square(0, 0, 50))).toBeCloseTo(2500, 2))
  test('an area without extent', () => expect(ringAreaM2([at(0, 0), at(10, 0), at(20, 0), at(0, 0)])).toBeCloseTo(0, 3))
})

test.each<[string, Position[], boolean]>([
  ['square', square(0, 0, 50), false],
  ['triangle', [at(0, 0), at(10, 0), at(0, 10), at(0, 0)], false],
  ['bow tie', [at(0, 0), at(10, 10), at(10, 0), at(0, 10), at(0, 0)], true],
])('a %s crosses itself: %#', (_name, ring, crosses) => {
  expect(ringCrossesItself(ring)).toBe(crosses)
})

test('the middle lies on the geometry', () => {
  const bend: PlaceGeometry = { type: 'LineString', coordinates: [at(0, 0), at(100, 0), at(100, 100)] }
  const [lng, lat] = middleOf(bend)
  const [cornerLng, cornerLat] = at(100, 0)
  expect(Math.hypot(lng - cornerLng, lat - cornerLat)).toBeLessThan(0.001)
})

describe('district preview', () => {
  const feature = (id: string, ring: Position[]) => ({
    type: 'Feature' as const,
    id,
    properties: { districtId: id, name: id.toUpperCase(), labelPoint: ring[0] as Position, areaM2: 1_000_000 },
    geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] },
  })
  const districts: DistrictCollection = {
    type: 'FeatureCollection',
    attribution: 'test',
    isOfficial: false,
    validFrom: '2026-01-01',
    features: [feature('west', square(0, 0, 1000)), feature('east', square(1000, 0, 1000))],
  }
  const line = (...coordinates: Position[]): PlaceGeometry => ({ type: 'LineString', coordinates })

  test.each<[string, PlaceGeometry, object]>([
    ['a point inside', { type: 'Point', coordinates: at(1500, 500) }, { inside: true, districtId: 'east', partlyOutside: false }],
    [
      'most of a line',
      line(at(900, 500), at(1500, 500)),
      { inside: true, districtId: 'east', spansNames: ['EAST', 'WEST'], partlyOutside: false },
    ],
    ['a line that leaves', line(at(500, 500), at(-200, 500)), { inside: true, districtId: 'west', partlyOutside: true }],
    [
      'an area over the border',
      { type: 'Polygon', coordinates: [square(900, 100, 150)] },
      { inside: true, districtId: 'west', spansNames: ['WEST', 'EAST'] },
    ],
    ['a point outside', { type: 'Point', coordinates: at(-250, 500) }, { inside: false, nearestDistrictId: 'west', distanceM: 250 }],
  ])('%s', (_name, geometry, expected) => {
    expect(previewDistrict(geometry, districts)).toMatchObject(expected)
  })

  test('without districts nothing is claimed', () => {
    expect(previewDistrict({ type: 'Point', coordinates: at(0, 0) }, { ...districts, features: [] })).toBeNull()
  })
})
