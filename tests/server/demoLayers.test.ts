import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearDemo } from '../../data/demo/clear.ts'
import { drawDemoLayers } from '../../data/demo/constraints/drawLayers.ts'
import { DEMO_SOURCE, loadDemoConstraints } from '../../data/demo/constraints/load.ts'
import { loadDemo } from '../../data/demo/load.ts'
import { replaceLayerData } from '../../server/constraints/import.ts'
import type { CheckResult } from '../../server/feasibility/contract.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import { bodyOf, createTestApp, type TestApp, testClock } from '../setup/app.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

let app: TestApp
let database: TestDatabase
const clock = testClock('2026-11-23T10:00:00Z')
const silent = () => {}
beforeAll(async () => {
  app = await createTestApp({}, clock)
  database = app.database
})
afterAll(() => app.close())

/** What the check says of the tower at the invented lake. */
async function checkAtTheLake(): Promise<CheckResult> {
  const body = { geometry: { type: 'Point', coordinates: [12.4068, 55.7318] } }
  return bodyOf(await app.send('POST', '/api/feasibility/check?language=da', { body }))
}

async function statuses() {
  const { rows } = await sql<{ layer: string; is_demo: boolean | null; attempted: boolean; features: number; source: string | null }>`
    select l.layer_id as layer, d.is_demo, l.attempted_at is not null as attempted, d.source,
      (select count(*)::integer from constraint_feature f where f.layer_id = l.layer_id) as features
    from constraint_layer l left join constraint_dataset d on d.constraint_dataset_id = l.current_dataset_id order by 1`.execute(
    database.db,
  )
  return rows
}
const loaded = async () => (await statuses()).filter(({ features }) => features > 0)

const loadReal = (layerId: string, sourceKind: 'file' | 'demo' = 'file') =>
  database.db
    .transaction()
    .execute((trx) =>
      replaceLayerData(trx, { layerId, source: 'x', sourceKind, datasetDate: null, loadedAt: clock.now(), checksum: 'x', report: {} }, [
        { sourceId: null, label: 'Ægte', applies: true, properties: {}, geometry: { type: 'Point', coordinates: [711_063, 6_181_573] } },
      ]),
    )

describe('the drawing', () => {
  test('is the same every time, about 300 features over at least nine layers, each marked', () => {
    const layers = drawDemoLayers()
    expect(JSON.stringify([...drawDemoLayers()])).toBe(JSON.stringify([...layers]))
    const features = [...layers.values()].flat()
    expect(layers.size).toBeGreaterThanOrEqual(9)
    expect(features.length).toBeGreaterThan(250)
    expect(features.length).toBeLessThan(420)
    expect(features.filter(({ label }) => !label?.endsWith('(eksempel)'))).toEqual([])
    expect(JSON.stringify(features).length).toBeLessThan(300_000)
  })
})

describe('example layers', () => {
  test('are refused outside the embedded database, by the code and by the database', async () => {
    await expect(database.db.transaction().execute((trx) => loadDemoConstraints(trx, false, clock.now()))).rejects.toThrow(
      /only loaded into the embedded database/,
    )
    await expect(loadDemo(database.db, false, clock, silent)).rejects.toThrow(/only loaded into the embedded database/)
    // Whatever the code believes: without a demo round the database takes none.
    await expect(loadReal('par3', 'demo')).rejects.toThrow(/beside a demo round only/)
    await expect(database.db.transaction().execute((trx) => loadDemoConstraints(trx, true, clock.now()))).rejects.toThrow(
      /beside a demo round only/,
    )
    expect(await loaded()).toEqual([])
  })

  test('come with the demo round, leave real data alone, and say what they are', async () => {
    await loadReal('bane')
    await loadDemo(database.db, true, clock, silent)
    const layers = await loaded()
    expect(layers.length).toBeGreaterThanOrEqual(9)
    expect(layers.find(({ layer }) => layer === 'bane')).toMatchObject({ is_demo: false, features: 1 })
    const examples = layers.filter(({ layer }) => layer !== 'bane')
    expect(new Set(examples.map(({ is_demo, source }) => `${is_demo} ${source}`))).toEqual(new Set([`true ${DEMO_SOURCE}`]))
    const { findings, datasets, notChecked } = await checkAtTheLake()
    expect(findings.map(({ layerId, isDemo }) => [layerId, isDemo])).toEqual(expect.arrayContaining([['par16soe', true]]))
    expect(datasets.filter(({ isDemo }) => isDemo).length).toBe(examples.length)
    expect(notChecked).not.toContain('ejerskab')
  })

  test('leave no place of the municipality unowned or without a zone, and none to two owners', async () => {
    const { rows } = await sql<{ layer: string; uncovered: number; twice: number }>`
      select layer_id as layer,
        ST_Area(ST_Difference((select ST_Union(geom, 0.0001) from current_district_area), ST_Union(geom, 0.0001), 0.0001)) as uncovered,
        sum(ST_Area(geom)) - ST_Area(ST_Union(geom, 0.0001)) as twice
      from constraint_feature where layer_id in ('ejerskab', 'landzone') group by 1 order by 1`.execute(database.db)
    expect(rows.map(({ layer }) => layer)).toEqual(['ejerskab', 'landzone'])
    for (const { uncovered, twice } of rows) {
      expect(uncovered).toBe(0)
      expect(Math.abs(twice)).toBeLessThan(1)
    }
  })

  test('give the ideas of the demo something to tell: most on municipal land, some not, some near nature', async () => {
    const { rows } = await sql<{ municipal: number; foreign: number; nature: number; ideas: number }>`
      select count(*)::integer as ideas,
        count(*) filter (where exists (select from constraint_feature f where f.layer_id = 'ejerskab' and not f.applies and ST_Covers(f.geom, i.label_point)))::integer as municipal,
        count(*) filter (where exists (select from constraint_feature f where f.layer_id = 'ejerskab' and f.applies and ST_Covers(f.geom, i.label_point)))::integer as foreign,
        count(*) filter (where exists (select from constraint_feature f where f.layer_id in ('par3', 'par16soe', 'fredning') and ST_Intersects(f.geom, i.geom)))::integer as nature
      from idea i`.execute(database.db)
    const { ideas, municipal, foreign, nature } = rows[0] as { ideas: number; municipal: number; foreign: number; nature: number }
    expect(municipal).toBeGreaterThan(ideas / 2)
    expect(foreign).toBeGreaterThan(4)
    expect(nature).toBeGreaterThan(2)
  })

  test('are loaded once, and renewed before they count as stale', async () => {
    const ids = async () =>
      (await database.db.selectFrom('constraint_layer').select('current_dataset_id').where('layer_id', '=', 'par3').executeTakeFirst())
        ?.current_dataset_id
    const before = await ids()
    await loadDemo(database.db, true, clock, silent)
    expect(await ids()).toBe(before)
    clock.set('2026-12-20T10:00:00Z')
    await loadDemo(database.db, true, clock, silent)
    expect(await ids()).not.toBe(before)
    const counts = await loaded()
    expect(counts.find(({ layer }) => layer === 'par16soe')?.features).toBe(2)
  })

  test('a demo round cannot go without them; demo:clear takes both and leaves the layers never loaded', async () => {
    await expect(sql`update round set is_demo = false where is_demo`.execute(database.db)).rejects.toThrow(/beside a demo round only/)
    const said: string[] = []
    await clearDemo(database.db, createFolderStorage(database.config.storageDir), (line) => said.push(line))
    expect(said.some((line) => /example data of \d+ constraint layers; they count as not checked/.test(line))).toBe(true)
    expect((await loaded()).map(({ layer }) => layer)).toEqual(['bane'])
    expect((await statuses()).filter(({ attempted }) => attempted).map(({ layer }) => layer)).toEqual(['bane'])
    const { findings, partial, notChecked } = await checkAtTheLake()
    expect([findings, partial]).toEqual([[], true])
    expect(notChecked).toEqual(expect.arrayContaining(['ejerskab', 'landzone', 'par3', 'par16soe']))
  })
})
