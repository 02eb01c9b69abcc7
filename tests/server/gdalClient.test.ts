import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CRS_URIS } from '../../server/ogc/contract.ts'
import { buildPublicData, type PublicData } from '../builders/publicData.ts'
import { createTestApp, type TestApp } from '../setup/app.ts'
import { gdal, type ReadFeature, readWithGdal, requireGdal } from '../setup/gdalClient.ts'

// GDAL is what QGIS reads with: what it understands of our answers is compared with the database.

const VIEWS: Record<string, [view: string, id: string, where?: string]> = {
  districts: ['published_district', 'district_id'],
  ideas: ['published_idea', 'idea_id'],
  'ideas-points': ['published_idea', 'idea_id', "shape = 'point'"],
  'ideas-lines': ['published_idea', 'idea_id', "shape = 'line'"],
  'ideas-areas': ['published_idea', 'idea_id', "shape = 'area'"],
  projects: ['published_project', 'project_id'],
  installations: ['published_installation', 'installation_id'],
  'constraints-par3': ['published_constraint_feature', 'constraint_feature_id'],
}

let t: TestApp
let server: Server
let data: PublicData
let base: string
const asked: string[] = []
beforeAll(async () => {
  requireGdal()
  let listener: Parameters<typeof createServer>[1] & {} = () => {}
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    listener(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  t = await createTestApp({ BASE_URL: base })
  data = await buildPublicData(t.deps.db, 30)
  listener = getRequestListener(t.app.fetch)
}, 120_000)
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await t.close()
})

const service = () => `OAPIF:${base}/ogc`

async function countIn(view: string, where = 'true'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(view)} where ${sql.raw(where)}`.execute(t.deps.db)
  return rows[0]?.count ?? 0
}

/** How many features have in the database the geometry that was read (to a centimetre), or none where none was read. */
async function countSame(collection: string, features: readonly ReadFeature[], srid: number): Promise<number> {
  const [view, id] = VIEWS[collection] as [string, string]
  const sent = features.map(({ properties, geometry }) => ({ name: String(properties[id]), geometry }))
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from json_to_recordset(${JSON.stringify(sent)}::json) as sent(name text, geometry json)
    join ${sql.table(view)} v on v.${sql.id(id)}::text = sent.name
    cross join lateral (select ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(nullif(sent.geometry::text, 'null')), ${sql.lit(srid)}), 25832) as read) g
    where (v.geom is null and g.read is null) or ST_HausdorffDistance(v.geom, g.read) < 0.011`.execute(t.deps.db)
  return rows[0]?.count ?? 0
}

describe('GDAL, asked for the service', () => {
  it('lists the collections by name and title', async () => {
    const said = await gdal('ogrinfo', '-so', service())
    for (const name of Object.keys(VIEWS)) expect(said).toMatch(new RegExp(`^\\d+: ${name} `, 'm'))
    expect(said).not.toContain('ejerskab')
  })

  it.each(Object.keys(VIEWS))('counts the features of %s as the database does, with extent and description', async (name) => {
    const said = await gdal('ogrinfo', '-so', service(), name)
    const [view, , where] = VIEWS[name] as [string, string, string?]
    expect(said).toContain(`Feature Count: ${await countIn(view, where)}`)
    expect(said).toMatch(/Extent: \(12\.\d+, 55\.\d+\) - \(12\.\d+, 55\.\d+\)/)
    expect(said).toMatch(/DESCRIPTION=.{10}/)
    expect(said).toContain('ID["EPSG",4326]')
  })

  it.each(Object.keys(VIEWS))('reads %s page by page, each feature once, each where it lies', async (name) => {
    asked.length = 0
    const features = await readWithGdal(service(), name, '-oo', 'PAGE_SIZE=7')
    const [view, id, where] = VIEWS[name] as [string, string, string?]
    const count = await countIn(view, where)
    expect(new Set(features.map(({ properties }) => properties[id])).size).toBe(count)
    expect(features).toHaveLength(count)
    expect(await countSame(name, features, 4326)).toBe(count)
    const pages = asked.filter((url) => url.includes(`/collections/${name}/items`) && url.includes('limit=7'))
    expect(pages.length).toBeGreaterThanOrEqual(Math.ceil(count / 7))
  })

  it('keeps the kinds of columns', async () => {
    const said = await gdal('ogrinfo', '-so', service(), 'ideas')
    for (const line of [
      'idea_id: Integer',
      'is_demo: Integer(Boolean)',
      'title: String',
      'created_at: DateTime',
      'spans_districts: StringList',
    ])
      expect(said).toContain(line)
  })

  it('asks for a box and gets what lies in it', async () => {
    const { rows } = await sql<{ w: number; s: number; e: number; n: number }>`
      select ST_XMin(g) as w, ST_YMin(g) as s, ST_XMax(g) as e, ST_YMax(g) as n
      from (select ST_Transform(ST_MakeEnvelope(711100, 6181050, 711500, 6181200, 25832), 4326) as g) box`.execute(t.deps.db)
    const { w, s, e, n } = rows[0] as { w: number; s: number; e: number; n: number }
    asked.length = 0
    const features = await readWithGdal(service(), 'ideas', '-spat', String(w), String(s), String(e), String(n), '-oo', 'PAGE_SIZE=5')
    const inside = `ST_Intersects(geom, ST_Transform(ST_MakeEnvelope(${w}, ${s}, ${e}, ${n}, 4326), 25832))`
    expect(features).toHaveLength(await countIn('published_idea', inside))
    expect(features.length).toBeGreaterThan(5)
    expect(features.length).toBeLessThan(data.shown.length)
    expect(asked.some((url) => url.includes('bbox='))).toBe(true)
  })

  it('lets the server filter by a property', async () => {
    asked.length = 0
    const features = await readWithGdal(service(), 'ideas', '-where', "category = 'play'")
    expect(features).toHaveLength(await countIn('published_idea', "category = 'play'"))
    expect(asked.some((url) => url.includes('category=play'))).toBe(true)
  })

  it('copies every layer of one kind of geometry into a GeoPackage without a warning', async () => {
    const file = `${t.deps.config.localDir}/copy.gpkg`
    const names = Object.keys(VIEWS).filter((name) => name !== 'ideas')
    await gdal('ogr2ogr', '-f', 'GPKG', '-mapFieldType', 'StringList=String,IntegerList=String', file, service(), ...names)
    for (const name of names) {
      const [view, , where] = VIEWS[name] as [string, string, string?]
      expect(await gdal('ogrinfo', '-so', file, name)).toContain(`Feature Count: ${await countIn(view, where)}`)
    }
  })
})

describe('GDAL, asked for items in the system they are stored in', () => {
  it.each(Object.keys(VIEWS))('reads %s in EPSG:25832, by name and to the last digit', async (name) => {
    const address = `${base}/ogc/collections/${name}/items?f=json&limit=10000&crs=${encodeURIComponent(CRS_URIS['EPSG:25832'])}`
    expect(await gdal('ogrinfo', '-so', '-al', address)).toMatch(/ID\["EPSG",25832\]\]\nData axis/)
    const features = await readWithGdal(address)
    const [view, , where] = VIEWS[name] as [string, string, string?]
    expect(features).toHaveLength(await countIn(view, where))
    expect(await countSame(name, features, 25832)).toBe(features.length)
  })
})
