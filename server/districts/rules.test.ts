import { describe, expect, it } from 'vitest'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import type { PlacementRow } from './queries.ts'
import { decidePlacement } from './rules.ts'

const point: PlaceGeometry = { type: 'Point', coordinates: [12.36, 55.73] }
const line: PlaceGeometry = {
  type: 'LineString',
  coordinates: [
    [12.36, 55.73],
    [12.37, 55.73],
  ],
}
const polygon: PlaceGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [12.36, 55.73],
      [12.37, 55.73],
      [12.37, 55.74],
      [12.36, 55.73],
    ],
  ],
}
const nord = { districtId: 'ballerup-nord', name: 'Ballerup Nord' }
const syd = { districtId: 'ballerup-syd', name: 'Ballerup Syd' }

const row = (change: Partial<PlacementRow>): PlacementRow => ({
  isSimple: true,
  isValid: true,
  isDegenerate: false,
  lengthM: 100,
  areaM2: 100,
  reachM: 14,
  districtVersionId: 1,
  parts: [{ ...nord, measure: 100 }],
  outsideMeasure: 0,
  ...change,
})

describe('decidePlacement', () => {
  it('takes the first part, which holds most, and lists all by id', () => {
    const parts = [
      { ...syd, measure: 60 },
      { ...nord, measure: 40 },
    ]
    expect(decidePlacement(line, row({ parts }))).toEqual({
      ok: true,
      placement: {
        districtId: 'ballerup-syd',
        districtName: 'Ballerup Syd',
        districtVersionId: 1,
        spansDistricts: ['ballerup-nord', 'ballerup-syd'],
      },
    })
  })

  it('a point on a border spans one district only', () => {
    const decision = decidePlacement(
      point,
      row({
        parts: [
          { ...nord, measure: 1 },
          { ...syd, measure: 1 },
        ],
      }),
    )
    expect(decision).toMatchObject({ ok: true, placement: { spansDistricts: ['ballerup-nord'] } })
  })

  it.each([
    [line, { isDegenerate: true, lengthM: 0 }, 'geometry-zero-length'],
    [line, { lengthM: 0.4 }, 'geometry-zero-length'],
    [polygon, { isDegenerate: true, isValid: false }, 'geometry-zero-area'],
    [polygon, { areaM2: 0.99 }, 'geometry-zero-area'],
    [polygon, { isValid: false, areaM2: 0 }, 'geometry-self-crossing'],
    [line, { isSimple: false }, 'geometry-self-crossing'],
    [polygon, { areaM2: 100_000.1 }, 'geometry-too-large'],
    [polygon, { reachM: 5_000.1 }, 'geometry-too-long'],
    [point, { districtVersionId: null }, 'no-districts-loaded'],
    [point, { parts: [] }, 'outside-district'],
    [line, { outsideMeasure: 0.06 }, 'partly-outside'],
  ])('%o with %o is refused: %s', (geometry, change, reason) => {
    expect(decidePlacement(geometry as PlaceGeometry, row(change))).toMatchObject({ ok: false, reason })
  })

  it('forgives what sticks out by the rounding of the projection, and a polygon of exactly 100,000 m²', () => {
    expect(decidePlacement(line, row({ outsideMeasure: 0.05 })).ok).toBe(true)
    expect(decidePlacement(polygon, row({ areaM2: 100_000 })).ok).toBe(true)
  })
})
