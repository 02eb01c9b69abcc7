import type { FeatureCollection, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import districts from '../../data/districts/districts.geojson?raw'
import { outsideOf } from './outside.ts'

const square = (x: number, y: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [
    [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  ],
})

test('two squares side by side leave one hole', () => {
  const { coordinates } = outsideOf([square(0, 0), square(1, 0)])
  expect(coordinates).toHaveLength(2)
  expect(coordinates[1]).toHaveLength(7)
})

test('the way round does not matter', () => {
  const turned = square(1, 0)
  turned.coordinates[0]?.[0]?.reverse()
  expect(outsideOf([square(0, 0), turned]).coordinates).toHaveLength(2)
})

test('two squares apart leave two holes', () => {
  expect(outsideOf([square(0, 0), square(5, 0)]).coordinates).toHaveLength(3)
})

test('the four districts leave one', () => {
  const { features } = JSON.parse(districts) as FeatureCollection<Polygon>
  const areas = features.map(({ geometry }) => ({ type: 'MultiPolygon' as const, coordinates: [geometry.coordinates] }))
  expect(outsideOf(areas).coordinates).toHaveLength(2)
})
