import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AttributeMapping } from '../../server/constraints/catalogueFile.ts'
import type { LoadFailureKind } from '../../server/constraints/contract.ts'
import { replaceLayerData } from '../../server/constraints/import.ts'
import { type LoadOptions, loadLayer } from '../../server/constraints/loading.ts'
import { claimLoad } from '../../server/constraints/loadingQueries.ts'
import { MAX_VERTICES } from '../../server/constraints/loadingRules.ts'
import type { FeatureSource } from '../../server/constraints/sources/featureSource.ts'
import { type FileOptions, fileSource } from '../../server/constraints/sources/fileSource.ts'
import type { Gdal } from '../../server/platform/vectorFile/gdal.ts'
import type { VectorFeature } from '../../server/platform/vectorFile/vectorFileTypes.ts'
import { type MadeFeature, madeSquare, madeSquares, writeFeatures } from '../builders/constraintFile.ts'
import { zipOf } from '../builders/zipFile.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'
import { takeGdal } from '../setup/gdalOfProcess.ts'

// Each load starts GDAL, which takes seconds beside other tests.
vi.setConfig({ testTimeout: 120_000 })

let t: TestApp
let folder: string
let gdal: Gdal
const NOTHING: AttributeMapping = { sourceId: null, label: null, appliesWhen: null, datasetDate: null }

beforeAll(async () => {
  t = await createTestApp({ CONSTRAINT_LOADING: 'true' })
  const own = await takeGdal()
  folder = own.folder
  gdal = own.gdal
})
afterAll(async () => {
  await t.close()
})
beforeEach(async () => {
  const features = madeSquares(7).map(({ geometry }) => ({ sourceId: null, label: null, applies: true, properties: {}, geometry }))
  const dataset = { layerId: 'par3', source: 'før', datasetDate: null, loadedAt: t.clock.now(), checksum: 'før', report: {} }
  await t.deps.db.transaction().execute((trx) => replaceLayerData(trx, { ...dataset, sourceKind: 'file' }, features))
})

const features = (name: string, made: readonly MadeFeature[]) => writeFeatures(join(folder, `${name}.geojson`), made)
const load = (file: string, options: LoadOptions = {}, mapping = NOTHING, read: FileOptions = {}) =>
  loadLayer(t.deps, 'par3', [fileSource(file, read, mapping)], { isByHand: true, ...options })

async function layerNow() {
  const { rows } = await sql<{ count: number; failure: string | null; detail: string | null; area: number }>`
    select (select count(*) from constraint_feature where layer_id = 'par3') as count, failure_kind as failure, failure_detail as detail,
      (select round(sum(ST_Area(geom))) from constraint_feature where layer_id = 'par3') as area
    from constraint_layer l where l.layer_id = 'par3'`.execute(t.deps.db)
  return rows[0]
}

async function expectNothingLeft(): Promise<void> {
  const { rows } = await sql<{
    left: number
  }>`select (select count(*) from constraint_load) + (select count(*) from constraint_staged_feature) as left`.execute(t.deps.db)
  expect(rows[0]?.left).toBe(0)
}

async function expectFailure(work: Promise<unknown>, kind: LoadFailureKind, sentence: RegExp, isTold = true): Promise<void> {
  await expect(work).rejects.toMatchObject({ name: 'LoadFailure', kind, message: expect.stringMatching(sentence) })
  expect(await layerNow()).toMatchObject({ count: 7, failure: isTold ? kind : null })
  await expectNothingLeft()
}

/** A source at hand, which can wait in the middle. */
function sourceOf(given: readonly MadeFeature[], between: (index: number) => Promise<void> = async () => {}): FeatureSource {
  async function* all(): AsyncGenerator<VectorFeature> {
    for (const [index, feature] of given.entries()) {
      await between(index)
      yield feature as VectorFeature
    }
  }
  return {
    kind: 'file',
    description: 'made',
    mapping: NOTHING,
    read: async (_context, take) => {
      await take(all())
      return { layer: 'made', format: 'made', sourceCrs: 'EPSG:25832', isEmpty: false, isKnownEmpty: false }
    },
  }
}

describe('a file', () => {
  it('of several layers, with a condition and other names for attributes', async () => {
    const source = (await gdal.open(features('two', madeSquares(40)))).datasets[0]
    if (!source) throw new Error('not opened')
    await gdal.ogr2ogr(source, ['-f', 'GPKG', '-nln', 'natur', '-t_srs', 'EPSG:4326'], 'two')
    await gdal.ogr2ogr(source, ['-f', 'GPKG', '-update', '-nln', 'andet', '-t_srs', 'EPSG:4326'], 'two')
    const file = join(folder, 'two.gpkg')
    await expectFailure(load(file), 'several-layers', /--layer/, false)
    const said: string[] = []
    const mapping = { sourceId: 'OBJEKT_ID', label: 'Navn', appliesWhen: { attribute: 'ART', in: ['Kommune'] }, datasetDate: 'dato' }
    const outcome = await load(file, { say: (line) => said.push(line) }, mapping, { layer: 'natur', where: "objekt_id <> 'o3'" })
    expect(outcome).toMatchObject({ featureCount: 39, report: { read: 39, mended: 0, areaChangedM2: 0 } })
    expect(said[0]).toBe('two.gpkg: GPKG, layer "natur", WGS 84 (EPSG:4326).')
    const { rows } =
      await sql`select source_id, label, applies, properties->>'dato' as date from constraint_feature where layer_id = 'par3' and source_id in ('o4', 'o5') order by 1`.execute(
        t.deps.db,
      )
    expect(rows).toMatchObject([
      { source_id: 'o4', label: 'Mose nr. 4', applies: false },
      { source_id: 'o5', label: 'Mose nr. 5', applies: true },
    ])
    expect(await layerNow()).toMatchObject({ failure: null, area: 39 * 400 })
    await expectNothingLeft()
  })

  it('with every kind of geometry at once: curves, heights, collections, none at all, rings that cross', async () => {
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [708_000, 6_181_000],
          [708_020, 6_181_020],
          [708_020, 6_181_000],
          [708_000, 6_181_020],
          [708_000, 6_181_000],
        ],
      ],
    }
    const at = (index: number, geometry: unknown): MadeFeature => ({ type: 'Feature', properties: { nr: index }, geometry })
    const [first, second] = [madeSquare(1, 100, 0), madeSquare(2, 200, 0)]
    const made = [
      at(0, bow),
      at(1, {
        type: 'GeometryCollection',
        geometries: [first.geometry, { type: 'Point', coordinates: [708_000, 6_181_000] }, second.geometry],
      }),
      at(2, null),
      at(3, { type: 'Point', coordinates: [708_000, 6_181_000, 12] }),
      at(4, {
        type: 'LineString',
        coordinates: [
          [708_000, 6_181_000, 1],
          [708_100, 6_181_000, 2],
        ],
      }),
      at(5, {
        type: 'Polygon',
        coordinates: [
          [
            [708_000, 6_181_000],
            [708_020, 6_181_020],
            [708_000, 6_181_000],
          ],
        ],
      }),
    ]
    const outcome = await load(features('mixed', made), { force: true })
    expect(outcome.report).toMatchObject({ read: 6, kept: 4, empty: 2, mended: 1, areaChangedM2: 200, reducedCollections: 1 })
    const { rows } = await sql<{ type: string; valid: boolean; area: number }>`
      select GeometryType(geom) as type, ST_IsValid(geom) and ST_CoordDim(geom) = 2 as valid, round(ST_Area(geom)) as area
      from constraint_feature where layer_id = 'par3' order by constraint_feature_id`.execute(t.deps.db)
    expect(rows).toEqual([
      { type: 'MULTIPOLYGON', valid: true, area: 200 },
      { type: 'MULTIPOLYGON', valid: true, area: 800 },
      { type: 'POINT', valid: true, area: 0 },
      { type: 'LINESTRING', valid: true, area: 0 },
    ])
  })

  it('of the whole country leaves out what is far away, and keeps control characters out', async () => {
    const odd = madeSquare(8, 0, 500)
    odd.properties.navn = 'A\u0000B\u2028C'
    const outcome = await load(features('country', [...madeSquares(6), odd, madeSquare(9, -150_000, 0)]), {}, { ...NOTHING, label: 'navn' })
    expect(outcome).toMatchObject({ featureCount: 7, report: { read: 8, farAway: 1 } })
    const { rows } = await sql<{ label: string }>`select label from constraint_feature where layer_id = 'par3' and label like 'A%'`.execute(
      t.deps.db,
    )
    expect(rows[0]?.label.replace(/\u2028/, '')).toMatch(/^AB?C?/)
  })

  it('tried first changes nothing', async () => {
    expect(await load(features('dry', madeSquares(9)), { dryRun: true })).toMatchObject({ featureCount: 9, isNew: true })
    expect(await layerNow()).toMatchObject({ count: 7, failure: null })
    await expect(load(features('dryfew', madeSquares(1)), { dryRun: true })).rejects.toMatchObject({ kind: 'count-fell' })
    expect(await layerNow()).toMatchObject({ count: 7, failure: null })
    await expectNothingLeft()
  })
})

describe('what is not as expected is refused, and the old data stays', () => {
  it('far fewer than before, none, or all elsewhere; --force vouches for it', async () => {
    await expectFailure(load(features('few', madeSquares(4))), 'count-fell', /There are 4 features, but there were 7/)
    await expectFailure(load(features('none', [])), 'no-features', /--force/)
    await expectFailure(load(features('jutland', [madeSquare(1, -150_000, 0)])), 'outside-municipality', /more than 5 km outside/)
    expect(await load(features('few', madeSquares(4)), { force: true })).toMatchObject({ featureCount: 4 })
    expect(await layerNow()).toMatchObject({ count: 4, failure: null })
  })

  it('five of seven is a fall of less than a third', async () => {
    expect(await load(features('five', madeSquares(5)))).toMatchObject({ featureCount: 5 })
  })

  it('coordinates that cannot be, whoever vouches for them', async () => {
    const swapped = { ...madeSquare(1, 0, 0), geometry: { type: 'Point', coordinates: [6_181_000, 708_000] } }
    await expectFailure(load(features('swapped', [swapped]), { force: true }), 'wrong-coordinates', /wrong order/)
    const utm33 = madeSquares(7).map((feature) => ({ ...feature, geometry: { type: 'Point', coordinates: [120, 50] } }))
    await expectFailure(load(features('metres', utm33), { force: true }), 'wrong-coordinates', /outside Denmark/)
  })

  it('a GML file with its axes swapped', async () => {
    const file = join(folder, 'swapped.gml')
    const point = '<gml:Point srsName="urn:ogc:def:crs:EPSG::25832"><gml:pos>6181000 708000</gml:pos></gml:Point>'
    writeFileSync(
      file,
      `<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:x="http://x"><wfs:member><x:mose gml:id="a"><x:geom>${point}</x:geom></x:mose></wfs:member></wfs:FeatureCollection>`,
    )
    await expectFailure(load(file), 'wrong-coordinates', /wrong order/)
  })

  it('a GeoPackage that was cut off, a Shapefile without .prj, a file that is none', async () => {
    const source = (await gdal.open(features('cut', madeSquares(300)))).datasets[0]
    if (!source) throw new Error('not opened')
    const { real } = await gdal.ogr2ogr(source, ['-f', 'GPKG', '-nln', 'natur'], 'cut')
    truncateSync(real, 60_000)
    await expectFailure(load(real), 'not-readable', /cannot be read/)
    writeFileSync(join(folder, 'noise.gpkg'), Buffer.alloc(5_000, 7))
    await expectFailure(load(join(folder, 'noise.gpkg')), 'not-readable', /cannot be read/)
    const { real: shape } = await gdal.ogr2ogr(source, ['-f', 'ESRI Shapefile'], 'noprj')
    const zip = shape.replace(/\.\w+$/, '.zip')
    const names = ['shp', 'shx', 'dbf'].map((extension) => shape.replace(/\w+$/, extension))
    writeFileSync(zip, zipOf(names.map((name) => ({ name: basename(name), content: readFileSync(name) }))))
    await expectFailure(load(zip), 'no-coordinate-system', /names no coordinate system/)
    writeFileSync(zip, zipOf([{ name: '../../outside.geojson', content: Buffer.from('{}') }]))
    await expectFailure(load(zip), 'unsafe-archive', /leads outside/)
    writeFileSync(zip, zipOf([{ name: 'bomb.geojson', content: Buffer.alloc(60 * 1024 * 1024) }]))
    await expectFailure(load(zip), 'unsafe-archive', /times its size/)
  })

  it('what was mistyped says nothing of the layer', async () => {
    await expectFailure(load(join(folder, 'nowhere.gpkg')), 'not-found', /There is no file/, false)
    await expectFailure(
      load(features('named', madeSquares(7)), {}, { ...NOTHING, label: 'nanv' }),
      'attribute-missing',
      /"nanv".*navn/,
      false,
    )
  })

  it('one outline of two million corners, in a minute and with a sentence', { timeout: 180_000 }, async () => {
    const count = 2_000_000
    const ring = Array.from({ length: count }, (_, index) => {
      const angle = (index / count) * 2 * Math.PI
      return `[${(708_000 + 900 * Math.cos(angle)).toFixed(4)},${(6_181_000 + 900 * Math.sin(angle)).toFixed(4)}]`
    })
    const file = join(folder, 'huge.geojson')
    const head =
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}},"features":[{"type":"Feature","properties":{"navn":"Kyst"},"geometry":{"type":"Polygon","coordinates":[['
    writeFileSync(file, `${head}${ring.join(',')},${ring[0]}]]}}]}`)
    await expectFailure(load(file, {}, { ...NOTHING, label: 'navn' }), 'too-detailed', /"Kyst" has 2,000,001 corners; at most 500,000/)
    expect(MAX_VERTICES).toBe(500_000)
  })

  it('a layer that is not there or has no map', async () => {
    await expect(loadLayer(t.deps, 'findes-ikke', [sourceOf([])])).rejects.toMatchObject({ kind: 'unknown-layer' })
    await expect(loadLayer(t.deps, 'ler', [sourceOf([])])).rejects.toMatchObject({ kind: 'not-mapped' })
  })
})

describe('several at once', () => {
  it('of four loads of one layer one wins, and the others say so', async () => {
    const loads = await Promise.allSettled(
      [1, 2, 3, 4].map((number) =>
        loadLayer(t.deps, 'par3', [sourceOf(madeSquares(10 + number), () => new Promise((done) => setTimeout(done, 30)))]),
      ),
    )
    expect(loads.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of loads) if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'already-loading' })
    expect(await layerNow()).toMatchObject({ failure: null })
    expect((await layerNow())?.count).toBeGreaterThan(10)
  })

  it('a load that died gives its place after two minutes, and when it wakes up it changes nothing', async () => {
    const { db } = t.deps
    const asleep = loadLayer(t.deps, 'par3', [
      sourceOf(madeSquares(9), async (index) => {
        if (index !== 5) return
        await sql`update constraint_load set seen_at = now() - interval '3 minutes'`.execute(db)
        expect(await loadLayer(t.deps, 'par3', [sourceOf(madeSquares(8))])).toMatchObject({ featureCount: 8 })
      }),
    ])
    await expect(asleep).rejects.toMatchObject({ kind: 'taken-over' })
    expect(await layerNow()).toMatchObject({ count: 8 })
    await expectNothingLeft()
  })

  it('a check while data is swapped sees the old or the new, never half', async () => {
    const counts = new Set<number>()
    let isOver = false
    const watching = (async () => {
      while (!isOver) {
        const { rows } = await sql<{ count: number }>`select count(*) as count from constraint_feature where layer_id = 'par3'`.execute(
          t.deps.db,
        )
        counts.add(rows[0]?.count ?? -1)
      }
    })()
    await loadLayer(t.deps, 'par3', [sourceOf(madeSquares(3_000))])
    await loadLayer(t.deps, 'par3', [sourceOf(madeSquares(2_500))])
    isOver = true
    await watching
    expect([...counts].every((count) => [7, 3_000, 2_500].includes(count))).toBe(true)
  })
})

describe('asking for a load', () => {
  const path = '/api/constraint-layers/par3/reload'
  const service = { kind: 'wfs', url: 'http://127.0.0.1:9/wfs', typeNames: ['dai:bes_naturtyper'], useBbox: true, attributes: NOTHING }

  it('is for planners, for layers with a service, and once at a time', async () => {
    const planner = await t.signIn('planner')
    expect((await t.send('POST', '/api/constraint-layers/findes-ikke/reload', { as: planner })).status).toBe(404)
    await sql`update constraint_layer set source = source - 'services' where layer_id = 'par3'`.execute(t.deps.db)
    expect(await (await t.send('POST', path, { as: planner })).json()).toMatchObject({ status: 409, kind: 'layer-has-no-service' })
    await sql`update constraint_layer set source = source || ${JSON.stringify({ services: [service] })}::jsonb where layer_id = 'par3'`.execute(
      t.deps.db,
    )
    expect((await t.send('POST', path, { as: await t.signIn('citizen') })).status).toBe(403)
    const answers = await Promise.all([1, 2, 3].map(() => t.send('POST', path, { as: planner })))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409])
    const refused = answers.find(({ status }) => status === 409) as Response
    expect(await refused.json()).toMatchObject({ kind: 'already-loading' })
    // The service lies on loopback, which is not asked: the layer says so, and nothing waits any more.
    await t.jobs.runAll()
    expect(await layerNow()).toMatchObject({ count: 7, failure: 'private-address' })
    await expectNothingLeft()
  })

  it('is followed by staff: since when it waits or runs, and how many features so far', async () => {
    const progress = '/api/constraint-layers/par3/load'
    const planner = await t.signIn('planner')
    const organiser = await t.signIn('organiser')
    const startedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect((await t.send('GET', progress)).status).toBe(401)
    expect((await t.send('GET', progress, { as: await t.signIn('citizen') })).status).toBe(403)
    expect((await t.send('GET', '/api/constraint-layers/findes-ikke/load', { as: planner })).status).toBe(404)
    const response = await t.send('GET', progress, { as: organiser })
    expect([response.headers.get('cache-control'), await response.json()]).toEqual([
      'private, no-store',
      { layerId: 'par3', reload: 'possible', load: null },
    ])
    expect(await t.read('/api/constraint-layers/ler/load', planner)).toMatchObject({ reload: 'no-service', load: null })
    await t.send('POST', path, { as: planner })
    expect((await t.read(progress, planner)).load).toEqual({ layerId: 'par3', status: 'queued', startedAt, featureCount: 0 })
    const seen: unknown[] = []
    const source = sourceOf(madeSquares(2_500), async (index) => {
      if (index % 1_200 === 0) seen.push((await t.read(progress, planner)).load)
    })
    await loadLayer(t.deps, 'par3', [source])
    expect(seen).toEqual([0, 1_000, 2_000].map((featureCount) => ({ layerId: 'par3', status: 'running', startedAt, featureCount })))
    expect((await t.read(progress, planner)).load).toBeNull()
    // One whose process died is no load any more, although its row waits for the next one to clear it away.
    await claimLoad(t.deps.db, 'par3', crypto.randomUUID(), 'running')
    await sql`update constraint_load set seen_at = now() - interval '3 minutes'`.execute(t.deps.db)
    expect((await t.read(progress, planner)).load).toBeNull()
    await sql`delete from constraint_load`.execute(t.deps.db)
    await t.jobs.runAll()
  })

  it('every night each layer with a service', async () => {
    // The services of the catalogue are out of reach of a test.
    await sql`update constraint_layer set source = source - 'services' where layer_id <> 'par3'`.execute(t.deps.db)
    await t.jobs.send('load-constraint-layers', {})
    await t.jobs.runAll()
    const queued = await t.deps.db.selectFrom('constraint_load').select(['layer_id', 'status']).execute()
    expect(queued).toContainEqual({ layer_id: 'par3', status: 'queued' })
    await t.jobs.runAll()
    await sql`delete from constraint_load`.execute(t.deps.db)
  })

  it('is off where the configuration says so', async () => {
    const off = await createTestApp({ CONSTRAINT_LOADING: 'false' })
    try {
      await sql`update constraint_layer set source = source || ${JSON.stringify({ services: [service] })}::jsonb where layer_id = 'par3'`.execute(
        off.deps.db,
      )
      const response = await off.send('POST', path, { as: await off.signIn('planner') })
      expect(await response.json()).toMatchObject({ status: 409, kind: 'layer-loading-off' })
      expect(await off.read('/api/constraint-layers/par3/load', await off.signIn('planner'))).toMatchObject({ reload: 'loading-off' })
      expect(await claimLoad(off.deps.db, 'par3', crypto.randomUUID(), 'running')).toBe(true)
    } finally {
      await off.close()
    }
  })
})

it('tells whoever keeps what the old data said, inside the swap, and only when the data is other', async () => {
  const seen: number[] = []
  const afterSwap: LoadOptions['afterSwap'] = async (trx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from constraint_feature where layer_id = 'par3'`.execute(
      trx,
    )
    seen.push(rows[0]?.count ?? 0)
  }
  const file = await features('tolv', madeSquares(12))
  await load(file, { afterSwap, dryRun: true })
  expect(seen).toEqual([])
  await load(file, { afterSwap })
  await load(file, { afterSwap })
  expect(seen).toEqual([12])
})
