import { expect, it } from 'vitest'
import { apart, drawingOf, HEIGHT, WIDTH } from './placeDrawing.ts'

const district = (districtId: string, west: number) => ({
  type: 'Feature' as const,
  id: districtId,
  properties: { districtId, name: districtId, labelPoint: [west, 55.7] as [number, number], areaM2: 1 },
  geometry: {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [west, 55.7],
          [west + 0.1, 55.7],
          [west + 0.1, 55.75],
          [west, 55.75],
          [west, 55.7],
        ] as [number, number][],
      ],
    ],
  },
})

it('fills the picture with the own district, north up', () => {
  const drawing = drawingOf([district('maaloev', 12.3), district('skovlunde', 12.4)], 'maaloev')
  const southWest = drawing?.project([12.3, 55.7])
  const northEast = drawing?.project([12.4, 55.75])
  expect(southWest?.x).toBeGreaterThan(0)
  expect(northEast?.x).toBeLessThan(WIDTH)
  expect(southWest?.y).toBeGreaterThan(northEast?.y ?? HEIGHT)
  expect(drawing?.districts).toHaveLength(2)
})

it('has nothing for a district it does not know', () => {
  expect(drawingOf([district('maaloev', 12.3)], 'andeby')).toBeNull()
})

it('moves numbers apart that lie on each other', () => {
  const spot = (lineNumber: number) => ({ projectId: `p${lineNumber}`, lineNumber, x: 100, y: 100 })
  const [one, two, three] = apart([spot(1), spot(2), { ...spot(3), x: 400 }])
  expect(Math.hypot((one?.x ?? 0) - (two?.x ?? 0), (one?.y ?? 0) - (two?.y ?? 0))).toBeGreaterThanOrEqual(30)
  expect(three).toEqual({ ...spot(3), x: 400 })
})
