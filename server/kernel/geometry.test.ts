import { describe, expect, it } from 'vitest'
import { readPlaceGeometry } from './geometry.ts'

const square = [
  [12.36, 55.73],
  [12.361, 55.73],
  [12.361, 55.731],
  [12.36, 55.731],
  [12.36, 55.73],
]
const many = Array.from({ length: 501 }, (_, index) => [12.3 + index / 10_000, 55.73])

describe('readPlaceGeometry', () => {
  it.each([
    ['a point', { type: 'Point', coordinates: [12.36, 55.73] }],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [12.36, 55.73],
          [12.37, 55.73],
        ],
      },
    ],
    ['a polygon', { type: 'Polygon', coordinates: [square] }],
    ['a polygon with extra members', { type: 'Polygon', coordinates: [square], bbox: [1, 2, 3, 4] }],
  ])('accepts %s and keeps type and coordinates only', (_name, value) => {
    const { type, coordinates } = value
    expect(readPlaceGeometry(value)).toEqual({ ok: true, geometry: { type, coordinates } })
  })

  it.each([
    [undefined, 'geometry-missing', '/geometry'],
    ['Point', 'geometry-missing', '/geometry'],
    [{ type: 'MultiPoint', coordinates: [[12, 55]] }, 'geometry-type', '/geometry/type'],
    [{ type: 'GeometryCollection', geometries: [] }, 'geometry-type', '/geometry/type'],
    [{ type: 'Feature', geometry: null }, 'geometry-type', '/geometry/type'],
    [{ type: 'Point', coordinates: [12.36, 55.73, 4] }, 'geometry-dimensions', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: [12.36] }, 'geometry-dimensions', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: [Number.NaN, 55.73] }, 'geometry-not-a-number', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: ['12', '55'] }, 'geometry-not-a-number', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: null }, 'geometry-not-a-number', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: [55.73, 12.36] }, 'geometry-swapped-axes', '/geometry/coordinates'],
    [{ type: 'Point', coordinates: [2.35, 48.86] }, 'geometry-outside-denmark', '/geometry/coordinates'],
    [{ type: 'LineString', coordinates: [[12.36, 55.73]] }, 'geometry-too-few-vertices', '/geometry/coordinates'],
    [{ type: 'LineString', coordinates: [] }, 'geometry-too-few-vertices', '/geometry/coordinates'],
    [{ type: 'LineString', coordinates: many }, 'geometry-too-many-vertices', '/geometry/coordinates'],
    [{ type: 'Polygon', coordinates: [] }, 'geometry-too-few-vertices', '/geometry/coordinates'],
    [{ type: 'Polygon', coordinates: [square.slice(0, 3)] }, 'geometry-too-few-vertices', '/geometry/coordinates/0'],
    [{ type: 'Polygon', coordinates: [square.slice(0, 4)] }, 'geometry-ring-not-closed', '/geometry/coordinates/0'],
    [
      { type: 'Polygon', coordinates: [square, [...square.slice(0, 2), [12.36, 'x'], ...square.slice(2)]] },
      'geometry-not-a-number',
      '/geometry/coordinates/1/2',
    ],
  ])('refuses %j as %s', (value, reason, pointer) => {
    expect(readPlaceGeometry(value)).toEqual({ ok: false, reason, pointer })
  })
})
