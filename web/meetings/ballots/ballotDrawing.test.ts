import { expect, it } from 'vitest'
import { outlineOf, SIZE } from './ballotDrawing.ts'

const ring = [
  [12, 55],
  [12.2, 55],
  [12.2, 55.1],
  [12, 55.1],
  [12, 55],
]
const features = [
  { properties: { districtId: 'maaloev' }, geometry: { type: 'MultiPolygon', coordinates: [[ring]] } },
] as unknown as Parameters<typeof outlineOf>[0]

it('fills the drawing, north up, and knows where places lie in it', () => {
  const outline = outlineOf(features, 'maaloev')
  expect(outline?.path).toMatch(/^M18 .*Z$/)
  const [southWest, northEast] = [outline?.placeOf([12, 55]), outline?.placeOf([12.2, 55.1])]
  expect(southWest?.x).toBe(18)
  expect(northEast?.x).toBe(SIZE - 18)
  expect(northEast?.y).toBeLessThan(southWest?.y ?? 0)
})

it('of a district that is not there is none', () => expect(outlineOf(features, 'atlantis')).toBeNull())
