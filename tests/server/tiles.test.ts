import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { sql } from 'kysely'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TILE_COLLECTIONS, type TileCollection, type TileJson } from '../../server/tiles/contract.ts'
import { encodeMvt } from '../../server/tiles/encodeMvt.ts'
import { encodeTile, rowsOfCollection, selectTileFeatures } from '../../server/tiles/queries.ts'
import { EVERY_IDEA_FROM_ZOOM, frameOf, type TileFrame } from '../../server/tiles/rules.ts'
import { createTileService } from '../../server/tiles/service.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { buildRound } from '../builders/round.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'

// Bydammen in Ballerup Syd, and its place in storage coordinates.
const [LNG, LAT] = [12.3618, 55.7338]
const [X, Y] = [711_063, 6_181_573]

function tileAt(z: number, lng = LNG, lat = LAT) {
  const side = 2 ** z
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2
  return { z, x: Math.floor(((lng + 180) / 360) * side), y: Math.floor(y * side) }
}

interface Decoded {
  id: number | undefined
  type: number
  properties: Record<string, unknown>
  parts: [number, number][][]
}

function decode(bytes: Uint8Array, collection: string): Decoded[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers[collection]
  if (layer === undefined) return []
  expect(layer).toMatchObject({ version: 2, extent: 4096 })
  return Array.from({ length: layer.length }, (_, index) => {
    const feature = layer.feature(index)
    const parts = feature.loadGeometry().map((part) => part.map(({ x, y }) => [x, y] as [number, number]))
    return { id: feature.id, type: feature.type, properties: feature.properties, parts }
  })
}

let test: TestApp
let pin = 0

beforeAll(async () => {
  test = await createTestApp()
  await buildRound(test.deps.db)
  const [first] = await insertIdeas(test.deps.db, [
    { title: 'Bænk', wkt: `POINT(${X} ${Y})`, wishedAmountDkk: 12_000 },
    { title: 'Bænk ved siden af', wkt: `POINT(${X + 2} ${Y})` },
    { title: 'Sti', wkt: `LINESTRING(${X} ${Y}, ${X + 300} ${Y + 40}, ${X + 310} ${Y - 200})`, category: 'path' },
    {
      title: 'Plads med hul',
      wkt: `POLYGON((${X} ${Y}, ${X + 90} ${Y}, ${X + 90} ${Y + 90}, ${X} ${Y + 90}, ${X} ${Y}), (${X + 20} ${Y + 20}, ${X + 40} ${Y + 20}, ${X + 40} ${Y + 40}, ${X + 20} ${Y + 40}, ${X + 20} ${Y + 20}))`,
    },
    { title: 'Trukket tilbage', wkt: `POINT(${X + 5} ${Y})`, status: 'withdrawn' },
    { title: 'Skjult', wkt: `POINT(${X + 6} ${Y})`, status: 'hidden' },
    { title: 'Fra en anden runde', wkt: `POINT(${X + 7} ${Y})`, year: 2018 },
    ...Array.from({ length: 120 }, (_, n) => ({
      title: `Idé ${n}`,
      wkt: `POINT(${X - 3000 + (n % 12) * 500} ${Y - 3000 + Math.floor(n / 12) * 600})`,
    })),
    ...Array.from({ length: 24 }, (_, n) => ({
      title: `Flade ${n}`,
      wkt: `POLYGON((${X + n * 7} ${Y - 400}, ${X + n * 7 + 40.3} ${Y - 400 + n}, ${X + n * 7 + 20} ${Y - 399.5 + n}, ${X + n * 7 + 30} ${Y - 340}, ${X + n * 7} ${Y - 400}))`,
    })),
  ])
  pin = first as number
})
afterAll(() => test.close())

async function readTile(collection: TileCollection, z: number, query = ''): Promise<Decoded[]> {
  const { x, y } = tileAt(z)
  const response = await test.send('GET', `/tiles/${collection}/${z}/${x}/${y}.mvt${query}`)
  expect([200, 204]).toContain(response.status)
  return response.status === 204 ? [] : decode(new Uint8Array(await response.arrayBuffer()), collection)
}

describe('what a tile says', () => {
  it('carries public ideas with their public properties', async () => {
    const features = await readTile('ideas', 16)
    const idea = features.find(({ id }) => id === pin)
    expect(idea).toMatchObject({
      type: 1,
      properties: {
        idea_id: pin,
        title: 'Bænk',
        category: 'play',
        status: 'submitted',
        district_id: 'ballerup-syd',
        round_year: 2026,
        wished_amount_dkk: 12_000,
        point_count: 1,
      },
    })
    const titles = features.map(({ properties }) => properties.title)
    expect(titles).toContain('Fra en anden runde')
    expect(titles).not.toContain('Trukket tilbage')
    expect(titles).not.toContain('Skjult')
    expect(features.find(({ properties }) => properties.title === 'Bænk ved siden af')?.properties).not.toHaveProperty('wished_amount_dkk')
  })

  it('puts a point where it lies', async () => {
    const { rows } = await sql<{ lng: number; lat: number }>`
      select ST_X(g) as lng, ST_Y(g) as lat from (select ST_Transform(geom, 4326) as g from idea where idea_id = ${pin}) i`.execute(
      test.deps.db,
    )
    const { lng, lat } = rows[0] as { lng: number; lat: number }
    const { z, x, y } = tileAt(16, lng, lat)
    const side = 2 ** z
    const response = await test.send('GET', `/tiles/ideas/${z}/${x}/${y}.mvt`)
    const idea = decode(new Uint8Array(await response.arrayBuffer()), 'ideas').find(({ id }) => id === pin)
    const expectedX = (((lng + 180) / 360) * side - x) * 4096
    const expectedY = (((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side - y) * 4096
    expect(idea?.parts[0]?.[0]?.[0]).toBeCloseTo(expectedX, -0.5)
    expect(idea?.parts[0]?.[0]?.[1]).toBeCloseTo(expectedY, -0.5)
  })

  it('keeps lines, and polygons with their holes, outer rings clockwise on the screen', async () => {
    const features = await readTile('ideas', 15)
    expect(features.find(({ properties }) => properties.title === 'Sti')).toMatchObject({ type: 2 })
    const square = features.find(({ properties }) => properties.title === 'Plads med hul')
    expect(square?.type).toBe(3)
    const areas = square?.parts.map((ring) =>
      ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at] as [number, number])[0] * y - x * (ring[at] as [number, number])[1], 0),
    )
    expect(areas).toHaveLength(2)
    expect([Math.sign(areas?.[0] ?? 0), Math.sign(areas?.[1] ?? 0)]).toEqual([1, -1])
  })

  it('keeps one round with `year`', async () => {
    const titles = (await readTile('ideas', 16, '?year=2018')).map(({ properties }) => properties.title)
    expect(titles).toEqual(['Fra en anden runde'])
    expect((await readTile('projects', 10, '?year=2018')).every(({ properties }) => properties.round_year === 2018)).toBe(true)
    expect((await readTile('districts', 10, '?year=2001')).length).toBe(4)
  })

  it('stands one idea for its neighbours below zoom 12, and says for how many', async () => {
    const { rows } = await sql<{ count: number }>`select count(*) from idea where status = 'submitted'`.execute(test.deps.db)
    for (const z of [0, 6, 9, EVERY_IDEA_FROM_ZOOM - 1]) {
      const features = await readTile('ideas', z)
      const sum = features.reduce((total, { properties }) => total + Number(properties.point_count), 0)
      if (z < 9) expect(sum).toBe(rows[0]?.count)
      expect(features.every(({ type }) => type === 1)).toBe(true)
      expect(features.some(({ id }) => id === pin)).toBe(true)
    }
    expect((await readTile('ideas', 0)).length).toBeLessThan(4)
    expect((await readTile('ideas', EVERY_IDEA_FROM_ZOOM)).every(({ properties }) => properties.point_count === 1)).toBe(true)
  })

  it.each([
    ['districts', 4, { district_id: expect.any(String), name: expect.any(String) }],
    ['projects', 1, { project_id: expect.any(String), outcome: expect.any(String), round_year: expect.any(Number) }],
    ['installations', 1, { installation_id: expect.any(String), opened_year: expect.any(Number) }],
  ] as const)('has %s', async (collection, atLeast, properties) => {
    const features = await readTile(collection, 10)
    expect(features.length).toBeGreaterThanOrEqual(atLeast)
    expect(features[0]?.properties).toMatchObject(properties)
  })
})

describe('both encoders', () => {
  const plain = (features: Decoded[]) =>
    features.map((feature) => JSON.stringify({ ...feature, properties: Object.entries(feature.properties).sort() })).sort()

  async function fromRows(collection: TileCollection, zoom: number, frame: TileFrame, year: number | null) {
    return encodeMvt({
      name: collection,
      extent: 4096,
      features: await selectTileFeatures(test.deps.db, rowsOfCollection({ collection, zoom, frame, year })),
    })
  }

  const around: [number, number][] = [
    [0, 0],
    [1, 0],
    [0, 1],
    [-1, -1],
  ]
  const zooms = [0, 7, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20]
  const addresses = zooms.flatMap((z) => around.map(([dx, dy]) => ({ z, x: tileAt(z).x + dx, y: tileAt(z).y + dy })))

  /** Compares one tile; answers how many features it has. */
  async function compare(collection: TileCollection, zoom: number, frame: TileFrame, year: number | null): Promise<number> {
    const rows = plain(decode(await fromRows(collection, zoom, frame, year), collection))
    // The embedded database has no ST_AsMVT: there the tests above hold the encoder to what the data say.
    if (!test.deps.encodesTiles) return rows.length
    const encoded = await encodeTile(test.deps.db, rowsOfCollection({ collection, zoom, frame, year }))
    expect(rows, `${collection} ${zoom} ${year}`).toEqual(plain(decode(encoded, collection)))
    return rows.length
  }

  it.each(TILE_COLLECTIONS)('say the same of %s at every zoom', async (collection) => {
    let featureCount = 0
    for (const address of addresses) {
      const frame = frameOf(address)
      if (frame === null) continue
      for (const year of [null, 2018]) featureCount += await compare(collection, address.z, frame, year)
    }
    expect(featureCount).toBeGreaterThan(collection === 'ideas' ? 500 : 20)
  })
})

describe('how a tile is sent', () => {
  const { z, x, y } = tileAt(14)
  const path = `/tiles/ideas/${z}/${x}/${y}.mvt`

  it('has type, tag and age, and answers 304 to its tag', async () => {
    const response = await test.send('GET', path)
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
    expect(response.headers.get('cache-control')).toBe('public, max-age=10, stale-while-revalidate=60')
    const tag = response.headers.get('etag') as string
    expect(tag).toMatch(/^"[\w-]+"$/)
    const again = await test.send('GET', path, { headers: { 'If-None-Match': tag } })
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, ''])
  })

  it('is compressed for who takes it, with a tag of its own', async () => {
    const whole = await test.send('GET', path)
    const gzipped = await test.send('GET', path, { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(gzipped.headers.get('content-encoding')).toBe('gzip')
    expect(gzipped.headers.get('etag')).not.toBe(whole.headers.get('etag'))
    expect(gunzipSync(await gzipped.arrayBuffer())).toEqual(Buffer.from(await whole.arrayBuffer()))
    const again = await test.send('GET', path, {
      headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': gzipped.headers.get('etag') as string },
    })
    expect(again.status).toBe(304)
  })

  it('is 204 where nothing lies', async () => {
    const response = await test.send('GET', '/tiles/ideas/14/100/100.mvt')
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it.each([
    ['/tiles/ideas/2/4/0.mvt', 'x'],
    ['/tiles/ideas/2/0/4.mvt', 'y'],
    ['/tiles/ideas/23/0/0.mvt', 'z'],
    ['/tiles/ideas/x/0/0.mvt', 'z'],
    ['/tiles/people/2/0/0.mvt', 'collection'],
    ['/tiles/ideas/2/0/0.png', 'y'],
    ['/tiles/ideas/2/-1/0.mvt', 'x'],
    ['/tiles/ideas/2/0/0.mvt?year=soon', 'year'],
  ])('refuses %s', async (wrong, pointer) => {
    const response = await test.send('GET', wrong)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ kind: 'invalid-request', errors: [{ pointer }] })
  })
})

describe('the cache', () => {
  let asked: string[] = []
  beforeEach(() => {
    asked = []
  })
  const watched = () =>
    createTileService({
      encodesTiles: test.deps.encodesTiles,
      db: test.deps.db.withPlugin({
        transformQuery: ({ node }) => {
          asked.push(JSON.stringify(node).includes('collection_version') ? 'version' : 'tile')
          return node
        },
        transformResult: async ({ result }) => result,
      }),
    })

  it('builds a tile once for many who ask at once, and then asks for nothing but the version, once a second', async () => {
    const tiles = watched()
    const address = tileAt(13)
    const built = await Promise.all(Array.from({ length: 20 }, () => tiles.readTile('ideas', address, null)))
    expect(new Set(built).size).toBe(1)
    expect(asked.toSorted()).toEqual(['tile', 'version'])
    for (let count = 0; count < 50; count += 1) expect(await tiles.readTile('ideas', address, null)).toBe(built[0])
    expect(asked).toHaveLength(2)
    await new Promise((done) => setTimeout(done, 1_050))
    await tiles.readTile('ideas', address, null)
    expect(asked.toSorted()).toEqual(['tile', 'version', 'version'])
  })

  it('follows a change within a second', async () => {
    const tiles = watched()
    const address = tileAt(17)
    const before = await tiles.readTile('ideas', address, null)
    await insertIdeas(test.deps.db, [{ title: 'Ny idé', wkt: `POINT(${X + 1} ${Y + 1})` }])
    await new Promise((done) => setTimeout(done, 1_050))
    const after = await tiles.readTile('ideas', address, null)
    expect(after.hash).not.toBe(before.hash)
  })
})

describe('TileJSON', () => {
  it.each(TILE_COLLECTIONS)('describes %s for QGIS and MapLibre', async (collection) => {
    const response = await test.send('GET', `/tiles/${collection}.json`)
    const body = (await response.json()) as TileJson
    expect(body).toMatchObject({
      tilejson: '3.0.0',
      tiles: [`${test.deps.config.baseUrl}/tiles/${collection}/{z}/{x}/{y}.mvt`],
      minzoom: 0,
      maxzoom: 22,
      vector_layers: [{ id: collection }],
    })
    const [west, south, east, north] = body.bounds
    expect(west < LNG && LNG < east && south < LAT && LAT < north).toBe(true)
    const features = await readTile(collection, 10)
    const fields = Object.keys(body.vector_layers[0]?.fields ?? {})
    for (const { properties } of features) expect(fields).toEqual(expect.arrayContaining(Object.keys(properties)))
  })

  it('knows no other', async () => {
    expect((await test.send('GET', '/tiles/people.json')).status).toBe(422)
  })
})
