import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertIdeas } from '../builders/ideaRows.ts'
import { buildPublicData, type PublicData } from '../builders/publicData.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'
import { gdal, readWithGdal, requireGdal } from '../setup/gdalClient.ts'

let t: TestApp
let data: PublicData
let folder: string
let abandoned: string
beforeAll(async () => {
  requireGdal()
  // As a process leaves it that was killed two hours ago.
  abandoned = mkdtempSync(join(tmpdir(), 'bm-export-'))
  utimesSync(abandoned, Date.now() / 1000 - 7_200, Date.now() / 1000 - 7_200)
  folder = mkdtempSync(join(tmpdir(), 'bm-read-'))
  t = await createTestApp()
  data = await buildPublicData(t.deps.db)
  await t.deps.db
    .updateTable('idea')
    .set({ title: '=HYPERLINK("http://evil.example")', description: 'Første linje,\nanden "linje" æøå', wished_amount_dkk: 12_000 })
    .where('idea_id', '=', data.shown[0] as number)
    .execute()
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await t.close()
})
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

const get = (format: string, year = 2026, headers = {}) => t.send('GET', `/api/rounds/${year}/export.${format}`, { headers })

async function fetchFile(format: string, year = 2026): Promise<string> {
  const response = await get(format, year)
  expect([format, response.status, response.ok ? '' : await response.text()]).toEqual([format, 200, ''])
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="borgermillionen-${year}.${format}"`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const length = response.headers.get('content-length')
  if (length !== null) expect(Number(length)).toBe(bytes.length)
  const file = join(folder, `${year}.${format}`)
  writeFileSync(file, bytes)
  return file
}

async function count(view: string, where: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(view)} where ${sql.raw(where)}`.execute(t.deps.db)
  return rows[0]?.count ?? 0
}

async function columnsOf(...views: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct attname::text as name from pg_attribute
    where attrelid = any(${views}::regclass[]) and attnum > 0 and attname <> 'geom' order by 1`.execute(t.deps.db)
  return rows.map(({ name }) => name)
}

/** How many of the ideas that were read lie where the database has them, to a centimetre. */
async function countInPlace(
  features: readonly { properties: Record<string, unknown>; geometry: unknown }[],
  srid: number,
): Promise<number> {
  const sent = features.map(({ properties, geometry }) => ({ id: properties.idea_id, geometry }))
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from json_to_recordset(${JSON.stringify(sent)}::json) as sent(id integer, geometry json) join idea on idea_id = id
    where ST_HausdorffDistance(geom, ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(geometry), ${sql.lit(srid)}), 25832)) < 0.011`.execute(
    t.deps.db,
  )
  return rows[0]?.count ?? 0
}

describe('the GeoPackage', () => {
  const layers: [string, string, string, string][] = [
    ['districts', 'published_district', 'true', 'Multi Polygon'],
    ['ideas_points', 'published_idea', "round_year = 2026 and GeometryType(geom) = 'POINT'", 'Point'],
    ['ideas_lines', 'published_idea', "round_year = 2026 and GeometryType(geom) = 'LINESTRING'", 'Line String'],
    ['ideas_polygons', 'published_idea', "round_year = 2026 and GeometryType(geom) = 'POLYGON'", 'Polygon'],
    ['projects', 'published_project', 'round_year = 2026', 'Point'],
    ['installations', 'published_installation', '2026 = any(round_years)', 'Point'],
  ]

  it('holds every layer with its count, kind of geometry, system, columns and what they mean', async () => {
    const file = await fetchFile('gpkg')
    for (const [layer, view, where, geometry] of layers) {
      const said = await gdal('ogrinfo', '-so', file, layer)
      expect(said).toContain(`Feature Count: ${await count(view, where)}`)
      expect(said).toContain(`Geometry: ${geometry}\n`)
      expect(said).toMatch(/ID\["EPSG",25832\]\]\nData axis/)
      const columns = [...said.matchAll(/^(\w+): \w+(\(\w+\))? \(/gm)].map(([, name]) => name)
      expect(columns.sort(), layer).toEqual(await columnsOf(view))
    }
    const described = await gdal('ogrinfo', '-q', file, '-sql', 'select * from gpkg_data_columns')
    expect(described).toContain('description (String) = Ønsket beløb i hele kroner | Wished amount in whole kroner')
    expect(described.match(/OGRFeature/g)?.length).toBeGreaterThan(80)
    const contents = await gdal('ogrinfo', '-q', file, '-sql', 'select * from gpkg_contents')
    expect(contents).toContain('description (String) = Borgernes idéer')
  })

  it('holds a real round too, with projects that have no place and the installations that came of it', async () => {
    const file = await fetchFile('gpkg', 2018)
    const projects = await readWithGdal(file, 'projects')
    expect(projects).toHaveLength(await count('published_project', 'round_year = 2018'))
    expect(projects.filter(({ geometry }) => geometry === null)).toHaveLength(
      await count('published_project', 'round_year = 2018 and geom is null'),
    )
    expect(await readWithGdal(file, 'installations')).toHaveLength(await count('published_installation', '2018 = any(round_years)'))
  })

  it('has geometries and texts as the database has them', async () => {
    const file = await fetchFile('gpkg')
    const ideas = (await Promise.all(['ideas_points', 'ideas_lines', 'ideas_polygons'].map((layer) => readWithGdal(file, layer)))).flat()
    expect(await countInPlace(ideas, 25832)).toBe(data.shown.length)
    const first = ideas.find(({ properties }) => properties.idea_id === data.shown[0])
    expect(first?.properties).toMatchObject({ description: 'Første linje,\nanden "linje" æøå', wished_amount_dkk: 12_000, is_demo: false })
  })
})

describe('the other files', () => {
  it('FlatGeobuf holds ideas and projects in one layer, in EPSG:25832', async () => {
    const file = await fetchFile('fgb')
    expect(await gdal('ogrinfo', '-so', '-al', file)).toMatch(/ID\["EPSG",25832\]\]\nData axis/)
    const features = await readWithGdal(file)
    expect(features).toHaveLength(data.shown.length)
    expect(await countInPlace(features, 25832)).toBe(data.shown.length)
    expect(await readWithGdal(await fetchFile('fgb', 2018))).toHaveLength(await count('published_project', 'round_year = 2018'))
  })

  it('GeoJSON is RFC 7946 and holds every column of both', async () => {
    const file = await fetchFile('geojson')
    const features = await readWithGdal(file)
    expect(await countInPlace(features, 4326)).toBe(data.shown.length)
    const body = await bodyOf(await get('geojson', 2018))
    expect(body.crs).toBeUndefined()
    expect(body.features).toHaveLength(await count('published_project', 'round_year = 2018'))
    expect(Object.keys(body.features[0].properties).sort()).toEqual(['collection', ...(await columnsOf('published_project'))].sort())
    const idea = (await bodyOf(await get('geojson'))).features[0]
    expect(Object.keys(idea.properties).sort()).toEqual(['collection', ...(await columnsOf('published_idea'))].sort())
  })

  it('CSV holds every column of both with the place as text and numbers, and no formula', async () => {
    const file = await fetchFile('csv')
    const features = await readWithGdal(file)
    expect(Object.keys(features[0]?.properties ?? {}).sort()).toEqual(
      [...new Set([...(await columnsOf('published_idea', 'published_project')), 'collection', 'wkt', 'lon', 'lat'])].sort(),
    )
    expect(await countInPlace(features, 4326)).toBe(data.shown.length)
    const first = features.find(({ properties }) => properties.idea_id === String(data.shown[0]))
    expect(first?.properties).toMatchObject({
      title: '\'=HYPERLINK("http://evil.example")',
      description: 'Første linje,\nanden "linje" æøå',
      wished_amount_dkk: '12000',
    })
    expect(Number(first?.properties.lon)).toBeCloseTo(12.36, 0)
    expect(await readWithGdal(await fetchFile('csv', 2018))).toHaveLength(await count('published_project', 'round_year = 2018'))
  })
})

it('what a killed process left is removed', async () => {
  expect((await get('fgb')).status).toBe(200)
  expect(existsSync(abandoned)).toBe(false)
})

describe('how they are sent', () => {
  it.each(['gpkg', 'fgb', 'geojson', 'csv'])(
    '%s is open to other sites, has a tag, and a round that is not there is 404',
    async (format) => {
      const { headers } = await get(format)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      const again = await get(format, 2026, { 'If-None-Match': headers.get('etag') ?? '' })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect((await get(format, 2099)).status).toBe(404)
      const head = await t.send('HEAD', `/api/rounds/2026/export.${format}`)
      expect([head.status, await head.text()]).toEqual([200, ''])
    },
  )

  it('a change makes a new file, and who asked for the old one is told', async () => {
    const before = (await get('gpkg')).headers.get('etag') ?? ''
    const [added] = await insertIdeas(t.deps.db, [{ title: 'Ny idé', wkt: 'POINT(711500 6181500)' }])
    const after = await get('gpkg', 2026, { 'If-None-Match': before })
    expect(after.status).toBe(200)
    expect(Buffer.from(await after.arrayBuffer()).includes('Ny idé')).toBe(true)
    await t.deps.db
      .deleteFrom('idea')
      .where('idea_id', '=', added as number)
      .execute()
  })

  it('texts are compressed on the way for who takes that, and not gathered before', async () => {
    const plain = await (await get('geojson')).text()
    const response = await get('geojson', 2026, { 'Accept-Encoding': 'gzip, br' })
    expect([response.headers.get('content-encoding'), response.headers.get('content-length')]).toEqual(['gzip', null])
    expect(gunzipSync(new Uint8Array(await response.arrayBuffer())).toString()).toBe(plain)
    expect((await get('csv', 2026, { 'Accept-Encoding': 'br' })).headers.get('content-encoding')).toBeNull()
  })

  it('reading stops with the reader, row by row', async () => {
    const rows = Array.from({ length: 2_600 }, (_item, index) => ({ title: `Mange ${index}`, wkt: `POINT(${711_000 + index} 6181000)` }))
    const ids = await insertIdeas(t.deps.db, rows)
    const response = await get('geojson')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    let pieces = 0
    for (; pieces < 2; pieces++) await reader.read()
    await reader.cancel()
    const whole = await bodyOf(await get('geojson'))
    expect(whole.features).toHaveLength(data.shown.length + rows.length)
    expect(new Set(whole.features.map(({ id }: { id: string }) => id)).size).toBe(whole.features.length)
    await sql`delete from idea where idea_id = any(${ids}::integer[])`.execute(t.deps.db)
  })

  it('asked for by many at once, a file is written once; too many different ones wait or are told to', { timeout: 90_000 }, async () => {
    await insertIdeas(t.deps.db, [{ title: 'Til sidst', wkt: 'POINT(711500 6181500)' }])
    const same = await Promise.all(Array.from({ length: 6 }, () => get('gpkg')))
    const bodies = await Promise.all(same.map(async (response) => Buffer.from(await response.arrayBuffer()).toString('base64')))
    // A package carries the moment it was written: equal bytes were written once.
    expect(new Set(bodies).size).toBe(1)
    const years = [2013, 2015, 2017, 2018, 2021]
    const many = await Promise.all(years.flatMap((year) => [get('fgb', year), get('gpkg', year)]))
    const answered = Map.groupBy(many, ({ status }) => status)
    expect([...answered.keys()].every((status) => status === 200 || status === 429 || status === 404)).toBe(true)
    expect(answered.get(429)?.length).toBeGreaterThan(0)
    expect(answered.get(429)?.[0]?.headers.get('retry-after')).toBe('20')
    expect((await get('gpkg', 2015)).status).toBe(200)
  })

  it('is limited per address', async () => {
    const statuses = new Set<number>()
    for (let turn = 0; turn < 62; turn++) statuses.add((await t.send('HEAD', '/api/rounds/2026/export.csv')).status)
    expect([...statuses]).toEqual([200, 429])
  })
})
