import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Conflict, ConflictList, NewConflictDecision } from '../../server/conflicts/contract.ts'
import { openConflictCount } from '../../server/conflicts/service.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const LIST = '/api/plan/conflicts'
const DECIDE = `${LIST}/decisions`
const REASON = 'De står på hver sin side af stien.'
// In Ballerup Syd, on the metre grid of EPSG:25832.
const [E, N] = [711_000, 6_181_000]
const point = (east: number, north = 0) => `POINT(${E + east} ${N + north})`
const box = (west: number, east: number, south = 0, north = 10) =>
  `POLYGON((${E + west} ${N + south},${E + east} ${N + south},${E + east} ${N + north},${E + west} ${N + north},${E + west} ${N + south}))`

let t: TestApp
let planner: SignedIn
let organiser: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await buildRound(t.deps.db, { year: 2025 })
  planner = await t.signIn('planner')
  organiser = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(async () => {
  for (const table of ['conflict_decision', 'project_idea', 'idea_outcome', 'idea'] as const) await t.deps.db.deleteFrom(table).execute()
  await t.deps.db.deleteFrom('project').where('state', 'is not', null).execute()
})

const list = (query = '', as = planner) => t.read<ConflictList>(`${LIST}?year=2026${query}`, as)
const names = ({ items }: ConflictList) => items.map(({ first, second }) => `${first.ref} ${second.ref}`)
const decide = (body: Partial<NewConflictDecision>, as = planner) =>
  t.send('POST', DECIDE, { as, body: { version: 0, state: 'cleared', reason: REASON, ...body } })
const refs = ({ first, second }: Conflict) => ({ first: first.ref, second: second.ref })

describe('pairs', () => {
  it('come once each, with distance and shared area, overlaps first', async () => {
    const [a, b, c, d] = (await insertIdeas(t.deps.db, [
      { title: 'Legeplads', wkt: box(0, 20) },
      { title: 'Boldbane', wkt: box(15, 40) },
      { title: 'Bænk', wkt: point(50, 5) },
      { title: 'Langt væk', wkt: point(3000) },
    ])) as [number, number, number, number]
    const found = await list()
    expect(names(found)).toEqual([`idea:${a} idea:${b}`, `idea:${b} idea:${c}`])
    expect(found).toMatchObject({ distanceM: 25, next: null, counts: { open: 2, confirmed: 0, cleared: 0 } })
    expect(found.items[0]).toMatchObject({
      distanceM: 0,
      overlapM2: 50,
      state: 'open',
      decision: null,
      first: { kind: 'idea', ideaId: a, title: 'Legeplads', roundYear: 2026 },
    })
    expect(found.items[1]).toMatchObject({ distanceM: 10, overlapM2: null })
    expect(names(await list('&distanceM=0'))).toEqual([`idea:${a} idea:${b}`])
    expect(names(await list('&distanceM=31'))).toHaveLength(3)
    expect(names(await list(`&district=maaloev`))).toEqual([])
    expect(d).toBeGreaterThan(c)
  })

  it('come page by page, each once and in order, whatever stands in their numbers', async () => {
    // Overlaps of several sizes, equal ones among them, things that touch, and things as far apart as others.
    await insertIdeas(t.deps.db, [
      ...[0, 15, 30, 37, 50, 60].map((west) => ({ title: `Flade ${west}`, wkt: box(west, west + 20.25) })),
      ...[82, 84.5, 87, 89.5, 92].map((east) => ({ title: `Punkt ${east}`, wkt: point(east, 5) })),
      { title: 'Ved siden af', wkt: point(86.123456, 7.654321) },
    ])
    const whole = await list('&limit=200')
    expect(whole.next).toBeNull()
    expect(new Set(names(whole)).size).toBe(whole.items.length)
    expect(whole.items.filter(({ overlapM2 }) => overlapM2 === null).length).toBeGreaterThan(10)
    expect(whole.items.filter(({ overlapM2 }) => overlapM2 !== null).length).toBeGreaterThan(8)
    for (const limit of [1, 4]) {
      const pages: ConflictList[] = []
      for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next ?? null)
        pages.push(await list(`&limit=${limit}${cursor && `&cursor=${cursor}`}`))
      expect(pages.flatMap(names)).toEqual(names(whole))
      expect(pages.slice(0, -1).every(({ items }) => items.length === limit)).toBe(true)
      expect(pages.at(-1)?.counts).toEqual(whole.counts)
    }
    const [first] = whole.items as [Conflict]
    const { next } = await list('&limit=1')
    await decide({ first: first.first.ref, second: first.second.ref })
    // What was decided meanwhile moves nothing: the next page begins where the first ended.
    expect(names(await list(`&state=open&limit=200&cursor=${next}`))).toEqual(names(whole).slice(1))
  })

  it('join the round with what stands from earlier rounds and with finished things, never history with history', async () => {
    const { rows } = await sql<{ id: string; east: number; north: number }>`
      select installation_id as id, ST_X(geom) as east, ST_Y(geom) as north from installation order by 1 limit 1`.execute(t.deps.db)
    const [{ id, east, north }] = rows as [(typeof rows)[number]]
    const [old] = await insertIdeas(t.deps.db, [{ title: 'Fra sidste runde', wkt: `POINT(${east + 4} ${north})`, year: 2025 }])
    expect((await list('&distanceM=500')).items).toEqual([])
    const [fresh] = await insertIdeas(t.deps.db, [{ title: 'Den nye', wkt: `POINT(${east} ${north + 3})` }])
    const found = await list('&distanceM=6')
    expect(names(found)).toContain(`idea:${fresh} installation:${id}`)
    expect(names(found)).toContain(`idea:${old} idea:${fresh}`)
    expect(found.items.find(({ second }) => second.kind === 'installation')).toMatchObject({
      distanceM: 3,
      second: { installationId: id, roundYear: null },
    })
    // The project an installation came from does not stand beside it.
    expect(found.items.filter(({ second }) => second.kind === 'project')).toEqual([])
    const lost = await sql<{ id: string; east: number; north: number }>`
      select project_id as id, ST_X(geom) as east, ST_Y(geom) as north from project where outcome = 'lost' and geom is not null limit 1`.execute(
      t.deps.db,
    )
    const [{ id: lostId, ...at }] = lost.rows as [(typeof lost.rows)[number]]
    await insertIdeas(t.deps.db, [{ title: 'Hvor et andet tabte', wkt: `POINT(${at.east} ${at.north})` }])
    expect(JSON.stringify(await list())).not.toContain(lostId)
  })

  it('leave out what stands for nothing any more: withdrawn, hidden, left with a reason, part of a project', async () => {
    const [a, b] = (await insertIdeas(t.deps.db, [
      { title: 'Den ene', wkt: point(0) },
      { title: 'Den anden', wkt: point(5) },
      { title: 'Trukket', wkt: point(1), status: 'withdrawn' },
      { title: 'Skjult', wkt: point(2), status: 'hidden' },
    ])) as [number, number]
    const [left] = (await insertIdeas(t.deps.db, [{ title: 'Ikke med', wkt: point(3) }])) as [number]
    const response = await t.send('POST', `/api/plan/ideas/${left}/not-taken-forward`, { as: organiser, body: { reason: REASON } })
    expect(response.status, await response.clone().text()).toBe(200)
    expect(names(await list())).toEqual([`idea:${a} idea:${b}`])
    const { districtId } = await t.read(`/api/ideas/${a}`)
    const made = await t.send('POST', '/api/rounds/2026/projects', { as: organiser, body: { districtId, ideaIds: [a] } })
    const { projectId } = await bodyOf(made)
    expect(names(await list())).toEqual([`idea:${b} project:${projectId}`])
    await t.send('POST', `/api/projects/${projectId}/ideas`, { as: organiser, body: { version: 1, ideaIds: [b] } })
    expect((await list()).items).toEqual([])
  })

  it('are asked for by planners and organisers, within limits, in a round that is there', async () => {
    for (const [path, status] of [
      [`${LIST}?year=2026&distanceM=501`, 422],
      [`${LIST}?year=2026&distanceM=-1`, 422],
      [`${LIST}?distanceM=5`, 422],
      [`${LIST}?year=2026&limit=201`, 422],
      [`${LIST}?year=2026&cursor=MQ`, 422],
      [`${LIST}?year=2026&cursor=${btoa('[null,1,"1:1","2:x\\u0000"]')}`, 422],
      [`${LIST}?year=2031`, 404],
    ] as const) {
      expect([path, (await t.send('GET', path, { as: organiser })).status]).toEqual([path, status])
    }
    expect((await t.send('GET', `${LIST}?year=2026`, { as: await t.signIn('citizen') })).status).toBe(403)
  })
})

describe('a decision', () => {
  async function onePair(): Promise<Conflict> {
    await insertIdeas(t.deps.db, [
      { title: 'Den ene', wkt: point(0) },
      { title: 'Den anden', wkt: point(5) },
    ])
    const { items } = await list()
    return items[0] as Conflict
  }

  it('says who, when and why; the pair is found under its state', async () => {
    const pair = await onePair()
    const district = pair.first.districtId as string
    expect(await openConflictCount(t.deps.db, 2026, district)).toBe(1)
    const response = await decide({ ...refs(pair), state: 'confirmed' })
    expect(response.status, await response.clone().text()).toBe(201)
    expect(await bodyOf(response)).toEqual({
      version: 1,
      state: 'confirmed',
      reason: REASON,
      deciderName: 'Test planner',
      decidedAt: t.clock.now().toISOString(),
      isOutdated: false,
    })
    expect(await openConflictCount(t.deps.db, 2026, district)).toBe(0)
    expect((await list('&state=open')).items).toEqual([])
    expect(await list('&state=confirmed')).toMatchObject({
      counts: { open: 0, confirmed: 1, cleared: 0 },
      items: [{ decision: { version: 1, reason: REASON } }],
    })
  })

  it('may be taken again, in either order of the two; the history keeps both', async () => {
    const pair = await onePair()
    await decide(refs(pair))
    const turned = await decide({ first: pair.second.ref, second: pair.first.ref, version: 1, state: 'confirmed' }, organiser)
    expect(turned.status).toBe(201)
    const { items } = await t.read(`${DECIDE}?first=${pair.second.ref}&second=${pair.first.ref}`, planner)
    expect(items).toMatchObject([
      { version: 1, state: 'cleared' },
      { version: 2, state: 'confirmed', deciderName: 'Test organiser' },
    ])
    await expect(sql`update conflict_decision set reason = 'Noget andet'`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
  })

  it('of ten at once one wins, the others see what it decided', async () => {
    const pair = await onePair()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => decide({ ...refs(pair), state: index % 2 ? 'confirmed' : 'cleared' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
    const lost = await bodyOf(answers.find(({ status }) => status === 409) as Response)
    expect(lost).toMatchObject({ kind: 'conflict-decided', current: { version: 1 } })
    expect(await t.deps.db.selectFrom('conflict_decision').selectAll().execute()).toHaveLength(1)
  })

  it('holds as long as both places do: when one moves, the pair is open again', async () => {
    const pair = await onePair()
    await decide(refs(pair))
    await sql`update idea set geom = ST_Translate(geom, 1, 0), label_point = ST_Translate(label_point, 1, 0)
      where idea_id = ${pair.second.ideaId}`.execute(t.deps.db)
    expect((await list()).items).toMatchObject([{ state: 'open', distanceM: 6, decision: { state: 'cleared', isOutdated: true } }])
    expect(await openConflictCount(t.deps.db, 2026, pair.first.districtId as string)).toBe(1)
  })

  it('outlives a new load of the installations', async () => {
    const { rows } = await sql<{ id: string; wkt: string }>`
      select installation_id as id, ST_AsText(geom) as wkt from installation order by 1 limit 1`.execute(t.deps.db)
    const [{ id, wkt }] = rows as [(typeof rows)[number]]
    const [ideaId] = await insertIdeas(t.deps.db, [{ title: 'Oven i', wkt }])
    await decide({ first: `idea:${ideaId}`, second: `installation:${id}` })
    await t.deps.db.transaction().execute(async (trx) => {
      await sql`create temporary table kept on commit drop as select * from installation where installation_id = ${id}`.execute(trx)
      await sql`create temporary table kept_link on commit drop as select * from installation_project where installation_id = ${id}`.execute(
        trx,
      )
      await trx.deleteFrom('installation').where('installation_id', '=', id).execute()
      await sql`insert into installation select * from kept`.execute(trx)
      await sql`insert into installation_project select * from kept_link`.execute(trx)
    })
    const found = (await list('&state=cleared')).items.find(({ second }) => second.installationId === id)
    expect(found).toMatchObject({ decision: { isOutdated: false } })
  })

  it.each([
    ['the same thing twice', 'idea:1', 'idea:1', 404],
    ['two installations', 'installation:a', 'installation:b', 404],
    ['things that are not there', 'idea:123456', 'project:no-such', 404],
    ['no thing', 'idea:0', 'banana', 422],
  ])('is refused for %s', async (_what, first, second, status) => {
    const response = await decide({ first, second })
    expect([response.status, (await bodyOf(response)).kind]).toEqual([status, status === 404 ? 'conflict-unknown' : 'invalid-request'])
  })

  it('is refused for things farther apart than 500 m, and without a reason', async () => {
    const [a, b] = await insertIdeas(t.deps.db, [
      { title: 'Her', wkt: point(0) },
      { title: 'Der', wkt: point(501) },
    ])
    const pair = { first: `idea:${a}`, second: `idea:${b}` }
    expect((await decide(pair)).status).toBe(404)
    expect((await decide({ ...pair, reason: '   ' })).status).toBe(422)
  })
})
