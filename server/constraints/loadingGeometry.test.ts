import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { cleanGeometry } from './loadingGeometry.ts'

const ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 0],
]

test.each([
  ['nothing', null, null],
  ['an empty area', { type: 'Polygon', coordinates: [] }, null],
  ['an empty collection', { type: 'GeometryCollection', geometries: [] }, null],
  [
    'an area of two corners',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    null,
  ],
  [
    'a line without length',
    {
      type: 'LineString',
      coordinates: [
        [1, 1],
        [1, 1],
      ],
    },
    null,
  ],
  ['a line of one point', { type: 'LineString', coordinates: [[1, 1]] }, null],
  ['a point', { type: 'Point', coordinates: [1, 2, 3] }, { type: 'Point', coordinates: [1, 2] }],
  ['an open ring', { type: 'Polygon', coordinates: [ring.slice(0, 3)] }, { type: 'Polygon', coordinates: [ring] }],
  [
    'a hole of nothing',
    {
      type: 'Polygon',
      coordinates: [
        ring,
        [
          [1, 1],
          [2, 2],
          [1, 1],
        ],
      ],
    },
    { type: 'Polygon', coordinates: [ring] },
  ],
  [
    'holes without an outside',
    {
      type: 'Polygon',
      coordinates: [
        [
          [1, 1],
          [2, 2],
          [1, 1],
        ],
        ring,
      ],
    },
    null,
  ],
  [
    'a collection',
    {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [1, 1] },
        { type: 'MultiPolygon', coordinates: [[ring], [ring]] },
      ],
    },
    { type: 'MultiPolygon', coordinates: [[ring], [ring]] },
  ],
  ['a kind nobody knows', { type: 'Circle', coordinates: [1, 1] }, null],
])('cleanGeometry: %s', (_name, geometry, expected) => {
  expect(cleanGeometry(geometry as never)?.geometry ?? null).toEqual(expected)
})

it('says what it did, how many corners there are and where', () => {
  const geometry = {
    type: 'GeometryCollection',
    geometries: [
      { type: 'Point', coordinates: [99, 99] },
      { type: 'Polygon', coordinates: [ring.slice(0, 3)] },
    ],
  }
  expect(cleanGeometry(geometry)).toMatchObject({
    isRepaired: true,
    wasCollection: true,
    vertexCount: 4,
    bounds: { west: 0, south: 0, east: 10, north: 10 },
  })
})

it('gives closed rings of at least four corners, whatever comes', () => {
  const position = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  const areas = fc.array(fc.array(fc.array(position, { maxLength: 7 }), { maxLength: 3 }), { maxLength: 3 })
  fc.assert(
    fc.property(areas, (coordinates) => {
      const clean = cleanGeometry({ type: 'MultiPolygon', coordinates })
      if (clean === null) return
      const polygons = (clean.geometry.type === 'Polygon' ? [clean.geometry.coordinates] : clean.geometry.coordinates) as number[][][][]
      for (const one of polygons.flat()) {
        expect(one.length).toBeGreaterThanOrEqual(4)
        expect(one[0]).toEqual(one.at(-1))
      }
    }),
  )
})
