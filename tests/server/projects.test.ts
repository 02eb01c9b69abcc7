import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Idea } from '../../server/ideas/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import type { PlanProject } from '../../server/projects/contract.ts'
import { newIdea } from '../builders/idea.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const PROJECTS = '/api/rounds/2026/projects'
const REASON = 'Idéerne ligger ved siden af hinanden.'
const SYD = 'ballerup-syd'
const inSyd = (offset = 0): PlaceGeometry => ({ type: 'Point', coordinates: [Number((12.3618 + offset).toFixed(7)), 55.7338] })
const inSkovlunde: PlaceGeometry = { type: 'Point', coordinates: [12.401, 55.7207] }

let t: TestApp
let citizen: SignedIn
let neighbour: SignedIn
let organiser: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await buildRound(t.deps.db, { year: 2027 })
  await buildRound(t.deps.db, { year: 2028, phaseInMay: 'decision' })
  // All three are in the middle of it, in the May of 2026.
  await sql`update round_phase set starts_on = starts_on - make_interval(years => round_year - 2026),
    ends_on = ends_on - make_interval(years => round_year - 2026) where round_year in (2027, 2028)`.execute(t.deps.db)
  citizen = await t.signIn('citizen')
  neighbour = await t.signIn('citizen')
  organiser = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

async function idea(change: Parameters<typeof newIdea>[0] = {}, as = citizen, year = 2026): Promise<Idea> {
  const response = await t.send('POST', `/api/rounds/${year}/ideas`, { as, body: newIdea(change) })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf(response)
}

async function post<Body = PlanProject>(path: string, body: unknown, as = organiser, status = 200): Promise<Body> {
  const response = await t.send('POST', path, { as, body })
  expect([path, response.status, response.status === status ? '' : await response.clone().text()]).toEqual([path, status, ''])
  return bodyOf<Body>(response)
}

const project = (ideaIds: number[], change: Record<string, unknown> = {}) =>
  post(PROJECTS, { districtId: SYD, ideaIds, ...change }, organiser, 201)

const one = async (path: string, body: unknown, as = organiser) => {
  const response = await t.send('POST', path, { as, body })
  const { status, kind, errors, ideaIds } = await bodyOf(response)
  return { status: response.status, kind, errors, ideaIds, same: status }
}

const readIdea = (ideaId: number, as?: SignedIn) => t.read<Idea>(`/api/ideas/${ideaId}`, as)

describe('an idea taken forward', () => {
  it('becomes a project with its words and place, public both ways', async () => {
    const polygon: PlaceGeometry = {
      type: 'Polygon',
      coordinates: [
        [
          [12.36, 55.73],
          [12.361, 55.73],
          [12.361, 55.7305],
          [12.36, 55.7305],
          [12.36, 55.73],
        ],
      ],
    }
    const { ideaId } = await idea({ title: 'Ålebænken på Søndergård', geometry: polygon, category: 'green' })
    const made = await project([ideaId])
    expect(made).toMatchObject({
      projectId: '2026-aalebaenken-paa-soendergaard',
      districtId: SYD,
      state: 'planned',
      shortlisted: false,
      outcome: 'unknown',
      category: 'green',
      geometry: { type: 'Polygon' },
      positionAccuracy: 'exact',
      placeIdeaId: ideaId,
      version: 1,
      ideas: [{ ideaId, role: 'merged', isActive: true, isWithdrawn: false }],
      history: [{ kind: 'created' }, { kind: 'idea-added', ideaId }],
      consents: [{ ideaId, askedAt: null, answer: null }],
    })
    const shown = await t.read(`/api/projects/${made.projectId}`)
    expect(shown).toMatchObject({ title: 'Ålebænken på Søndergård', ideas: [{ ideaId }] })
    expect(shown.labelPoint[0]).toBeCloseTo(12.3605, 3)
    // Nobody's name, nobody's answer.
    for (const key of ['consents', 'events', 'createdBy']) expect(shown).not.toHaveProperty(key)
    expect(await readIdea(ideaId)).toMatchObject({
      outcome: null,
      projects: [{ projectId: made.projectId, state: 'planned', isActive: true, isMerged: false, consent: null }],
    })
    const { items } = await t.read(PROJECTS)
    expect(items.map(({ projectId }: PlanProject) => projectId)).toContain(made.projectId)
    const tile = await t.app.request(`${t.deps.config.baseUrl}/tiles/projects/10/547/320.mvt?year=2026`)
    expect([tile.status, (await tile.arrayBuffer()).byteLength > 0]).toEqual([200, true])
  })

  it('can be one project in each district, and no second one in the same', async () => {
    const { ideaId } = await idea({ title: 'Mere Monitor' })
    const first = await project([ideaId])
    const second = await project([ideaId], { districtId: 'skovlunde', geometry: inSkovlunde })
    expect([first.projectId, second.projectId]).toEqual(['2026-mere-monitor', '2026-mere-monitor-2'])
    expect(second).toMatchObject({ placeIdeaId: null, districtId: 'skovlunde' })
    expect(await one(PROJECTS, { districtId: SYD, ideaIds: [ideaId] })).toMatchObject({
      status: 409,
      kind: 'idea-taken',
      ideaIds: [ideaId],
    })
    expect((await readIdea(ideaId)).projects).toHaveLength(2)
  })

  it('sent ten times at once becomes one project', async () => {
    const { ideaId } = await idea({ title: 'Ti på én gang' })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => t.send('POST', PROJECTS, { as: organiser, body: { districtId: SYD, ideaIds: [ideaId] } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
    const rows = await t.deps.db.selectFrom('project_idea').where('idea_id', '=', ideaId).selectAll().execute()
    expect(rows).toHaveLength(1)
  })

  it.each([
    [
      'a district it does not lie in',
      async () => ({ districtId: 'skovlunde', ideaIds: [(await idea()).ideaId] }),
      422,
      'wrong-district',
      '/ideaIds',
    ],
    [
      'a place in another district',
      async () => ({ districtId: SYD, ideaIds: [(await idea()).ideaId], geometry: inSkovlunde }),
      422,
      'wrong-district',
      '/geometry',
    ],
    [
      'a district that is none',
      async () => ({ districtId: 'atlantis', ideaIds: [(await idea()).ideaId] }),
      422,
      'wrong-district',
      '/districtId',
    ],
    [
      'an idea of another round',
      async () => ({ districtId: SYD, ideaIds: [(await idea({}, citizen, 2027)).ideaId] }),
      409,
      'other-round',
      '/ideaIds/0',
    ],
    [
      'an idea nobody knows',
      async () => ({ districtId: SYD, ideaIds: [(await idea()).ideaId, 987_654] }),
      422,
      'idea-unknown',
      '/ideaIds/1',
    ],
    ['the same idea twice', async () => ({ districtId: SYD, ideaIds: [1, 1] }), 422, 'invalid-request', '/ideaIds'],
    ['no idea', async () => ({ districtId: SYD, ideaIds: [] }), 422, 'invalid-request', '/ideaIds'],
    [
      'a place outside the municipality',
      async () => ({ districtId: SYD, ideaIds: [(await idea()).ideaId], geometry: { type: 'Point', coordinates: [12.45, 55.72] } }),
      422,
      'outside-district',
      undefined,
    ],
  ] as const)('is refused with %s', async (_what, body, status, kind, pointer) => {
    const answer = await one(PROJECTS, await body())
    expect(answer).toMatchObject({ status, kind, same: status })
    expect(answer.errors?.[0]?.pointer).toBe(pointer)
  })

  it('is refused when withdrawn, hidden, or out of season', async () => {
    const gone = await idea()
    await post(`/api/rounds/2026/ideas/${gone.ideaId}/withdraw`, { version: 1 }, citizen)
    expect(await one(PROJECTS, { districtId: SYD, ideaIds: [gone.ideaId] })).toMatchObject({ status: 409, kind: 'idea-withdrawn' })
    const hidden = await idea()
    await t.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', hidden.ideaId).execute()
    expect(await one(PROJECTS, { districtId: SYD, ideaIds: [hidden.ideaId] })).toMatchObject({ status: 422, kind: 'idea-unknown' })
    const late = await one('/api/rounds/2028/projects', { districtId: SYD, ideaIds: [gone.ideaId] })
    expect(late).toMatchObject({ status: 409, kind: 'project-phase-closed' })
    expect(await one('/api/rounds/2031/projects', { districtId: SYD, ideaIds: [gone.ideaId] })).toMatchObject({
      status: 404,
      kind: 'not-found',
    })
  })
})

describe('a merge', () => {
  it('asks each author; yes and no are recorded for the organiser and the author, nobody else', async () => {
    const [bench, table] = [await idea({ title: 'Bænk' }), await idea({ title: 'Bord', geometry: inSyd(0.0002) }, neighbour)]
    const { projectId, consents } = await project([bench.ideaId, table.ideaId], { title: 'Bord og bænk' })
    expect(consents).toMatchObject([
      { ideaId: bench.ideaId, askedAt: expect.any(String) },
      { ideaId: table.ideaId, askedAt: expect.any(String) },
    ])
    const path = `/api/projects/${projectId}/consent`
    expect(await one(path, { ideaId: table.ideaId, answer: 'yes' }, citizen)).toMatchObject({ status: 403, kind: 'not-allowed' })
    await post(path, { ideaId: bench.ideaId, answer: 'yes' }, citizen)
    await post(path, { ideaId: table.ideaId, answer: 'no', note: 'Bordet skal stå for sig selv.' }, neighbour)
    expect((await readIdea(table.ideaId, neighbour)).projects[0]).toMatchObject({
      isMerged: true,
      consent: { answer: 'no', note: 'Bordet skal stå for sig selv.', answeredAt: expect.any(String) },
    })
    for (const as of [undefined, citizen, organiser]) expect((await readIdea(table.ideaId, as)).projects[0]?.consent).toBeNull()
    expect(JSON.stringify(await t.read(`/api/projects/${projectId}`))).not.toContain('for sig selv')
    const plan = await t.read<PlanProject>(`/api/plan/projects/${projectId}`, organiser)
    expect(plan.consents.map(({ answer }) => answer)).toEqual(['yes', 'no'])
    expect(plan.events.map(({ kind }) => kind)).toEqual([
      'created',
      'idea-added',
      'idea-added',
      'consent-asked',
      'consent-asked',
      'consent-yes',
      'consent-no',
    ])
    expect(plan.history.map(({ kind }) => kind)).toEqual(['created', 'idea-added', 'idea-added'])
  })

  it('with a no waits for the organiser’s reason before it goes to the vote', async () => {
    const [a, b] = [await idea(), await idea({}, neighbour)]
    const { projectId } = await project([a.ideaId, b.ideaId], { title: 'Nejet', districtId: SYD })
    await post(`/api/projects/${projectId}/consent`, { ideaId: b.ideaId, answer: 'no' }, neighbour)
    const list = { version: 1, state: 'shortlisted' }
    expect(await one(`/api/projects/${projectId}/state`, list)).toMatchObject({ status: 409, kind: 'consent-refused', ideaIds: [b.ideaId] })
    expect(await one(`/api/projects/${projectId}/keep-idea`, { version: 1, ideaId: a.ideaId, reason: REASON })).toMatchObject({
      kind: 'consent-not-refused',
    })
    const kept = await post(`/api/projects/${projectId}/keep-idea`, { version: 1, ideaId: b.ideaId, reason: REASON })
    expect(kept.consents[1]).toMatchObject({ answer: 'no', keptReason: REASON })
    const listed = await post(`/api/projects/${projectId}/state`, { version: 2, state: 'shortlisted' })
    expect(listed).toMatchObject({ state: 'shortlisted', shortlisted: true, shortlistNumber: expect.any(Number) })
    await post(`/api/projects/${projectId}/state`, { version: 3, state: 'withdrawn', reason: REASON })
  })

  it('asks nobody for an idea alone, and asks when another comes to it', async () => {
    const [a, b] = [await idea(), await idea({}, neighbour)]
    const { projectId } = await project([a.ideaId], { title: 'Alene' })
    expect(await one(`/api/projects/${projectId}/consent`, { ideaId: a.ideaId, answer: 'yes' }, citizen)).toMatchObject({
      status: 409,
      kind: 'consent-not-asked',
    })
    expect(await one(`/api/projects/${projectId}/consent`, { ideaId: b.ideaId, answer: 'yes' }, neighbour)).toMatchObject({
      status: 409,
      kind: 'idea-not-in-project',
    })
    const merged = await post(`/api/projects/${projectId}/ideas`, { version: 1, ideaIds: [b.ideaId] })
    expect(merged).toMatchObject({ version: 2, consents: [{ askedAt: expect.any(String) }, { askedAt: expect.any(String) }] })
  })

  it('is split again, with its history; the place follows the ideas that stay', async () => {
    const [a, b] = [await idea({ geometry: inSyd() }), await idea({ geometry: inSyd(0.001) }, neighbour)]
    const { projectId } = await project([a.ideaId, b.ideaId], { title: 'Skal skilles' })
    const path = `/api/projects/${projectId}/split`
    expect(await one(path, { version: 1, ideaIds: [b.ideaId] })).toMatchObject({ status: 422, kind: 'invalid-request' })
    expect(await one(path, { version: 1, ideaIds: [123_456], reason: REASON })).toMatchObject({ status: 409, kind: 'idea-not-in-project' })
    const rest = await post(path, { version: 1, ideaIds: [a.ideaId], reason: REASON })
    expect(rest).toMatchObject({ state: 'planned', placeIdeaId: b.ideaId, geometry: inSyd(0.001), version: 2 })
    expect(rest.ideas).toMatchObject([
      { ideaId: a.ideaId, isActive: false },
      { ideaId: b.ideaId, isActive: true },
    ])
    expect((await readIdea(a.ideaId)).projects).toMatchObject([{ projectId, isActive: false }])
    // Free again: a project of its own, and back into the first one.
    const own = await project([a.ideaId], { title: 'For sig selv' })
    expect(await one(`/api/projects/${projectId}/ideas`, { version: 2, ideaIds: [a.ideaId] })).toMatchObject({ kind: 'idea-taken' })
    const over = await post(`/api/projects/${own.projectId}/split`, { version: 1, ideaIds: [a.ideaId], reason: REASON })
    expect(over).toMatchObject({ state: 'withdrawn', stateReason: REASON })
    const again = await post(`/api/projects/${projectId}/ideas`, { version: 2, ideaIds: [a.ideaId] })
    expect(again.ideas).toMatchObject([{ ideaId: b.ideaId }, { ideaId: a.ideaId, isActive: true }])
    expect(again.history.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['created', null],
      ['idea-added', null],
      ['idea-added', null],
      ['idea-parted', REASON],
      ['idea-added', null],
    ])
    // A withdrawn project is in no list, but its page stays.
    const { items } = await t.read(PROJECTS)
    expect(items.map((item: PlanProject) => item.projectId)).not.toContain(own.projectId)
    expect(await t.read(`/api/projects/${own.projectId}`)).toMatchObject({ state: 'withdrawn', stateReason: REASON })
    expect(await one(`/api/projects/${own.projectId}/ideas`, { version: 2, ideaIds: [a.ideaId] })).toMatchObject({
      status: 409,
      kind: 'project-not-open',
    })
  })

  it('cannot lose the only idea in its district', async () => {
    const [here, there] = [await idea(), await idea({ geometry: inSkovlunde }, neighbour)]
    const { projectId } = await project([here.ideaId, there.ideaId], { title: 'På tværs' })
    const answer = await one(`/api/projects/${projectId}/split`, { version: 1, ideaIds: [here.ideaId], reason: REASON })
    expect(answer).toMatchObject({ status: 422, kind: 'wrong-district' })
    await t.send('PATCH', `/api/projects/${projectId}`, { as: organiser, body: { version: 1, geometry: inSyd(0.0005) } })
    const left = await post(`/api/projects/${projectId}/split`, { version: 2, ideaIds: [here.ideaId], reason: REASON })
    expect(left).toMatchObject({ placeIdeaId: null, geometry: inSyd(0.0005) })
  })
})

describe('the shortlist', () => {
  const maaloev: PlaceGeometry = { type: 'Point', coordinates: [12.3183, 55.7494] }
  const inMaaloev = async (title: string) => project([(await idea({ geometry: maaloev })).ideaId], { title, districtId: 'maaloev' })

  it('holds three per district, however many come at once', async () => {
    const projects: PlanProject[] = []
    for (let number = 1; number <= 6; number += 1) projects.push(await inMaaloev(`Plads ${number}`))
    const answers = await Promise.all(
      projects.map(({ projectId }) =>
        t.send('POST', `/api/projects/${projectId}/state`, { as: organiser, body: { version: 1, state: 'shortlisted' } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409, 409])
    const refused = answers.find(({ status }) => status === 409) as Response
    expect(await bodyOf(refused)).toMatchObject({ kind: 'shortlist-full', max: 3 })
    const { items, shortlists } = await t.read('/api/plan/projects?year=2026&district=maaloev&state=shortlisted', organiser)
    expect(items.map(({ shortlistNumber }: PlanProject) => shortlistNumber)).toEqual([1, 2, 3])
    expect(shortlists).toContainEqual({ districtId: 'maaloev', name: 'Måløv', count: 3, max: 3 })
    // One leaves; its number is free for the next.
    const [first] = items as [PlanProject]
    await post(`/api/projects/${first.projectId}/state`, { version: 2, state: 'planned', reason: REASON })
    const next = projects.find((_, index) => answers[index]?.status === 409) as PlanProject
    expect(await post(`/api/projects/${next.projectId}/state`, { version: 1, state: 'shortlisted' })).toMatchObject({ shortlistNumber: 1 })
  })

  it('is kept by the database itself', async () => {
    const spare = await inMaaloev('Den fjerde')
    const set = (number: number) =>
      sql`update project set state = 'shortlisted', shortlist_number = ${number} where project_id = ${spare.projectId}`.execute(t.deps.db)
    await expect(set(4)).rejects.toMatchObject({ code: '23514', constraint: 'project_shortlist_max' })
    await expect(set(2)).rejects.toMatchObject({ code: '23505' })
  })

  it('follows the round’s rule', async () => {
    await sql`update round set rules = rules || '{"maxProjectsPerDistrict": 1}' where year = 2027`.execute(t.deps.db)
    const make = async () => {
      const { ideaId } = await idea({}, citizen, 2027)
      return post('/api/rounds/2027/projects', { districtId: SYD, ideaIds: [ideaId] }, organiser, 201)
    }
    const [a, b] = [await make(), await make()]
    await post(`/api/projects/${a.projectId}/state`, { version: 1, state: 'shortlisted' })
    expect(await one(`/api/projects/${b.projectId}/state`, { version: 1, state: 'shortlisted' })).toMatchObject({
      status: 409,
      kind: 'shortlist-full',
    })
    const shares = await t.read('/api/rounds/2027/shares')
    // What waits for the vote has been awarded nothing yet; that is known.
    expect(shares.items.find(({ districtId }: { districtId: string }) => districtId === SYD)).toMatchObject({ awardedDkk: 0 })
  })

  it('owes a reason for leaving and refuses what changes nothing', async () => {
    const { projectId } = await project([(await idea()).ideaId], { title: 'Uden grund' })
    const path = `/api/projects/${projectId}/state`
    expect(await one(path, { version: 1, state: 'withdrawn' })).toMatchObject({
      status: 422,
      kind: 'invalid-request',
      errors: [{ pointer: '/reason', detail: 'reason-missing' }],
    })
    expect(await one(path, { version: 1, state: 'planned', reason: REASON })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/state', detail: 'unchanged' }],
    })
  })
})

describe('a change', () => {
  it('names its version; of ten at once one wins and the others see what is there', async () => {
    const { projectId } = await project([(await idea()).ideaId], { title: 'Mange retter' })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        t.send('PATCH', `/api/projects/${projectId}`, { as: organiser, body: { version: 1, title: `Rettet ${index}` } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)])
    const lost = await bodyOf(answers.find(({ status }) => status === 409) as Response)
    expect(lost).toMatchObject({ kind: 'project-edit-conflict', current: { version: 2, title: expect.stringMatching(/^Rettet/) } })
  })

  it('never touches a project of an earlier round', async () => {
    const { projectId } = (await t.read('/api/rounds/2018/projects')).items[0]
    const answer = await one(`/api/projects/${projectId}/state`, { version: 1, state: 'withdrawn', reason: REASON })
    expect(answer).toMatchObject({ status: 409, kind: 'project-not-open' })
    expect((await t.send('GET', `/api/plan/projects/${projectId}`, { as: organiser })).status).toBe(404)
    expect(await t.read(`/api/projects/${projectId}`)).toMatchObject({ state: null, ideas: [], history: [], shortlistNumber: null })
  })

  it('with nothing in it is refused, and HTML stays text', async () => {
    const made = await project([(await idea()).ideaId], { title: '<b>Fed</b> plads', description: '<script>alert(1)</script> bare tekst' })
    expect(made).toMatchObject({ title: '<b>Fed</b> plads', projectId: '2026-b-fed-b-plads' })
    const response = await t.send('PATCH', `/api/projects/${made.projectId}`, { as: organiser, body: { version: 1 } })
    expect([response.status, (await bodyOf(response)).kind]).toEqual([422, 'invalid-request'])
  })
})

describe('ideas that become no project', () => {
  it('are left with a public reason, and may be looked at again', async () => {
    const { ideaId } = await idea()
    const path = `/api/plan/ideas/${ideaId}`
    expect(await one(`${path}/reconsider`, { reason: REASON })).toMatchObject({ status: 409, kind: 'idea-not-settled' })
    expect((await post<Idea>(`${path}/not-taken-forward`, { reason: REASON })).outcome).toMatchObject({
      kind: 'not-taken-forward',
      reason: REASON,
    })
    expect(await readIdea(ideaId)).toMatchObject({ status: 'submitted', outcome: { kind: 'not-taken-forward', reason: REASON } })
    expect(await one(`${path}/not-taken-forward`, { reason: REASON })).toMatchObject({ status: 409, kind: 'idea-settled' })
    expect(await one(PROJECTS, { districtId: SYD, ideaIds: [ideaId] })).toMatchObject({ status: 409, kind: 'idea-not-taken-forward' })
    expect((await post<Idea>(`${path}/reconsider`, { reason: 'Der kom nye oplysninger.' })).outcome).toBeNull()
    await project([ideaId])
    expect(await one(`${path}/not-taken-forward`, { reason: REASON })).toMatchObject({ status: 409, kind: 'idea-in-project' })
    const rows = await t.deps.db
      .selectFrom('idea_outcome')
      .where('idea_id', '=', ideaId)
      .select('kind')
      .orderBy('idea_outcome_id')
      .execute()
    expect(rows.map(({ kind }) => kind)).toEqual(['not-taken-forward', 'reconsidered'])
    await expect(sql`update idea_outcome set reason = 'Noget andet' where idea_id = ${ideaId}`.execute(t.deps.db)).rejects.toMatchObject({
      code: '23001',
    })
  })

  it('left and taken forward at the same moment are one of the two', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ideaId } = await idea()
      const answers = await Promise.all([
        t.send('POST', `/api/plan/ideas/${ideaId}/not-taken-forward`, { as: organiser, body: { reason: REASON } }),
        t.send('POST', PROJECTS, { as: organiser, body: { districtId: SYD, ideaIds: [ideaId] } }),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(1)
    }
  })

  it('are withdrawn by their author in favour of a project; both pages say so', async () => {
    const [mine, others] = [await idea({ title: 'Min bænk' }), await idea({ title: 'Deres bænk' }, neighbour)]
    const { projectId } = await project([others.ideaId], { title: 'Bænken' })
    const path = `/api/ideas/${mine.ideaId}/withdraw-in-favour`
    expect(await one(path, { version: 1, projectId }, neighbour)).toMatchObject({ status: 403, kind: 'not-allowed' })
    expect(await one(path, { version: 7, projectId }, citizen)).toMatchObject({ status: 409, kind: 'edit-conflict' })
    expect(await one(path, { version: 1, projectId: 'no-such-project' }, citizen)).toMatchObject({ status: 404, kind: 'not-found' })
    const withdrawn = await post<Idea>(path, { version: 1, projectId }, citizen)
    expect(withdrawn).toMatchObject({ status: 'withdrawn', version: 2, outcome: { kind: 'withdrawn-in-favour', projectId, reason: null } })
    expect((await t.read(`/api/projects/${projectId}`)).ideas).toMatchObject([
      { ideaId: others.ideaId, role: 'merged' },
      { ideaId: mine.ideaId, role: 'in-favour', isWithdrawn: true },
    ])
    expect(await one(path, { version: 2, projectId }, citizen)).toMatchObject({ status: 409, kind: 'already-withdrawn' })
    const elsewhere = await idea({}, citizen, 2027)
    expect(await one(`/api/ideas/${elsewhere.ideaId}/withdraw-in-favour`, { version: 1, projectId }, citizen)).toMatchObject({
      kind: 'other-round',
    })
    expect((await readIdea(elsewhere.ideaId)).status).toBe('submitted')
    // Moderation takes an idea away from every page at once.
    await t.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', others.ideaId).execute()
    expect((await t.read(`/api/projects/${projectId}`)).ideas).toMatchObject([{ ideaId: mine.ideaId }])
  })
})
