import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LayerService } from '../../server/constraints/catalogueFile.ts'
import type { LoadFailureKind } from '../../server/constraints/contract.ts'
import { replaceLayerData } from '../../server/constraints/import.ts'
import { type LoadOptions, loadLayer } from '../../server/constraints/loading.ts'
import { SERVICE_LIMITS, type ServiceLimits } from '../../server/constraints/sources/serviceRequest.ts'
import { serviceSources } from '../../server/constraints/sources/serviceSources.ts'
import { madeSquare, madeSquares, writeFeatures } from '../builders/constraintFile.ts'
import { testClock } from '../setup/app.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'
import { type MapServer, startMapServer } from '../setup/mapServer.ts'
import { startUpstream } from '../setup/upstream.ts'

// Each load starts GDAL, which takes seconds beside other tests.
vi.setConfig({ testTimeout: 120_000 })

const LIMITS = { ...SERVICE_LIMITS, pageSize: 100, timeoutMs: 60_000, idleMs: 30_000, attempts: 2, firstPauseMs: 5 }
const clock = testClock('2026-11-25T02:40:00Z')
let database: TestDatabase
let folder: string
let geojson: MapServer
let gml: MapServer

beforeAll(async () => {
  database = await openTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bm-services-'))
  const layers = [
    { name: 'bes_naturtyper', file: writeFeatures(join(folder, 'natur.geojson'), madeSquares(250)) },
    { name: 'bes_vandloeb', file: writeFeatures(join(folder, 'vandloeb.geojson'), madeSquares(7)) },
    { name: 'langt_vaek', file: writeFeatures(join(folder, 'langt.geojson'), [madeSquare(1, -200_000, 0)]) },
  ]
  geojson = await startMapServer(layers)
  gml = await startMapServer(layers, { isGeoJson: false })
})
afterAll(async () => {
  await Promise.all([geojson.close(), gml.close(), database.close()])
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const features = madeSquares(7).map(({ geometry }) => ({ sourceId: null, label: null, applies: true, properties: {}, geometry }))
  const dataset = { layerId: 'par3', source: 'før', datasetDate: null, loadedAt: clock.now(), checksum: 'før', report: {} }
  await database.db.transaction().execute((trx) => replaceLayerData(trx, { ...dataset, sourceKind: 'file' }, features))
})
afterEach(() => {
  geojson.mischief = null
  gml.mischief = null
  geojson.asked.length = 0
})

const attributes = { sourceId: 'Objekt_id', label: 'NAVN', appliesWhen: { attribute: 'art', in: ['Privat'] }, datasetDate: 'dato' }

function load(
  server: { url: string },
  service: Partial<LayerService> = {},
  options: LoadOptions = {},
  allowPrivate = true,
  limits: Omit<ServiceLimits, 'allowPrivate'> = LIMITS,
) {
  const whole: LayerService = { kind: 'wfs', url: server.url, typeNames: ['dai:bes_naturtyper'], useBbox: true, attributes, ...service }
  return loadLayer({ db: database.db, clock }, 'par3', serviceSources([whole], allowPrivate, limits), options)
}

async function layerNow() {
  const { rows } = await sql<{
    count: number
    failure: string | null
    detail: string | null
    date: string | null
    source: string
    kind: string
  }>`
    select (select count(*) from constraint_feature where layer_id = 'par3') as count, failure_kind as failure, failure_detail as detail,
      dataset_date::text as date, d.source, source_kind as kind
    from constraint_layer l left join constraint_dataset d on d.constraint_dataset_id = l.current_dataset_id where l.layer_id = 'par3'`.execute(
    database.db,
  )
  return rows[0]
}

async function expectFailure(work: Promise<unknown>, kind: LoadFailureKind, sentence: RegExp): Promise<void> {
  await expect(work).rejects.toMatchObject({ name: 'LoadFailure', kind, message: expect.stringMatching(sentence) })
  expect(await layerNow()).toMatchObject({ count: 7, failure: kind, detail: expect.stringMatching(sentence) })
  const left = await database.db.selectFrom('constraint_load').selectAll().execute()
  expect(left).toEqual([])
}

describe('a WFS server', () => {
  it('is read page by page, as GeoJSON', async () => {
    const outcome = await load(geojson)
    expect(outcome).toMatchObject({ featureCount: 250, isNew: true, report: { read: 250, kept: 250, missingAttributes: [] } })
    expect(await layerNow()).toMatchObject({ count: 250, failure: null, date: '2026-03-01', kind: 'wfs', source: geojson.url })
    const pages = geojson.asked.filter((query) => query.get('startindex') !== null && query.get('typenames') === 'dai:bes_naturtyper')
    expect(pages.map((query) => query.get('startindex'))).toEqual(['0', '100', '200'])
    const { rows } = await sql`
      select source_id, label, applies, round(ST_XMin(geom)) as x, round(ST_Area(geom)) as area from constraint_feature
      where layer_id = 'par3' and source_id in ('o0', 'o249') order by source_id`.execute(database.db)
    expect(rows).toEqual([
      { source_id: 'o0', label: 'Mose nr. 0', applies: true, x: 708_000, area: 400 },
      { source_id: 'o249', label: 'Mose nr. 249', applies: false, x: 708_270, area: 400 },
    ])
  })

  it('says how much of it has come', async () => {
    const seen: unknown[] = []
    geojson.mischief = async (query) => {
      if (query.get('startindex') !== null) seen.push(await database.db.selectFrom('constraint_load').select('feature_count').execute())
      return undefined
    }
    await load(geojson)
    expect(seen).toEqual([0, 100, 200].map((feature_count) => [{ feature_count }]))
  })

  it('is read as GML where it speaks nothing else, with the same result', async () => {
    const first = await load(geojson)
    const second = await load(gml)
    expect(second.featureCount).toBe(250)
    const { rows } = await sql<{ area: number }>`
      select round(sum(ST_Area(geom))) as area from constraint_feature where layer_id = 'par3' and label like 'Mose nr. %'`.execute(
      database.db,
    )
    expect([first.featureCount, rows[0]?.area]).toEqual([250, 100_000])
  })

  it('may have moved its layer names: capitals, prefix, _v, or the next candidate', async () => {
    for (const typeNames of [['DAI:BES_NATURTYPER'], ['dmp:bes_naturtyper_v'], ['dai:findes_ikke', 'bes_naturtyper']])
      expect((await load(geojson, { typeNames })).featureCount).toBe(250)
  })

  it('that has the same data only renews the date of it', async () => {
    await load(geojson)
    const before = await database.db.selectFrom('constraint_dataset').select('constraint_dataset_id').execute()
    clock.set('2026-11-26T02:40:00Z')
    expect(await load(geojson)).toMatchObject({ isNew: false, featureCount: 250 })
    expect(await database.db.selectFrom('constraint_dataset').select('constraint_dataset_id').execute()).toEqual(before)
    const { rows } = await sql<{ loaded: Date }>`
      select loaded_at as loaded from constraint_dataset d join constraint_layer l on l.current_dataset_id = d.constraint_dataset_id where l.layer_id = 'par3'`.execute(
      database.db,
    )
    expect(rows[0]?.loaded).toEqual(new Date('2026-11-26T02:40:00Z'))
  })

  it('that has features elsewhere and none here is believed the first time, and not when there were some', async () => {
    await expectFailure(load(geojson, { typeNames: ['langt_vaek'] }), 'count-fell', /There are 0 features, but there were 7/)
    await sql`update constraint_layer set current_dataset_id = null where layer_id = 'par3'`.execute(database.db)
    expect(await load(geojson, { typeNames: ['langt_vaek'] })).toMatchObject({ featureCount: 0 })
  })

  it('several services make one data set', async () => {
    const services = ['dai:bes_naturtyper', 'dai:bes_vandloeb'].map(
      (name): LayerService => ({ kind: 'wfs', url: geojson.url, typeNames: [name], useBbox: true, attributes }),
    )
    const loadBoth = () => loadLayer({ db: database.db, clock }, 'par3', serviceSources(services, true, LIMITS))
    geojson.mischief = async (query, own) => {
      if (query.get('resulttype') !== 'hits' || query.get('typenames') !== 'dai:bes_vandloeb') return undefined
      const answer = await own()
      return { ...answer, body: Buffer.from(answer.body.toString().replace(/numberMatched="\d+"/, 'numberMatched="0"')) }
    }
    await expectFailure(loadBoth(), 'no-features', /"dai:bes_vandloeb" holds no features at all/)
    geojson.mischief = null
    expect(await loadBoth()).toMatchObject({ featureCount: 257 })
  })
})

describe('a service on a bad day: the old data stays and the layer says why', () => {
  const isPage = (query: URLSearchParams, startIndex: string) => query.get('startindex') === startIndex

  it('capabilities without the layer', async () => {
    await expectFailure(
      load(geojson, { typeNames: ['dai:bes_naturtype_gammel'] }),
      'layer-not-in-service',
      /has no layer .* Similar: dai:bes_/,
    )
  })

  it('an answer cut in the middle', async () => {
    for (const server of [geojson, gml]) {
      server.mischief = async (query, own) => {
        const answer = await own()
        return isPage(query, '100') ? { ...answer, body: answer.body.subarray(0, answer.body.length / 2) } : answer
      }
      await expectFailure(load(server), 'service-answer', /broke off/)
    }
  })

  it('a connection cut in the middle', async () => {
    geojson.mischief = async (query, own, response: ServerResponse) => {
      if (!isPage(query, '100')) return undefined
      const { headers, body } = await own()
      response.writeHead(200, { ...headers, 'Content-Length': String(body.length) })
      response.write(body.subarray(0, 200))
      await pause(20)
      response.destroy()
      return 'handled'
    }
    await expectFailure(load(geojson), 'service-away', /breaks off/)
  })

  it('one that stumbles once is asked again', async () => {
    let stumbled = false
    geojson.mischief = (query) => {
      if (stumbled || !isPage(query, '100')) return undefined
      stumbled = true
      return { status: 503, headers: { 'Retry-After': '0' }, body: Buffer.from('busy') }
    }
    expect((await load(geojson)).featureCount).toBe(250)
    expect(stumbled).toBe(true)
  })

  it('one that falls silent', async () => {
    geojson.mischief = (query, _own, response) => {
      if (!isPage(query, '100')) return undefined
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.write('{')
      return 'handled'
    }
    const began = performance.now()
    await expectFailure(load(geojson, {}, {}, true, { ...LIMITS, idleMs: 3_000 }), 'service-away', /does not answer in time/)
    expect(performance.now() - began).toBeLessThan(25_000)
  })

  it('one that lies about how many there are', async () => {
    for (const lie of ['300', '240']) {
      geojson.mischief = async (query, own) => {
        const answer = await own()
        if (query.get('resulttype') !== 'hits') return answer
        return { ...answer, body: Buffer.from(answer.body.toString().replace(/numberMatched="\d+"/, `numberMatched="${lie}"`)) }
      }
      await expectFailure(load(geojson), 'pages-differ', /speaks of (300|240)/)
    }
  })

  it('one that sends a page twice', async () => {
    for (const server of [geojson, gml]) {
      let first: Awaited<ReturnType<Parameters<NonNullable<MapServer['mischief']>>[1]>> | undefined
      server.mischief = async (query, own) => {
        if (isPage(query, '0')) first = await own()
        return isPage(query, '100') || isPage(query, '0') ? first : undefined
      }
      await expectFailure(load(server), 'pages-differ', /on two pages/)
    }
  })

  it('one that moved to a web page, refuses, or sends something else', async () => {
    const html = { status: 200, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<!doctype html><p>Flyttet') }
    geojson.mischief = () => html
    await expectFailure(load(geojson), 'service-answer', /web page/)
    const report =
      '<ows:ExceptionReport><ows:Exception><ows:ExceptionText>Key is\nwrong</ows:ExceptionText></ows:Exception></ows:ExceptionReport>'
    geojson.mischief = () => ({ status: 403, headers: { 'Content-Type': 'text/xml' }, body: Buffer.from(report) })
    await expectFailure(load(geojson), 'service-refused', /refuses: Key is wrong/)
    geojson.mischief = (query) =>
      isPage(query, '0')
        ? {
            status: 200,
            headers: { 'Content-Type': 'application/json' },
            body: Buffer.from('{"type":"FeatureCollection","features":[null,5],"links":[null]}'),
          }
        : undefined
    await expectFailure(load(geojson), 'service-answer', /can be read/)
  })

  it('coordinates that are not where they should be', async () => {
    geojson.mischief = async (query, own) => {
      const answer = await own()
      if (query.get('startindex') === null) return answer
      return { ...answer, body: Buffer.from(answer.body.toString().replaceAll(/\[ (70\d{4}\.\d+), (6\d{6}\.\d+) \]/g, '[ $2, $1 ]')) }
    }
    await expectFailure(load(geojson), 'wrong-coordinates', /wrong order/)
  })

  it('an answer without end', async () => {
    const limits = { ...LIMITS, maxPageBytes: 20_000 }
    await expectFailure(load(geojson, {}, {}, true, limits), 'too-large', /more at once/)
  })
})

describe('addresses inside the house network', () => {
  it('are not asked', async () => {
    await expectFailure(load(geojson, {}, {}, false), 'private-address', /house network/)
    for (const url of [
      'http://localhost:1/wfs',
      'http://[::ffff:127.0.0.1]:1/wfs',
      'http://169.254.169.254/latest/wfs',
      'http://2130706433/wfs',
    ])
      await expectFailure(load({ url }, {}, {}, false), 'private-address', /house network/)
  })

  it('are not followed to', async () => {
    const redirecting = await startUpstream((_request, response) => {
      response.writeHead(302, { Location: 'file:///etc/passwd' })
      response.end()
    })
    try {
      await expectFailure(load({ url: `${redirecting.url}/wfs` }), 'private-address', /something else than http/)
    } finally {
      await redirecting.close()
    }
  })

  describe('behind a host outside', () => {
    // A network of its own: this machine's first address stands for the world, its others for the house.
    const addresses: Record<string, string> = { 'moved.test': '127.0.0.1', 'inside.test': '127.0.0.2' }
    let answers: string[]
    const network: NonNullable<ServiceLimits['network']> = {
      lookup: (name, _options, callback) => {
        const address = name === 'service.test' ? (answers.length > 1 ? answers.shift() : answers[0]) : addresses[name]
        callback(address ? null : new Error('no such name'), address ? [{ address, family: 4 }] : [])
      },
      isPrivate: (address) => address !== '127.0.0.1',
    }
    beforeEach(() => {
      answers = ['127.0.0.1']
    })

    /** Loads from a host outside that sends on to another address, with what it was asked. */
    async function loadFrom(leadsTo: (port: string, query: string) => string) {
      const server = await startUpstream((request, response) => {
        const { port } = new URL(server.url)
        // A connection that is kept is one that was checked: each is to be a new one.
        response.writeHead(302, { Connection: 'close', Location: leadsTo(port, new URL(request.url ?? '', server.url).search) })
        response.end()
      })
      const url = `http://service.test:${new URL(server.url).port}/wfs`
      return { server, outcome: load({ url }, {}, {}, false, { ...LIMITS, network }) }
    }

    it.each([
      ['a number', (port: string) => `http://127.0.0.2:${port}/wfs`],
      ['a number in other letters', (port: string) => `http://0x7f.2:${port}/wfs`],
      ['IPv6', (port: string) => `http://[::1]:${port}/wfs`],
      ['a name', (port: string) => `http://inside.test:${port}/wfs`],
    ])('a redirect to %s in the house is refused', async (_how, leadsTo) => {
      const { server, outcome } = await loadFrom(leadsTo)
      try {
        await expectFailure(outcome, 'private-address', /^http:\/\/service\.test:\d+\/wfs leads to an address inside a house network/)
        expect(server.asked).toHaveLength(1)
      } finally {
        await server.close()
      }
    })

    it('a redirect to itself is refused when its name leads into the house by then', async () => {
      answers = ['127.0.0.1', '127.0.0.2']
      const { server, outcome } = await loadFrom((port, query) => `http://service.test:${port}/wfs/${query}`)
      try {
        await expectFailure(outcome, 'private-address', /house network/)
        expect(server.asked).toHaveLength(1)
      } finally {
        await server.close()
      }
    })

    it('a redirect to another host outside is followed', async () => {
      const moved = new URL(geojson.url)
      moved.hostname = 'moved.test'
      const { server, outcome } = await loadFrom((_port, query) => `${moved.href}${query}`)
      try {
        expect(await outcome).toMatchObject({ featureCount: 250 })
      } finally {
        await server.close()
      }
    })
  })
})

describe('OGC API Features', () => {
  const features = madeSquares(250).map((feature, index) => ({ id: `f${index}`, ...feature }))
  const json = (body: unknown, headers: Record<string, string> = {}) => ({
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/geo+json', ...headers },
  })
  const crs = 'http://www.opengis.net/def/crs/EPSG/0/25832'

  async function withService(
    run: (url: string, asked: string[]) => Promise<void>,
    change: (page: Record<string, unknown>, offset: number) => unknown = (page) => page,
  ) {
    const server = await startUpstream((request, response) => {
      const url = new URL(request.url ?? '', 'http://service')
      const offset = Number(url.searchParams.get('offset') ?? 0)
      const limit = Math.min(Number(url.searchParams.get('limit') ?? 10), 80)
      const next = new URL(url)
      next.searchParams.set('offset', String(offset + limit))
      const page = {
        type: 'FeatureCollection',
        numberMatched: 250,
        features: features.slice(offset, offset + limit),
        links: offset + limit < 250 ? [{ rel: 'next', type: 'application/geo+json', href: `${next.pathname}${next.search}` }] : [],
      }
      const isList = url.pathname === '/api/collections'
      const { body, headers } = isList
        ? json({ collections: [{ id: 'naturtyper', crs: [crs] }] })
        : json(change(page, offset), { 'Content-Crs': `<${crs}>` })
      response.writeHead(200, headers)
      response.end(body)
    })
    await run(`${server.url}/api`, server.asked).finally(() => server.close())
  }
  const ogc = (url: string) => load({ url }, { kind: 'ogc-api-features', typeNames: ['Naturtyper_v'] })

  it('is read by following its links, in our coordinate system', async () => {
    await withService(async (url, asked) => {
      expect(await ogc(url)).toMatchObject({ featureCount: 250, report: { sources: [{ pageCount: 4 }] } })
      expect(asked[1]).toContain(`bbox-crs=${encodeURIComponent(crs)}`)
    })
    expect(await layerNow()).toMatchObject({ count: 250, kind: 'ogc-api-features' })
  })

  it('that leads in a circle, loses a page or changes its mind is refused', async () => {
    const circle = (page: Record<string, unknown>, offset: number) =>
      offset === 80 ? { ...page, features: [], links: [{ rel: 'next', href: '?f=json&limit=100&offset=80' }] } : page
    await withService((url) => expectFailure(ogc(url), 'pages-differ', /circle|sends/), circle)
    await withService(
      (url) => expectFailure(ogc(url), 'pages-differ', /speaks of 250 features but sends 170/),
      (page, offset) => (offset === 80 ? { ...page, features: [] } : page),
    )
    await withService(
      (url) => expectFailure(ogc(url), 'pages-differ', /first speaks of 250/),
      (page, offset) => (offset === 80 ? { ...page, numberMatched: 251 } : page),
    )
  })
})
