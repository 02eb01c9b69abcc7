import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Workspace } from '../../server/assessments/contract.ts'
import { type WorkItem, type WorkPage, workFeatureCollectionSchema, workPageSchema } from '../../server/worklist/contract.ts'
import { decideIdea, insertCheck, yesDraft } from '../builders/assessment.ts'
import { newIdea } from '../builders/idea.ts'
import { insertIdeas } from '../builders/ideaRows.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

let t: TestApp
let anna: SignedIn
let bo: SignedIn
let citizen: SignedIn
/** Ideas of the round by what is done with them. */
let ideas: Record<'untouched' | 'drafted' | 'submitted' | 'decided' | 'appealed' | 'sport', number>

const LIST = '/api/plan/ideas?year=2026'
const page = (query = '', as = anna) => t.read<WorkPage>(`${LIST}${query}`, as)
const idsOf = ({ items }: { items: WorkItem[] }) => items.map(({ ideaId }) => ideaId)
const assign = (body: object, as = anna) => t.send('POST', '/api/plan/assignments', { as, body })
const pathOf = (ideaId: number) => `/api/plan/ideas/${ideaId}/assessment`
const NO = { outcome: 'not-feasible', publicReason: 'Der er ikke plads til den her.' } as const

async function ideaAt(minute: number, change: Parameters<typeof newIdea>[0] = {}): Promise<number> {
  t.clock.set(`2026-05-04T08:${String(minute).padStart(2, '0')}:00Z`)
  return (await bodyOf(await t.send('POST', '/api/rounds/2026/ideas', { as: citizen, body: newIdea(change) }))).ideaId
}

beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await buildRound(t.deps.db, { year: 2027 })
  t.clock.set('2026-05-04T08:00:00Z')
  ;[anna, bo, citizen] = [await t.signIn('planner'), await t.signIn('organiser'), await t.signIn('citizen')]
  const made: number[] = []
  for (let minute = 1; minute <= 5; minute++) made.push(await ideaAt(minute))
  const sport = await ideaAt(6, {
    title: 'Ny multibane i Skovlunde',
    category: 'sport',
    geometry: { type: 'Point', coordinates: [12.401, 55.7207] },
  })
  const [untouched, drafted, submitted, decided, appealed] = made as [number, number, number, number, number]
  ideas = { untouched, drafted, submitted, decided, appealed, sport }
  const second = await t.signIn('planner')
  for (const ideaId of [drafted, submitted]) {
    const body = yesDraft(await t.read<Workspace>(pathOf(ideaId), anna))
    await t.send('PUT', pathOf(ideaId), { as: anna, body })
  }
  await t.send('POST', `${pathOf(submitted)}/submit`, { as: anna, body: { version: 1 } })
  for (const ideaId of [decided, appealed]) await decideIdea(t, { ideaId, assessor: second, approver: bo, draft: NO })
  await t.send('POST', `/api/ideas/${appealed}/appeal`, { as: citizen, body: { reason: 'Der er masser af plads.' } })
  await t.deps.db.deleteFrom('feasibility_record').execute()
  await insertCheck(t.deps.db, sport, { verdict: 'stop' })
  await insertCheck(t.deps.db, untouched, { verdict: 'ask', notChecked: ['jordv'] })
  await insertCheck(t.deps.db, untouched, { verdict: 'permit' })
})
afterAll(() => t.close())
beforeEach(async () => {
  t.clock.set('2026-05-04T10:00:00Z')
  await t.deps.db.deleteFrom('assignment').execute()
  await t.deps.db.deleteFrom('rate_limit').execute()
})

describe('the work list', () => {
  it('has every submitted idea of the round with how far it is', async () => {
    const found = await page()
    expect(workPageSchema.safeParse(found).error).toBeUndefined()
    expect(found).toMatchObject({ total: 6, next: null })
    const work = Object.fromEntries(
      found.items.map(({ ideaId, status, occasion, outcome, verdict, isPartial }) => [
        ideaId,
        [status, occasion, outcome, verdict, isPartial],
      ]),
    )
    expect(work).toEqual({
      [ideas.untouched]: ['not-started', null, null, 'permit', false],
      [ideas.drafted]: ['draft', 'first', null, null, null],
      [ideas.submitted]: ['submitted', 'first', null, null, null],
      [ideas.decided]: ['decided', 'first', 'not-feasible', null, null],
      [ideas.appealed]: ['draft', 'appeal', 'not-feasible', null, null],
      [ideas.sport]: ['not-started', null, null, 'stop', false],
    })
    expect(idsOf(await t.read('/api/plan/ideas?year=2027', anna))).toEqual([])
  })

  it.each<[string, (keyof typeof ideas)[]]>([
    ['&district=skovlunde', ['sport']],
    ['&category=sport', ['sport']],
    ['&status=not-started', ['sport', 'untouched']],
    ['&status=draft', ['appealed', 'drafted']],
    ['&status=submitted', ['submitted']],
    ['&status=decided', ['decided']],
    ['&occasion=appeal', ['appealed']],
    ['&outcome=not-feasible', ['appealed', 'decided']],
    ['&verdict=permit', ['untouched']],
    ['&verdict=not-checked', ['appealed', 'decided', 'submitted', 'drafted']],
    ['&notAssessedByMe=true', ['sport', 'appealed', 'decided', 'untouched']],
    ['&notAssessedByMe=false&q=multibane', ['sport']],
    ['&q=100%25', []],
    ['&bbox=12.39,55.71,12.41,55.73', ['sport']],
    ['&assignee=nobody&department=none&category=sport&status=not-started&verdict=stop', ['sport']],
  ])('%s', async (query, expected) => {
    const found = await page(query)
    expect(idsOf(found)).toEqual(expected.map((name) => ideas[name]))
    expect(found.total).toBe(expected.length)
    const collection = await t.read(`/api/plan/ideas.geojson?year=2026${query}`, anna)
    expect(workFeatureCollectionSchema.safeParse(collection).error).toBeUndefined()
    expect(collection.features.map(({ id }: { id: number }) => id).sort()).toEqual(idsOf(found).sort())
  })

  it('finds an idea by its number', async () => {
    expect(idsOf(await page(`&q=${ideas.decided}`))).toEqual([ideas.decided])
  })

  it('goes page by page without losing or repeating one', async () => {
    const first = await page('&limit=4')
    const second = await page(`&limit=4&cursor=${first.next}`)
    expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(await page()))
    expect(second).toMatchObject({ next: null, total: null, counts: null })
    expect((await t.send('GET', `${LIST}&cursor=MQ`, { as: anna })).status).toBe(422)
  })

  it('leaves out what is withdrawn or hidden', async () => {
    const [hidden, withdrawn] = await insertIdeas(t.deps.db, [
      { title: 'Skjult', wkt: 'POINT(711000 6180000)', status: 'hidden' },
      { title: 'Trukket', wkt: 'POINT(711000 6180000)', status: 'withdrawn' },
    ])
    const found = idsOf(await page())
    expect(found).not.toContain(hidden)
    expect(found).not.toContain(withdrawn)
    expect(idsOf(await page(`&q=${hidden}`))).toEqual([])
  })

  it('is for staff, in a round that is there', async () => {
    expect((await t.send('GET', '/api/plan/ideas?year=2033', { as: anna })).status).toBe(404)
    for (const path of [LIST, '/api/plan/ideas.geojson?year=2026', '/api/plan/people']) {
      expect((await t.send('GET', path)).status).toBe(401)
      expect((await t.send('GET', path, { as: citizen })).status).toBe(403)
      expect((await t.send('GET', path, { as: bo })).headers.get('cache-control')).toBe('private, no-store')
    }
  })
})

describe('what became of an idea', () => {
  const settledOf = async (query = '') => Object.fromEntries((await page(query)).items.map(({ ideaId, settled }) => [ideaId, settled]))
  const step = async (path: string, body: object) => {
    const response = await t.send('POST', path, { as: bo, body })
    expect(response.ok, await response.clone().text()).toBe(true)
    return bodyOf(response)
  }

  it('is marked and can be filtered, by left with a reason and by being in a project, until either is undone', async () => {
    const reason = 'Der er for lidt plads på stedet.'
    await step(`/api/plan/ideas/${ideas.untouched}/not-taken-forward`, { reason })
    const project = await step('/api/rounds/2026/projects', { districtId: 'skovlunde', ideaIds: [ideas.sport] })
    const all = await settledOf()
    expect(all).toMatchObject({ [ideas.untouched]: 'not-taken-forward', [ideas.sport]: 'in-project', [ideas.drafted]: null })
    expect(await settledOf('&settled=true')).toEqual({ [ideas.untouched]: 'not-taken-forward', [ideas.sport]: 'in-project' })
    const open = await page('&settled=false')
    expect(open.items.map(({ settled }) => settled)).toEqual([null, null, null, null])
    expect(open.total).toBe(4)
    const pins = await t.read('/api/plan/ideas.geojson?year=2026&settled=true', anna)
    expect(pins.features.map(({ id }: { id: number }) => id).sort()).toEqual([ideas.untouched, ideas.sport].sort())
    expect((await t.send('GET', `${LIST}&settled=maybe`, { as: anna })).status).toBe(422)

    await step(`/api/plan/ideas/${ideas.untouched}/reconsider`, { reason })
    await step(`/api/projects/${project.projectId}/state`, { version: project.version, state: 'withdrawn', reason })
    expect((await page('&settled=true')).items).toEqual([])
  })
})

describe('assigning', () => {
  it('gives many ideas at once a person, a department and a deadline, and each part can change alone', async () => {
    const ideaIds = [ideas.untouched, ideas.sport, ideas.decided]
    const response = await assign({ ideaIds, assigneeId: bo.personId, department: 'nature', deadline: '2026-05-08' })
    expect(response.status, await response.clone().text()).toBe(200)
    expect((await bodyOf(response)).items).toHaveLength(3)
    await assign({ ideaIds: [ideas.sport], deadline: '2026-05-03' })
    await assign({ ideaIds: [ideas.untouched], assigneeId: null, department: 'roads-and-parks' })
    const found = await page()
    const of = (id: number) => found.items.find(({ ideaId }) => ideaId === id)?.assignment
    expect(of(ideas.sport)).toMatchObject({
      assignee: { personId: bo.personId },
      department: 'nature',
      deadline: '2026-05-03',
      isOverdue: true,
    })
    expect(of(ideas.untouched)).toEqual({ assignee: null, department: 'roads-and-parks', deadline: '2026-05-08', isOverdue: false })
    expect(of(ideas.drafted)).toEqual({ assignee: null, department: null, deadline: null, isOverdue: false })
    expect(idsOf(await page('&assignee=me', bo))).toEqual([ideas.sport, ideas.decided])
    expect(idsOf(await page(`&assignee=${bo.personId}&department=nature`))).toEqual([ideas.sport, ideas.decided])
    expect(idsOf(await page('&deadline=overdue'))).toEqual([ideas.sport])
    expect(idsOf(await page('&deadline=week'))).toEqual([ideas.untouched])
    const { timeline, assignment } = await t.read<Workspace>(pathOf(ideas.sport), anna)
    expect(assignment).toEqual(of(ideas.sport))
    expect(timeline).toMatchObject([
      { kind: 'assigned', by: { personId: anna.personId }, assigned: { deadline: '2026-05-08', department: 'nature' } },
      { kind: 'assigned', assigned: { assignee: { personId: bo.personId }, deadline: '2026-05-03' } },
    ])
  })

  it('is counted: who has how much, and what is late', async () => {
    await assign({ ideaIds: [ideas.untouched, ideas.sport, ideas.decided], assigneeId: bo.personId, deadline: '2026-05-01' })
    await assign({ ideaIds: [ideas.drafted], department: 'finance' })
    const { counts } = await page('&category=sport')
    expect(counts?.byAssignee).toMatchObject([
      { assignee: null, count: 3, openCount: 3, overdueCount: 0 },
      { assignee: { personId: bo.personId }, count: 3, openCount: 2, overdueCount: 2 },
    ])
    expect(counts?.byDepartment).toMatchObject([
      { department: null, count: 5, openCount: 4, overdueCount: 2 },
      { department: 'finance', count: 1, openCount: 1, overdueCount: 0 },
    ])
    expect(Object.fromEntries(counts?.byStatus.map(({ status, count }) => [status, count]) ?? [])).toEqual({
      'not-started': 2,
      draft: 2,
      submitted: 1,
      decided: 1,
    })
  })

  it.each<[string, () => object, string]>([
    ['to a citizen', () => ({ ideaIds: [ideas.sport], assigneeId: citizen.personId }), 'assignee-unknown'],
    ['to nobody there is', () => ({ ideaIds: [ideas.sport], assigneeId: crypto.randomUUID() }), 'assignee-unknown'],
    ['of an idea that is not there', () => ({ ideaIds: [ideas.sport, 999_999], department: 'nature' }), 'ideas-missing'],
    ['of nothing', () => ({ ideaIds: [ideas.sport] }), 'nothing-to-assign'],
    ['until the year 9999', () => ({ ideaIds: [ideas.sport], deadline: '9999-01-01' }), 'invalid-request'],
    ['of no ideas', () => ({ ideaIds: [], department: 'nature' }), 'invalid-request'],
  ])('%s is refused, for all of them', async (_what, body, kind) => {
    const response = await assign(body())
    expect([response.status, (await bodyOf(response)).kind]).toEqual([422, kind])
    expect(await t.deps.db.selectFrom('assignment').selectAll().execute()).toEqual([])
  })

  it('the same ideas at once in both orders waits for no one in a circle', async () => {
    const ideaIds = Object.values(ideas)
    const sent = Array.from({ length: 8 }, (_, index) =>
      assign({ ideaIds: index % 2 === 0 ? ideaIds : ideaIds.toReversed(), assigneeId: bo.personId }),
    )
    for (const response of await Promise.all(sent)) expect(response.status).toBe(200)
  })

  it('offers staff only', async () => {
    const { items } = await t.read('/api/plan/people', anna)
    expect(new Set(items.map(({ role }: { role: string }) => role))).toEqual(new Set(['planner', 'organiser']))
    expect(items.map(({ personId }: { personId: string }) => personId)).not.toContain(citizen.personId)
  })
})

describe('a full round', () => {
  it('shows its first page and counts all of it', async () => {
    await sql`
      insert into idea (round_year, title, description, category, geom, label_point, district_id, district_version_id, spans_districts, created_at)
      select 2027, 'Idé ' || n, 'Skrevet af en prøve.', 'play', geom, label_point, district_id, district_version_id, spans_districts,
        created_at + n * interval '1 second'
      from idea, generate_series(1, 3000) n where idea_id = ${ideas.sport}`.execute(t.deps.db)
    await sql`insert into assignment (idea_id, department, assigned_at) select idea_id, 'nature', now() from idea where round_year = 2027`.execute(
      t.deps.db,
    )
    await sql`analyze idea, assignment, assessment, feasibility_record`.execute(t.deps.db)
    const found = await t.read<WorkPage>('/api/plan/ideas?year=2027&department=nature&status=not-started', anna)
    expect(found).toMatchObject({ total: 3000, counts: { byDepartment: [{ department: 'nature', count: 3000 }] } })
    expect(found.items).toHaveLength(50)
  })
})
