import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LayerFeature, replaceLayerData } from '../../server/constraints/import.ts'
import { rowsOfConstraint } from '../../server/tiles/constraintQueries.ts'
import type { TileJson } from '../../server/tiles/contract.ts'
import { encodeMvt } from '../../server/tiles/encodeMvt.ts'
import { encodeTile, selectTileFeatures } from '../../server/tiles/queries.ts'
import { frameOf } from '../../server/tiles/rules.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

// Bydammen in Ballerup Syd, and its place in storage coordinates.
const [LNG, LAT] = [12.3618, 55.7338]
const [X, Y] = [711_063, 6_181_573]

function tileAt(z: number) {
  const side = 2 ** z
  const y = (1 - Math.asinh(Math.tan((LAT * Math.PI) / 180)) / Math.PI) / 2
  return { z, x: Math.floor(((LNG + 180) / 360) * side), y: Math.floor(y * side) }
}

const square = (x: number, y: number, side: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ],
  ],
})
const feature = (label: string, geometry: unknown, applies = true): LayerFeature => ({
  sourceId: label,
  label,
  applies,
  properties: { owner: 'nobody may read this' },
  geometry,
})

let test: TestApp

function load(layerId: string, features: LayerFeature[]): Promise<number> {
  return test.deps.db.transaction().execute((trx) =>
    replaceLayerData(
      trx,
      {
        layerId,
        source: 'test',
        sourceKind: 'file',
        datasetDate: '2026-04-01',
        loadedAt: test.clock.now(),
        checksum: String(features.length),
        report: {},
      },
      features,
    ),
  )
}

beforeAll(async () => {
  test = await createTestApp()
  await load('par3', [
    feature('Mose', square(X - 30, Y - 30, 60)),
    feature('Plet', square(X + 100, Y, 8)),
    feature('Grøft', {
      type: 'LineString',
      coordinates: [
        [X - 80, Y],
        [X + 90, Y + 40],
      ],
    }),
    feature('Kilde', { type: 'Point', coordinates: [X + 5, Y + 5] }),
    ...Array.from({ length: 40 }, (_, n) => feature(`Eng ${n}`, square(X - 2000 + n * 101.3, Y - 900 + n * 47.7, 35.4))),
  ])
  await load('ejerskab', [feature('Anders And', square(X, Y, 50)), feature('Kommunen', square(X + 50, Y, 50), false)])
})
afterAll(() => test.close())

interface Decoded {
  id: number | undefined
  type: number
  properties: Record<string, unknown>
}

function decode(bytes: Uint8Array): Decoded[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers.constraints
  return Array.from({ length: layer?.length ?? 0 }, (_, index) => {
    const one = layer?.feature(index)
    return { id: one?.id, type: one?.type ?? 0, properties: one?.properties ?? {}, geometry: one?.loadGeometry() }
  })
}

async function readTile(layerId: string, z: number): Promise<Decoded[]> {
  const { x, y } = tileAt(z)
  const response = await test.send('GET', `/tiles/constraints/${layerId}/${z}/${x}/${y}.mvt`)
  expect([200, 204]).toContain(response.status)
  return response.status === 204 ? [] : decode(new Uint8Array(await response.arrayBuffer()))
}

const labels = (features: Decoded[]) => features.map(({ properties }) => properties.label)

describe('tiles of a constraint layer', () => {
  it('carry areas, lines and points with what they are', async () => {
    const features = await readTile('par3', 16)
    expect(features.find(({ properties }) => properties.label === 'Mose')).toMatchObject({
      id: expect.any(Number),
      type: 3,
      properties: { layer_id: 'par3', label: 'Mose', applies: true, is_demo: false },
    })
    expect(new Set(features.map(({ type }) => type))).toEqual(new Set([1, 2, 3]))
    expect(JSON.stringify(features)).not.toContain('nobody may read this')
  })

  it('name nobody where the publisher does not allow it, and tell what does not apply', async () => {
    const features = await readTile('ejerskab', 16)
    expect(features.map(({ properties }) => [properties.label, properties.applies])).toEqual([
      [undefined, true],
      [undefined, false],
    ])
  })

  it('begin at zoom 11, without specks until zoom 13', async () => {
    expect(await readTile('par3', 10)).toEqual([])
    expect(labels(await readTile('par3', 12))).toContain('Mose')
    expect(labels(await readTile('par3', 12))).not.toContain('Plet')
    expect(labels(await readTile('par3', 12))).toContain('Grøft')
    expect(labels(await readTile('par3', 13))).toContain('Plet')
  })

  it('are empty for a layer without data, and unknown without a map', async () => {
    expect(await readTile('fredning', 14)).toEqual([])
    for (const path of ['/tiles/constraints/byggelov/14/1/1.mvt', '/tiles/constraints/nothing/14/1/1.mvt'])
      expect([(await test.send('GET', path)).status, path]).toEqual([404, path])
    for (const path of ['/tiles/constraints/par3/2/4/0.mvt', '/tiles/constraints/P3/14/1/1.mvt', '/tiles/constraints/par3/14/1/1.png'])
      expect([(await test.send('GET', path)).status, path]).toEqual([422, path])
  })

  it('say the same from both encoders at every zoom', async () => {
    const plain = (features: Decoded[]) => features.map((one) => JSON.stringify(one)).sort()
    let count = 0
    for (const z of [11, 12, 13, 14, 15, 17, 20]) {
      const frame = frameOf(tileAt(z))
      if (frame === null) continue
      for (const layerId of ['par3', 'ejerskab']) {
        const rows = rowsOfConstraint({ layerId, zoom: z, frame })
        const own = decode(encodeMvt({ name: 'constraints', extent: 4096, features: await selectTileFeatures(test.deps.db, rows) }))
        count += own.length
        // The embedded database has no ST_AsMVT: there the tests above hold the encoder to what the data say.
        if (test.deps.encodesTiles) expect(plain(own)).toEqual(plain(decode(await encodeTile(test.deps.db, rows))))
      }
    }
    expect(count).toBeGreaterThan(60)
  })

  it('answer 304 to their tag, and anew when the layer is loaded again', async () => {
    await load('bane', [feature('Spor', square(X, Y, 40))])
    const { z, x, y } = tileAt(15)
    const path = `/tiles/constraints/bane/${z}/${x}/${y}.mvt`
    const tag = (await test.send('GET', path)).headers.get('etag') as string
    expect((await test.send('GET', path, { headers: { 'If-None-Match': tag } })).status).toBe(304)
    await load('bane', [feature('Andet spor', square(X, Y, 44))])
    await expect.poll(async () => labels(await readTile('bane', 15)), { timeout: 5000 }).toEqual(['Andet spor'])
    expect((await test.send('GET', path, { headers: { 'If-None-Match': tag } })).status).toBe(200)
  })

  it('have a TileJSON of their own', async () => {
    const json = await test.read<TileJson>('/tiles/constraints/par3.json')
    expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 11, vector_layers: [{ id: 'constraints' }] })
    expect(json.tiles[0]).toMatch(/\/tiles\/constraints\/par3\/\{z\}\/\{x\}\/\{y\}\.mvt$/)
    expect(Object.keys(json.vector_layers[0]?.fields ?? {})).toEqual(['constraint_feature_id', 'layer_id', 'label', 'applies', 'is_demo'])
    expect((await test.send('GET', '/tiles/constraints/byggelov.json')).status).toBe(404)
    expect((await test.send('GET', '/tiles/constraints/par3.xml')).status).toBe(422)
  })
})
