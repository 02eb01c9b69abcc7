import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdeaFeasibility } from '../../server/feasibility/contract.ts'
import { recheckAfterNewData, recheckIdeas } from '../../server/feasibility/records.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { buildConstraint } from '../builders/constraint.ts'
import { newIdea } from '../builders/idea.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

let t: TestApp
let citizen: SignedIn
let planner: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  citizen = await t.signIn('citizen')
  planner = await t.signIn('planner')
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.deps.db.deleteFrom('rate_limit').execute()
  await t.deps.db.deleteFrom('idea').execute()
  for (const layerId of ['par3', 'fredning']) await buildConstraint(t.deps.db, layerId, [])
})

/** A square of 60 m around a place of the wire. */
async function around(lng: number, lat: number): Promise<{ wkt: string }> {
  const { rows } = await sql<{ wkt: string }>`
    select ST_AsText(ST_Expand(ST_Transform(ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326), 25832), 30)) as wkt`.execute(t.deps.db)
  return rows[0] as { wkt: string }
}

const HERE: [number, number] = [12.3618, 55.7338]
const THERE: [number, number] = [12.3718, 55.7338]

async function create(): Promise<Idea> {
  const response = await t.send('POST', '/api/rounds/2026/ideas', {
    as: citizen,
    body: newIdea({ geometry: { type: 'Point', coordinates: HERE } }),
  })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf<Idea>(response)
}

const recordsOf = async (ideaId: number) =>
  (
    await sql<{ occasion: string; verdict: string }>`
      select occasion, verdict from feasibility_record where idea_id = ${ideaId} order by feasibility_record_id`.execute(t.deps.db)
  ).rows.map(({ occasion, verdict }) => `${occasion} ${verdict}`)

describe('an idea', () => {
  it('keeps what was found when it was sent, and what a new place changed', async () => {
    await buildConstraint(t.deps.db, 'par3', [await around(...HERE)])
    const { ideaId, version } = await create()
    const sent = await t.read<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility`)
    expect(sent.submission).toMatchObject({ verdict: 'stop', district: { districtId: 'ballerup-syd' }, findings: [{ layerId: 'par3' }] })
    expect(sent.latest).toEqual(sent.submission)
    expect(sent.changes).toEqual([])
    const change = async (body: object) =>
      expect((await t.send('PATCH', `/api/rounds/2026/ideas/${ideaId}`, { as: citizen, body })).status).toBe(200)
    await change({ version, title: 'En anden bænk' })
    expect(await recordsOf(ideaId)).toEqual(['submission stop'])
    await change({ version: version + 1, geometry: { type: 'Point', coordinates: THERE } })
    expect(await recordsOf(ideaId)).toEqual(['submission stop', 'change clear'])
    const moved = await t.read<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility?language=en`)
    expect(moved.submission).toMatchObject({ verdict: 'stop' })
    expect(moved.latest).toMatchObject({ verdict: 'clear', partial: true })
    expect(moved.changes).toMatchObject([{ layerId: 'par3', before: 3, after: null }])
  })

  it('shows the words of the day it was checked', async () => {
    await buildConstraint(t.deps.db, 'par3', [await around(...HERE)])
    const { ideaId } = await create()
    const said = async () => (await t.read<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility`)).submission?.findings[0]?.citizenText
    const before = await said()
    await sql`
      insert into constraint_layer_version (layer_id, severities, citizen_text_da, citizen_text_en, planner_text_da, planner_text_en,
        editor_name, reason, edited_at)
      select layer_id, severities, 'Noget helt andet end før.', citizen_text_en, planner_text_da, planner_text_en, 'Pia', 'prøve', now()
      from constraint_layer_version where layer_id = 'par3'`.execute(t.deps.db)
    expect(await said()).toBe(before)
    expect(before).not.toBe('Noget helt andet end før.')
  })

  it('is not shown when hidden, and never was there when it was not', async () => {
    const { ideaId } = await create()
    await t.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', ideaId).execute()
    expect((await t.send('GET', `/api/ideas/${ideaId}/feasibility`)).status).toBe(404)
    expect((await t.send('GET', '/api/ideas/999999/feasibility')).status).toBe(404)
  })

  it('from before there was a check has no submission', async () => {
    const [ideaId] = await insertIdeas(t.deps.db, [{ title: 'Gammel', wkt: 'POINT(709800 6181900)' }])
    expect(await t.read(`/api/ideas/${ideaId}/feasibility`)).toEqual({ submission: null, latest: null, changes: [] })
    await recheckIdeas(t.deps, 2026)
    expect(await t.read(`/api/ideas/${ideaId}/feasibility`)).toMatchObject({ submission: null, latest: { verdict: 'clear' }, changes: [] })
  })

  it('has records that nobody rewrites', async () => {
    const { ideaId } = await create()
    await expect(sql`update feasibility_record set verdict = 'clear' where idea_id = ${ideaId}`.execute(t.deps.db)).rejects.toMatchObject({
      code: '23001',
    })
  })
})

describe('a new check', () => {
  const ask = (year: number, as: SignedIn) => t.send('POST', `/api/rounds/${year}/feasibility/recheck`, { as })

  it('adds a record where the result says something else, and only there', async () => {
    const { ideaId } = await create()
    expect((await ask(2026, planner)).status).toBe(202)
    await t.jobs.runAll()
    expect(await recordsOf(ideaId)).toEqual(['submission clear'])
    await t.deps.db.transaction().execute(async (trx) => recheckAfterNewData(t.deps, trx))
    await buildConstraint(t.deps.db, 'fredning', [await around(...HERE)])
    await t.jobs.runAll()
    expect(await recordsOf(ideaId)).toEqual(['submission clear', 'recheck stop'])
    await ask(2026, planner)
    await t.jobs.runAll()
    expect(await recordsOf(ideaId)).toEqual(['submission clear', 'recheck stop'])
    expect((await t.read<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility`)).changes).toMatchObject([
      { layerId: 'fredning', before: null, after: 3 },
    ])
  })

  it('is for planners, of a round that is there', async () => {
    expect((await ask(2026, citizen)).status).toBe(403)
    expect((await ask(2033, planner)).status).toBe(404)
  })

  it('beside another writes each difference once', async () => {
    const wkts = Array.from({ length: 150 }, (_, k) => `POINT(${709_700 + k} ${6_181_900 + k})`)
    await insertIdeas(
      t.deps.db,
      wkts.map((wkt, k) => ({ title: `Idé ${k}`, wkt })),
    )
    const done = await Promise.all([1, 2, 3].map(() => recheckIdeas(t.deps, 2026)))
    expect(done.map(({ checked }) => checked)).toEqual([150, 150, 150])
    expect(done.reduce((sum, { written }) => sum + written, 0)).toBe(150)
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from feasibility_record where idea_id in (select idea_id from idea)`.execute(t.deps.db)
    expect(rows[0]?.n).toBe(150)
  })

  it('leaves rounds that are over and ideas that were withdrawn alone', async () => {
    await insertIdeas(t.deps.db, [{ title: 'Trukket', wkt: 'POINT(709800 6181900)', status: 'withdrawn' }])
    expect(await recheckIdeas(t.deps, 2026)).toEqual({ checked: 0, written: 0 })
    await insertIdeas(t.deps.db, [{ title: 'Fra 2018', wkt: 'POINT(709800 6181900)', year: 2018 }])
    expect(await recheckIdeas(t.deps, null)).toEqual({ checked: 0, written: 0 })
    expect(await recheckIdeas(t.deps, 2018)).toEqual({ checked: 1, written: 1 })
  })

  it('finds the same as a check of one place', async () => {
    await buildConstraint(t.deps.db, 'par3', [await around(...HERE)])
    const { ideaId } = await create()
    const { latest } = await t.read<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility`)
    const body = { geometry: { type: 'Point', coordinates: HERE } }
    const checked = await bodyOf(await t.send('POST', '/api/feasibility/check', { body }))
    expect(latest).toEqual(checked)
  })
})
