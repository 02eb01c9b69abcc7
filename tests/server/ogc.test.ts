import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PUBLISHED } from '../../server/ogc/catalogue.ts'
import {
  CONFORMANCE,
  CRS_URIS,
  collectionListSchema,
  conformanceSchema,
  featureCollectionSchema,
  featureSchema,
  type Link,
  landingSchema,
} from '../../server/ogc/contract.ts'
import { buildPublicData, fillLayer, type PublicData } from '../builders/publicData.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

let t: TestApp
let data: PublicData
beforeAll(async () => {
  t = await createTestApp()
  data = await buildPublicData(t.deps.db)
})
afterAll(() => t.close())

const ITEMS = '/ogc/collections/ideas/items'
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`
const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await t.send('GET', path, { headers })
  expect([path, response.status, response.ok ? '' : await response.text()]).toEqual([path, 200, ''])
  return response
}
const items = async (parameters: Record<string, string> = {}, collection = 'ideas') =>
  featureCollectionSchema.parse(await bodyOf(await read(`/ogc/collections/${collection}/items${query(parameters)}`)))
const linkTo = (links: readonly Link[], rel: string, type?: string) =>
  links.find((link) => link.rel === rel && (type === undefined || link.type === type))?.href
const pathOf = (href: string | undefined) => (href ?? '').replace(t.deps.config.baseUrl, '')

describe('the landing page and what it leads to', () => {
  it('names self, alternate, description, conformance and data, and every link answers in its type', async () => {
    const landing = landingSchema.strict().parse(await bodyOf(await read('/ogc')))
    expect(new Set(landing.links.map(({ rel }) => rel))).toEqual(
      new Set(['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data']),
    )
    for (const { href, type } of landing.links) {
      const response = await read(pathOf(href))
      expect(response.headers.get('content-type')?.split(';')[0], href).toBe(type.split(';')[0])
    }
  })

  it('is found with a slash behind it too', async () => {
    const response = await t.send('GET', '/ogc/?f=json')
    expect([response.status, response.headers.get('location')]).toEqual([308, `${t.deps.config.baseUrl}/ogc?f=json`])
  })

  it('conforms to five classes', async () => {
    const body = conformanceSchema.parse(await bodyOf(await read('/ogc/conformance')))
    expect(body.conformsTo).toEqual([...CONFORMANCE])
  })

  it('lists the fixed collections and the layers that have data and may be shared', async () => {
    const { collections, crs } = collectionListSchema.parse(await bodyOf(await read('/ogc/collections')))
    expect(collections.map(({ id }) => id)).toEqual([...Object.keys(PUBLISHED), 'constraints-par3'])
    expect(crs).toEqual(Object.values(CRS_URIS))
    for (const collection of collections) {
      expect(collection.storageCrs).toBe(CRS_URIS['EPSG:25832'])
      expect(collection.crs).toContain(collection.storageCrs)
      expect(collection.description.length, collection.id).toBeGreaterThan(10)
      const [west, south, east, north] = collection.extent.spatial?.bbox[0] ?? []
      expect(
        [west, south, east, north].every((side) => side !== undefined),
        collection.id,
      ).toBe(true)
      const one = await bodyOf(await read(pathOf(linkTo(collection.links, 'self'))))
      expect(one).toEqual(collection)
      await read(pathOf(linkTo(collection.links, 'items', 'application/geo+json')))
    }
    expect(collections[0]?.extent.temporal?.interval[0]?.[1]).toBeNull()
  })

  it('says of example data and of a failed load that it is so, in both languages', async () => {
    await buildRound(t.deps.db, { year: 2031, isDemo: true })
    await fillLayer(t.deps.db, 'par17', ['Skov'], 'demo')
    await t.deps.db
      .updateTable('constraint_layer')
      .set({ failure_kind: 'source-away', failure_detail: 'hemmelig detalje' })
      .where('layer_id', '=', 'par17')
      .execute()
    await new Promise((done) => setTimeout(done, 1_100))
    const danish = await (await read('/ogc/collections/constraints-par17')).text()
    expect(danish).toMatch(/Eksempeldata, ikke rigtige.*mislykkedes/)
    expect(danish).not.toContain('hemmelig')
    expect(await (await read('/ogc/collections/constraints-par17?lang=en')).text()).toMatch(/Example data, not real.*failed/)
    expect((await items({}, 'constraints-par17')).features[0]?.properties).toMatchObject({ is_demo: true, dataset_date: '2026-03-01' })
  })
})

describe('items', () => {
  it('are decided assessments with their public words, and no draft, note or name', async () => {
    const { features } = await items({}, 'assessments')
    expect(features.map(({ id }) => id)).toEqual([data.shown[0]])
    const answers = [{ question_id: 'soil', answer: 'yes', public_text: 'Jorden er ren.' }]
    expect(features[0]?.properties).toMatchObject({ outcome: 'feasible', idea_changed: false, answers })
    expect(JSON.stringify(features)).not.toContain('kun for huset')
  })

  it('are the public ideas and nothing of who wrote them', async () => {
    const body = await items()
    expect(body.features.map(({ id }) => id)).toEqual(data.shown)
    expect([body.numberMatched, body.numberReturned]).toEqual([data.shown.length, data.shown.length])
    expect(JSON.stringify(body)).not.toMatch(/person|Skjult|Trukket/)
  })

  it.each([1, 2, 5, 11, 12])('go on by links and back again, %i at a time', async (limit) => {
    const seen: unknown[] = []
    let path = `${ITEMS}${query({ limit: String(limit), category: 'green' })}`
    const expected = (await items({ category: 'green' })).features.map(({ id }) => id)
    let last = ''
    for (let turn = 0; path !== ''; turn++) {
      expect(turn).toBeLessThan(30)
      const response = await read(path)
      const body = featureCollectionSchema.parse(await bodyOf(response))
      expect(body.numberMatched).toBe(expected.length)
      seen.push(...body.features.map(({ id }) => id))
      const next = linkTo(body.links, 'next')
      expect(response.headers.get('link')?.includes('rel="next"')).toBe(next !== undefined)
      last = path
      path = pathOf(next)
    }
    expect(seen).toEqual(expected)
    const back: unknown[] = []
    for (path = last; path !== ''; ) {
      const body = featureCollectionSchema.parse(await bodyOf(await read(path)))
      back.unshift(...body.features.map(({ id }) => id))
      path = pathOf(linkTo(body.links, 'prev'))
    }
    expect(back).toEqual(expected)
  })

  it.each(Object.entries(CRS_URIS))('come in %s with the name in the header and the coordinates of the database', async (name, uri) => {
    const response = await read(`${ITEMS}${query({ crs: uri })}`)
    expect(response.headers.get('content-crs')).toBe(`<${uri}>`)
    const body = featureCollectionSchema.parse(await bodyOf(response))
    expect(body.crs?.properties.name).toBe(name === 'EPSG:25832' ? 'urn:ogc:def:crs:EPSG::25832' : undefined)
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from idea join json_to_recordset(${JSON.stringify(body.features)}::json) as sent(id integer, geometry json)
        on sent.id = idea_id
      cross join lateral (select ST_GeomFromGeoJSON(geometry) as raw) g
      where ST_HausdorffDistance(geom, case ${name}
        when 'CRS84' then ST_Transform(ST_SetSRID(raw, 4326), 25832)
        when 'EPSG:4326' then ST_Transform(ST_SetSRID(ST_FlipCoordinates(raw), 4326), 25832)
        else ST_SetSRID(raw, 25832) end) < 0.011`.execute(t.deps.db)
    expect(rows[0]?.count).toBe(data.shown.length)
  })

  it('lie in the box, by the geometry and not by its own box, whatever system the box is in', async () => {
    const inside = async (parameters: Record<string, string>) =>
      (await items(parameters)).features.map(({ properties }) => properties.title)
    const metres = { 'bbox-crs': CRS_URIS['EPSG:25832'] }
    expect(await inside({ ...metres, bbox: '711195,6181195,711300,6181300' })).toEqual(['Flade'])
    // Inside the bounding box of the bent line, but off it.
    expect(await inside({ ...metres, bbox: '711048,6181002,711052,6181006' })).toEqual([])
    expect(await inside({ ...metres, bbox: '711050.25,6181033.5,711050.25,6181033.5' })).toEqual(['Linje'])
    const { rows } = await sql<{ w: number; s: number; e: number; n: number }>`
      select ST_XMin(g) as w, ST_YMin(g) as s, ST_XMax(g) as e, ST_YMax(g) as n
      from (select ST_Transform(ST_MakeEnvelope(711210, 6181210, 711250, 6181250, 25832), 4326) as g) box`.execute(t.deps.db)
    const { w, s, e, n } = rows[0] as { w: number; s: number; e: number; n: number }
    expect(await inside({ bbox: `${w},${s},${e},${n}` })).toEqual(['Flade'])
    expect(await inside({ bbox: `${w},${s},0,${e},${n},99` })).toEqual(['Flade'])
    expect(await inside({ 'bbox-crs': CRS_URIS['EPSG:4326'], bbox: `${s},${w},${n},${e}` })).toEqual(['Flade'])
    expect(await inside({ bbox: `${s},${w},${n},${e}` })).toEqual([])
    expect(await inside({ bbox: '170,-90,13,90' })).toHaveLength(data.shown.length)
    expect(await inside({ bbox: '-180,-90,180,90' })).toHaveLength(data.shown.length)
    expect(await inside({ ...metres, bbox: '-1e300,-1e300,1e300,1e300' })).toHaveLength(data.shown.length)
  })

  it('are found by when they were made, to the end of the interval and of the day', async () => {
    const at = async (id: number, instant: string) =>
      t.deps.db.updateTable('idea').set({ created_at: instant }).where('idea_id', '=', id).execute()
    const [first, second, ...others] = data.shown as [number, number, ...number[]]
    await at(first, '2024-03-01T10:00:00.000Z')
    // The evening of the first of March in UTC, half past midnight on the second in Copenhagen.
    await at(second, '2024-03-01T23:30:00.000Z')
    for (const other of others) await at(other, '2026-05-04T10:00:00.000Z')
    const when = async (datetime: string) => (await items({ datetime })).features.map(({ id }) => id)
    expect(await when('2024-03-01')).toEqual([first])
    expect(await when('2024-03-02')).toEqual([second])
    expect(await when('2024-03-01T10:00:00Z')).toEqual([first])
    expect(await when('2024-03-01T11:00:00+01:00')).toEqual([first])
    expect(await when('2024-03-01T10:00:00.001Z/2024-03-01T23:30:00Z')).toEqual([second])
    expect(await when('../2024-12-31')).toEqual([first, second])
    expect(await when('2025-01-01/..')).toEqual(others)
  })

  it('know of openings what their sources know: a year, a month or a day', async () => {
    const opened = await t.deps.db.selectFrom('installation').select(['installation_id', 'opened']).orderBy('installation_id').execute()
    const found = async (datetime: string, collection: string) => (await items({ datetime }, collection)).features.map(({ id }) => id)
    for (const year of ['2016', '2018', '2019', '2030']) {
      const expected = opened.filter((row) => row.opened.startsWith(year)).map((row) => row.installation_id)
      expect(await found(`${year}-01-01/${year}-12-31`, 'installations'), year).toEqual(expected)
    }
    expect(await found('2024-01-01/..', 'districts')).toHaveLength(4)
    expect(await found('../1999-01-01', 'districts')).toEqual([])
    // Without any moment nothing is left out.
    expect(await found('1990-01-01', 'constraints-par3')).toHaveLength(2)
  })

  it('are found by the properties that may be asked by', async () => {
    expect((await items({ category: 'path' })).features.map(({ properties }) => properties.title)).toEqual(['Linje'])
    expect((await items({ round_year: '2025' })).numberMatched).toBe(0)
    expect((await items({ is_demo: 'true' })).numberMatched).toBe(0)
    expect((await items({ label: 'Sø' }, 'constraints-par3')).numberMatched).toBe(1)
    expect((await items({ outcome: "won' or true --" }, 'projects')).numberMatched).toBe(0)
  })

  it('without a place are there, with none', async () => {
    const placeless = (await items({}, 'projects')).features.filter(({ geometry }) => geometry === null)
    expect(placeless.length).toBeGreaterThan(0)
  })

  it('have a page of their own', async () => {
    const [id] = data.shown
    const response = await read(`${ITEMS}/${id}${query({ crs: CRS_URIS['EPSG:25832'] })}`)
    const feature = featureSchema.parse(await bodyOf(response))
    expect(feature).toMatchObject({ id, geometry: { type: 'Point', coordinates: [711_000, 6_181_000.5] } })
    expect(response.headers.get('content-crs')).toBe(`<${CRS_URIS['EPSG:25832']}>`)
    expect(pathOf(linkTo(feature.links, 'collection'))).toContain('/ogc/collections/ideas')
  })

  it('turn their rings as RFC 7946 wants', async () => {
    const { features } = await items({ category: 'green' })
    const polygon = features.find(({ geometry }) => geometry?.type === 'Polygon')?.geometry as { coordinates: [number, number][][] }
    const [ring = []] = polygon.coordinates
    const twice = ring.slice(1).reduce((sum, [x, y], index) => {
      const [beforeX, beforeY] = ring[index] as [number, number]
      return sum + beforeX * y - x * beforeY
    }, 0)
    expect(twice).toBeGreaterThan(0)
  })
})

describe('what is refused', () => {
  it.each([
    `${ITEMS}?x=1`,
    `${ITEMS}?person_id=1`,
    `${ITEMS}?title=a`,
    `${ITEMS}?limit=0`,
    `${ITEMS}?limit=1&limit=2`,
    `${ITEMS}?bbox=1,2,3`,
    `${ITEMS}?bbox=12,56,13,55`,
    `${ITEMS}?bbox-crs=EPSG:25832`,
    `${ITEMS}?crs=http://www.opengis.net/def/crs/EPSG/0/3857`,
    `${ITEMS}?datetime=yesterday`,
    `${ITEMS}?datetime=../..`,
    `${ITEMS}?round_year=this`,
    `${ITEMS}?after=a`,
    `${ITEMS}?after=1&before=2`,
    `${ITEMS}?f=gml`,
    `${ITEMS}?lang=de`,
    `${ITEMS}/1?crs=x`,
    `${ITEMS}/1?bbox=1,2,3,4`,
    '/ogc?limit=1',
    '/ogc/collections?crs=x',
    '/ogc/conformance?x',
    '/ogc/api?f=yaml',
  ])('%s with 400 and the parameter’s name', async (path) => {
    const response = await t.send('GET', path)
    const body = await bodyOf(response)
    expect([response.status, body.kind]).toEqual([400, 'malformed-request'])
    expect(path).toContain(body.errors[0].pointer)
  })

  it.each([
    '/ogc/collections/person',
    '/ogc/collections/constraints-ejerskab/items',
    '/ogc/collections/constraints-par18',
    '/ogc/collections/__proto__',
    `${ITEMS}/abc`,
    `${ITEMS}/99999999999`,
    '/ogc/collections/projects/items/%00',
  ])('%s with 404', async (path) => expect((await t.send('GET', path)).status).toBe(404))

  it('what is not public, as if it were not there', async () => {
    for (const id of [data.hidden, data.withdrawn]) expect((await t.send('GET', `${ITEMS}/${id}`)).status).toBe(404)
  })
})

describe('pages', () => {
  it.each([
    '/ogc',
    '/ogc/conformance',
    '/ogc/api',
    '/ogc/collections',
    '/ogc/collections/ideas',
    `${ITEMS}?limit=2`,
    '/ogc/collections/projects/items/2018-haren-i-aadalen',
  ])('%s is a page in both languages, without anything the policy forbids', async (path) => {
    for (const [language, header] of [
      ['da', 'da-DK,da;q=0.9'],
      ['en', 'en-GB,en;q=0.9,da;q=0.1'],
    ] as const) {
      const response = await read(path, { Accept: 'text/html,*/*;q=0.8', 'Accept-Language': header })
      const html = await response.text()
      expect(response.headers.get('content-type')).toContain('text/html')
      expect(response.headers.get('content-language')).toBe(language)
      expect(html).toContain(`<html lang="${language}">`)
      expect(html.match(/<h1>/g)).toHaveLength(1)
      expect(html).not.toMatch(/<script|style="|\son\w+=|undefined|\[object/)
      for (const [, href] of html.matchAll(/href="([^"]+)"/g)) {
        const address = (href as string).replaceAll('&amp;', '&').replace(t.deps.config.baseUrl, '')
        if (address.startsWith('/ogc')) await read(address)
      }
    }
  })

  it('show texts as texts', async () => {
    const [id] = data.shown
    await t.deps.db
      .updateTable('idea')
      .set({ title: '<img src=x onerror=alert(1)>' })
      .where('idea_id', '=', id as number)
      .execute()
    for (const path of [`${ITEMS}?f=html`, `${ITEMS}/${id}?f=html`]) {
      const html = await (await read(path)).text()
      expect(html).toContain('&lt;img src=x')
      expect(html).not.toContain('<img')
    }
  })
})

describe('the description', () => {
  it('is OpenAPI 3.0 with every collection, its properties and their meaning from the database', async () => {
    const document = await bodyOf(await read('/ogc/api?f=json&lang=en'))
    expect(document.openapi).toMatch(/^3\.0\./)
    const get = document.paths['/collections/ideas/items'].get
    const named = get.parameters.map((one: { name?: string; $ref?: string }) => one.name ?? one.$ref?.split('/').at(-1))
    expect(named).toEqual(expect.arrayContaining(['limit', 'bbox', 'bbox-crs', 'crs', 'datetime', 'category', 'round_year']))
    expect(document.components.schemas.ideas.properties.properties.properties.wished_amount_dkk).toEqual({
      type: 'integer',
      nullable: true,
      description: 'Wished amount in whole kroner',
    })
    for (const [, name] of JSON.stringify(document).matchAll(/#\/components\/parameters\/([\w-]+)/g)) {
      expect(document.components.parameters[name as string]).toBeDefined()
    }
    for (const path of Object.keys(document.paths).filter((one) => !one.includes('{'))) await read(`/ogc${path === '/' ? '' : path}`)
  })
})

describe('the published views', () => {
  it('have a comment in both languages on each column that leaves', async () => {
    const { rows } = await sql<{ name: string; comment: string | null }>`
      select c.relname || '.' || a.attname as name, col_description(c.oid, a.attnum) as comment
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relkind = 'v' and c.relname like 'published%' and c.relname <> 'published_constraint_layer'`.execute(t.deps.db)
    expect(rows.length).toBeGreaterThan(60)
    for (const { name, comment } of rows) expect(comment, name).toMatch(/^[^|]{3,} \| [^|]{3,}$/)
  })

  it('know no table of people, sessions or texts inside the house', async () => {
    const { rows } = await sql<{ name: string }>`
      select distinct source.relname as name from pg_depend d
      join pg_rewrite w on w.oid = d.objid and d.classid = 'pg_rewrite'::regclass
      join pg_class v on v.oid = w.ev_class and v.relname like 'published%'
      join pg_class source on source.oid = d.refobjid and d.refclassid = 'pg_class'::regclass and source.oid <> v.oid order by 1`.execute(
      t.deps.db,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'assessment',
      'assessment_answer',
      'constraint_dataset',
      'constraint_feature',
      'constraint_layer',
      'current_district_area',
      'district',
      'district_version',
      'idea',
      'installation',
      'installation_project',
      'project',
      'published_constraint_layer',
      'round',
    ])
  })
})

it('is open to other sites and not sent twice', async () => {
  const { headers } = await read(ITEMS)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-expose-headers')).toContain('Content-Crs')
  expect(headers.get('vary')).toContain('Accept-Language')
  const again = await t.send('GET', ITEMS, { headers: { 'If-None-Match': headers.get('etag') ?? '' } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})
