import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { servicesOf } from '../../server/constraints/catalogueFile.ts'
import type { ConstraintCatalogue, ConstraintLayer, LayerChange, LayerVersion } from '../../server/constraints/contract.ts'
import { replaceLayerData } from '../../server/constraints/import.ts'
import { readCatalogue, readCatalogueAt } from '../../server/constraints/service.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const CATALOGUE = '/api/constraint-layers'

let t: TestApp
let planner: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  planner = await t.signIn('planner')
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.deps.db.deleteFrom('rate_limit').execute()
})

async function layer(layerId: string): Promise<ConstraintLayer> {
  const { items } = await t.read<ConstraintCatalogue>(CATALOGUE)
  return items.find((item) => item.layerId === layerId) as ConstraintLayer
}

const change = (layerId: string, body: unknown, as: SignedIn | undefined = planner) =>
  t.send('PATCH', `${CATALOGUE}/${layerId}`, { as, body })

async function changed(layerId: string, body: Partial<LayerChange>): Promise<ConstraintLayer> {
  const { version } = await layer(layerId)
  const response = await change(layerId, { version, reason: 'Efter samtale med Natur', ...body })
  expect(response.status, await response.clone().text()).toBe(200)
  return bodyOf<ConstraintLayer>(response)
}

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [710_000, 6_180_000],
      [710_100, 6_180_000],
      [710_100, 6_180_100],
      [710_000, 6_180_100],
      [710_000, 6_180_000],
    ],
  ],
}

function load(layerId: string, data: { loadedAt: string; datasetDate?: string | null; demo?: boolean }) {
  const { loadedAt, datasetDate = null, demo = false } = data
  const dataset = {
    layerId,
    source: 'mose.gpkg',
    sourceKind: demo ? ('demo' as const) : ('file' as const),
    datasetDate,
    loadedAt: new Date(loadedAt),
    checksum: 'abc',
    report: {},
  }
  const feature = { sourceId: '1', label: 'Mose', applies: true, properties: {}, geometry: square }
  return t.deps.db.transaction().execute((trx) => replaceLayerData(trx, dataset, [feature]))
}

describe('the catalogue', () => {
  it('tells everybody of 31 layers, in order, none of them loaded', async () => {
    const response = await t.send('GET', CATALOGUE)
    expect(response.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=10')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const { catalogueVersion, items } = await bodyOf<ConstraintCatalogue>(response)
    expect(items.map(({ layerNumber }) => layerNumber)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
    expect(items.every(({ data }) => data.status === 'never-loaded' && data.featureCount === null && !data.isDemo)).toBe(true)
    expect(catalogueVersion).toBe(Math.max(...items.map(({ version }) => version)))
    expect(items.find(({ layerId }) => layerId === 'par3')).toMatchObject({
      name: { da: 'Beskyttet natur (§ 3)', en: 'Protected nature (section 3)' },
      lawUrl: 'https://danskelove.dk/naturbeskyttelsesloven/3',
      workOrder: 3,
      warnM: 25,
      severities: { bench: 3, other: 3 },
      verification: { law: 'V', severities: 'J' },
    })
  })

  it('answers 304 to who has it, until something changes', async () => {
    const first = await t.send('GET', CATALOGUE)
    const headers = { 'If-None-Match': first.headers.get('etag') as string }
    expect((await t.send('GET', CATALOGUE, { headers })).status).toBe(304)
    await changed('stoej', { citizenText: { da: 'Her er larm fra vejen.', en: 'There is noise from the road here.' } })
    expect((await t.send('GET', CATALOGUE, { headers })).status).toBe(200)
  })

  it('keeps the services of each layer for the loader and off the wire', async () => {
    const rows = await t.deps.db.selectFrom('constraint_layer').select(['layer_id', 'source']).execute()
    const services = new Map(rows.map((row) => [row.layer_id, servicesOf(row.source)]))
    expect(services.get('jordv')?.map(({ typeNames }) => typeNames[0])).toEqual(['DKJord:View_V1Flader', 'DKJord:View_V2Flader'])
    expect(services.get('lokalplan')?.[0]).toMatchObject({ kind: 'wfs', cql: 'komnr=151', useBbox: false })
    expect(services.get('ler')).toEqual([])
    expect(Object.keys((await layer('jordv')).source).sort()).toEqual(['dataset', 'layer', 'note', 'service'])
  })
})

describe('the data of a layer', () => {
  it('is fresh, grows stale by the clock, fails with a reason and keeps what it had', async () => {
    const now = t.clock.now()
    await load('par3', { loadedAt: now.toISOString(), datasetDate: '2026-05-01' })
    expect((await layer('par3')).data).toEqual({
      status: 'fresh',
      datasetDate: '2026-05-01',
      loadedAt: now.toISOString(),
      featureCount: 1,
      source: 'mose.gpkg',
      isDemo: false,
      checksum: 'abc',
      attemptedAt: now.toISOString(),
      failure: null,
    })
    t.clock.set('2026-08-01T10:00:00Z')
    expect((await layer('par3')).data).toMatchObject({ status: 'stale', datasetDate: '2026-05-01' })
    const failure = { failure_kind: 'service-away', failure_detail: 'No answer in 30 seconds.', attempted_at: t.clock.now() }
    await t.deps.db.updateTable('constraint_layer').set(failure).where('layer_id', '=', 'par3').execute()
    expect((await layer('par3')).data).toMatchObject({
      status: 'failed',
      featureCount: 1,
      failure: { kind: 'service-away', detail: 'No answer in 30 seconds.' },
    })
    await t.deps.db.updateTable('constraint_layer').set({ failure_kind: 'moon-is-full' }).where('layer_id', '=', 'par3').execute()
    expect((await layer('par3')).data.failure).toEqual({ kind: 'internal-error', detail: 'No answer in 30 seconds.' })
    t.clock.set(now)
  })

  it('says that it is invented when it is the demo’s', async () => {
    await buildRound(t.deps.db, { year: 2031, isDemo: true })
    await load('fredning', { loadedAt: t.clock.now().toISOString(), demo: true })
    expect((await layer('fredning')).data).toMatchObject({ status: 'fresh', isDemo: true })
  })
})

describe('a planner', () => {
  it('changes severities and sentences; the rest stays, and everybody sees who, when and why', async () => {
    const before = await layer('lokalplan')
    const severities = { ...before.severities, bench: 0 as const }
    const after = await changed('lokalplan', { severities, reason: 'Bænke kræver aldrig dispensation hos os' })
    expect(after).toMatchObject({ severities, citizenText: before.citizenText, plannerText: before.plannerText })
    expect(after.version).toBeGreaterThan(before.version)
    expect(await layer('lokalplan')).toEqual(after)
    const { items } = await t.read<{ items: LayerVersion[] }>(`${CATALOGUE}/lokalplan/versions`)
    expect(items.map(({ version }) => version)).toEqual([after.version, before.version])
    expect(items[0]).toMatchObject({
      editorName: 'Test planner',
      editedAt: t.clock.now().toISOString(),
      reason: 'Bænke kræver aldrig dispensation hos os',
      severities,
    })
    expect(items[1]).toMatchObject({ editorName: 'Borgermillionen', severities: before.severities })
  })

  it('keeps HTML as text', async () => {
    const citizenText = { da: '<b>Her</b> er natur & vand.', en: '<script>alert(1)</script> nature' }
    expect((await changed('klima', { citizenText })).citizenText).toEqual(citizenText)
  })

  it('is told when nothing is changed', async () => {
    const { version, severities, citizenText, plannerText } = await layer('bane')
    for (const same of [{}, { severities }, { severities, citizenText, plannerText }]) {
      const response = await change('bane', { version, ...same, reason: 'Ingen grund' })
      expect([response.status, (await bodyOf(response)).kind]).toEqual([422, 'nothing-changed'])
    }
    expect((await layer('bane')).version).toBe(version)
  })

  it('is told what stands there when somebody was faster, with both', async () => {
    const { version } = await layer('ffm')
    const first = await changed('ffm', { plannerText: { da: 'Ring til styrelsen først.', en: 'Call the agency first.' } })
    const yours = { version, plannerText: { da: 'Skriv til styrelsen først.', en: 'Write to the agency first.' }, reason: 'For sent' }
    const response = await change('ffm', yours)
    expect(response.status).toBe(409)
    expect(await bodyOf(response)).toMatchObject({ kind: 'layer-edit-conflict', current: first, yours })
  })

  it('wins alone among eight who save the same version at once', async () => {
    const { version, severities } = await layer('vejareal')
    const texts = Array.from({ length: 8 }, (_, index) => `Spørg vejmyndigheden, ${index}. udgave.`)
    const answers = await Promise.all(
      texts.map((da) => change('vejareal', { version, citizenText: { da, en: `${da} (en)` }, reason: 'Alle på én gang' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
    const winner = await bodyOf<ConstraintLayer>(answers.find(({ status }) => status === 200) as Response)
    expect(await layer('vejareal')).toMatchObject({ version: winner.version, citizenText: winner.citizenText, severities })
    expect((await t.read(`${CATALOGUE}/vejareal/versions`)).items).toHaveLength(2)
  })

  it('who changes eight layers at once makes eight versions, each higher than the one before', async () => {
    const ids = ['par16soe', 'par16aa', 'par17', 'par18', 'par19', 'diger', 'fbb', 'servitut']
    const before = (await t.read<ConstraintCatalogue>(CATALOGUE)).catalogueVersion
    const reason = { da: 'Kommunen skal spørge først.', en: 'The municipality must ask first.' }
    const layers = await Promise.all(ids.map((layerId) => changed(layerId, { citizenText: reason })))
    expect(new Set(layers.map(({ version }) => version)).size).toBe(8)
    expect(Math.min(...layers.map(({ version }) => version))).toBeGreaterThan(before)
    expect((await t.read<ConstraintCatalogue>(CATALOGUE)).catalogueVersion).toBe(Math.max(...layers.map(({ version }) => version)))
  })

  it.each<[string, string, object]>([
    ['/reason', 'no reason', { reason: undefined }],
    ['/reason', 'a reason too short', { reason: 'nej' }],
    ['/reason', 'two lines', { reason: 'Første linje\nanden linje' }],
    ['/version', 'no version', { version: undefined }],
    ['/severities/bench', 'a severity of four', { severities: { ...severitiesOf(1), bench: 4 } }],
    ['/severities/bench', 'a severity as text', { severities: { ...severitiesOf(1), bench: '1' } }],
    ['/severities/other', 'a kind left out', { severities: { ...severitiesOf(1), other: undefined } }],
    ['/severities', 'a kind nobody knows', { severities: { ...severitiesOf(1), castle: 1 } }],
    ['/citizenText/en', 'only Danish', { citizenText: { da: 'Kun på dansk, det går ikke.' } }],
    ['/citizenText/da', 'nothing said', { citizenText: { da: '          ', en: 'Something in English.' } }],
    ['/citizenText/da', 'too long', { citizenText: { da: 'x'.repeat(401), en: 'Something in English.' } }],
    ['/plannerText/en', 'deceiving marks', { plannerText: { da: 'Se på kortet først.', en: 'Look \u202e at the map.' } }],
  ])('is refused at %s: %s', async (pointer, _name, wrong) => {
    const { version } = await layer('par3')
    const response = await change('par3', { version, reason: 'Prøver grænserne', ...wrong })
    expect(response.status).toBe(422)
    expect(await bodyOf(response)).toMatchObject({ kind: 'invalid-request', errors: [{ pointer }] })
    expect((await layer('par3')).version).toBe(version)
  })

  it('finds no layer of another name', async () => {
    expect((await change('ukendt', { version: 1, reason: 'Findes ikke' })).status).toBe(404)
    expect((await t.send('GET', `${CATALOGUE}/ukendt/versions`)).status).toBe(404)
    expect((await t.send('GET', `${CATALOGUE}/PAR3/versions`)).status).toBe(422)
  })

  it('is the only one who may', async () => {
    const { version } = await layer('par3')
    const body = { version, reason: 'Må jeg?', citizenText: { da: 'Her må alle bygge.', en: 'Everybody may build here.' } }
    expect((await t.send('PATCH', `${CATALOGUE}/par3`, { body })).status).toBe(401)
    for (const role of ['citizen', 'organiser', 'moderator', 'decision-maker'] as const) {
      expect((await change('par3', body, await t.signIn(role))).status).toBe(403)
    }
    expect((await layer('par3')).version).toBe(version)
  })

  it('may change it three hundred times an hour', async () => {
    const eager = await t.signIn('planner')
    const bucket = `change-layer:person:${eager.personId}`
    const windowStart = new Date(t.clock.now().getTime() - (t.clock.now().getTime() % 3_600_000))
    await t.deps.db.insertInto('rate_limit').values({ bucket, window_start: windowStart, request_count: 300 }).execute()
    const response = await change('par3', {}, eager)
    expect([response.status, (await bodyOf(response)).kind]).toEqual([429, 'too-many-requests'])
  })
})

describe('the catalogue as it was', () => {
  it('can be read at any version, whatever changed since', async () => {
    const { db, clock } = t.deps
    const before = await readCatalogue(db, clock)
    await changed('drikkevand', { severities: severitiesOf(3) })
    const was = await readCatalogueAt(db, before.catalogueVersion)
    const rules = before.items.map(({ data: _data, ...rule }) => rule)
    expect(was).toEqual({ catalogueVersion: before.catalogueVersion, items: rules })
    expect((await readCatalogueAt(db, before.catalogueVersion + 1)).items.find(({ layerId }) => layerId === 'drikkevand')).toMatchObject({
      severities: severitiesOf(3),
    })
    expect((await readCatalogueAt(db, 0)).items).toEqual([])
  })

  it('cannot be rewritten, even past the interface; forgetting the person keeps the name', async () => {
    const { db } = t.deps
    const rewrite = db.updateTable('constraint_layer_version').set({ reason: 'Skrevet om bagefter' }).execute()
    await expect(rewrite).rejects.toMatchObject({ code: '23001' })
    const someone = await t.signIn('planner')
    const { version } = await layer('jord50')
    const reason = 'Regionen har svaret'
    await change('jord50', { version, citizenText: { da: 'Jorden skal være ren.', en: 'The soil must be clean.' }, reason }, someone)
    await db.deleteFrom('person').where('person_id', '=', someone.personId).execute()
    const { rows } = await sql<{ editedBy: string | null; name: string }>`
      select edited_by as "editedBy", editor_name as name from constraint_layer_version
      where layer_id = 'jord50' order by constraint_layer_version_id desc limit 1`.execute(db)
    expect(rows).toEqual([{ editedBy: null, name: 'Test planner' }])
  })
})

function severitiesOf(severity: 0 | 1 | 2 | 3): ConstraintLayer['severities'] {
  return {
    bench: severity,
    planting: severity,
    sculpture: severity,
    playground: severity,
    shelter: severity,
    'multi-court': severity,
    lighting: severity,
    other: severity,
  }
}
