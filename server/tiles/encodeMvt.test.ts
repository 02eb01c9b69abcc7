import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { encodeMvt, type TileFeature, type TileGeometry } from './encodeMvt.ts'

function encodeOne(feature: TileFeature): Uint8Array {
  return encodeMvt({ name: 'ideas', extent: 4096, features: [feature] })
}

function decodeOne(geometry: TileGeometry) {
  const layer = new VectorTile(new PbfReader(encodeOne({ properties: {}, geometry }))).layers.ideas
  const feature = layer?.feature(0)
  return { type: feature?.type, parts: feature?.loadGeometry().map((part) => part.map(({ x, y }) => [x, y])) }
}

/** The bare command integers of the only feature. */
function commandsOf(geometry: TileGeometry): number[] {
  const commands: number[] = []
  const read = (tag: number, _result: null, pbf: PbfReader): void => {
    if (tag === 3 || tag === 2) pbf.readFields(tag === 3 ? read : readFeature, null, pbf.readVarint() + pbf.pos)
  }
  const readFeature = (tag: number, _result: null, pbf: PbfReader): void => {
    if (tag === 4) pbf.readPackedVarint(commands)
  }
  new PbfReader(encodeOne({ properties: {}, geometry })).readFields(read, null)
  return commands
}

describe('encodeMvt', () => {
  // The examples of section 4.3.5 of the specification, number by number.
  it.each<[string, TileGeometry, number[]]>([
    ['point', { type: 'Point', coordinates: [25, 17] }, [9, 50, 34]],
    [
      'multipoint',
      {
        type: 'MultiPoint',
        coordinates: [
          [5, 7],
          [3, 2],
        ],
      },
      [17, 10, 14, 3, 9],
    ],
    [
      'line',
      {
        type: 'LineString',
        coordinates: [
          [2, 2],
          [2, 10],
          [10, 10],
        ],
      },
      [9, 4, 4, 18, 0, 16, 16, 0],
    ],
    [
      'multiline',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [2, 2],
            [2, 10],
            [10, 10],
          ],
          [
            [1, 1],
            [3, 5],
          ],
        ],
      },
      [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8],
    ],
    [
      'polygon',
      {
        type: 'Polygon',
        coordinates: [
          [
            [3, 6],
            [8, 12],
            [20, 34],
            [3, 6],
          ],
        ],
      },
      [9, 6, 12, 18, 10, 12, 24, 44, 15],
    ],
    [
      'multipolygon with a hole',
      {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [10, 0],
              [10, 10],
              [0, 10],
              [0, 0],
            ],
          ],
          [
            [
              [11, 11],
              [20, 11],
              [20, 20],
              [11, 20],
              [11, 11],
            ],
            [
              [13, 13],
              [13, 17],
              [17, 17],
              [17, 13],
              [13, 13],
            ],
          ],
        ],
      },
      [9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15],
    ],
  ])('writes a %s as the specification does', (_name, geometry, commands) => {
    expect(commandsOf(geometry)).toEqual(commands)
  })

  it('turns rings that run the wrong way', () => {
    const outer = [
      [0, 0],
      [0, 10],
      [10, 10],
      [10, 0],
      [0, 0],
    ] as [number, number][]
    const { parts } = decodeOne({ type: 'Polygon', coordinates: [outer] })
    expect(parts).toEqual([outer.toReversed()])
  })

  it('keeps every kind of value, leaves null out, writes equal values once', () => {
    const properties = { text: 'Søndergårds Allé', whole: 12, below: -7, part: 0.5, big: 2 ** 40, yes: true, none: null, same: 12 }
    const bytes = encodeOne({ id: 7, properties, geometry: { type: 'Point', coordinates: [1, 2] } })
    const layer = new VectorTile(new PbfReader(bytes)).layers.ideas
    const { none: _none, ...kept } = properties
    expect(layer).toMatchObject({ version: 2, extent: 4096, length: 1 })
    expect(layer?.feature(0)).toMatchObject({ id: 7, properties: kept })
    expect(bytes.filter((byte, index) => byte === 12 && bytes[index - 1] === 0x28)).toHaveLength(1)
  })

  it('is empty without features', () => {
    expect(encodeMvt({ name: 'ideas', extent: 4096, features: [] })).toHaveLength(0)
  })

  it('gives back any points', () => {
    const position = fc.tuple(fc.integer({ min: -64, max: 4160 }), fc.integer({ min: -64, max: 4160 }))
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 50 }), (coordinates) => {
        expect(decodeOne({ type: 'MultiPoint', coordinates }).parts?.flat()).toEqual(coordinates)
      }),
    )
  })
})
