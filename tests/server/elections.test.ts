import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drawLot } from '../../server/allocation/rules/lot.ts'
import { moveElections } from '../../server/elections/clock.ts'
import type { Election, ElectionLog, LogEntry, PlanElection } from '../../server/elections/contract.ts'
import type { VoteParts } from '../../server/elections/parts.ts'
import { brokenAt } from '../../server/elections/rules/logChain.ts'
import { takeStep } from '../../server/elections/steps.ts'
import { voteParts } from '../../server/voteParts.ts'
import { decideIdea } from '../builders/assessment.ts'
import { buildRound } from '../builders/round.ts'
import { auditorKey, insertShares, readyElection, type Staff, shortlistProject } from '../builders/shortlist.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const PLAN = '/api/rounds/2026/election'
const PUBLIC = '/api/rounds/2026/election'
const NOW = '2026-05-04T10:00:00Z'
// The decision phase of the round is July; nine o'clock in Denmark is seven in UTC.
const OPENS = '2026-07-01T07:00:00.000Z'
const CLOSES = '2026-07-31T20:00:00.000Z'
const REASON = 'Der mangler et projekt på stemmesedlen.'

let t: TestApp
let staff: Staff
let organiser: SignedIn
let second: SignedIn
let bench: string
let swing: string
let ideaId: number
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await insertShares(t.deps.db, 2026)
  organiser = await t.signIn('organiser')
  second = await t.signIn('organiser')
  staff = { organiser, assessor: await t.signIn('planner'), approver: second, author: await t.signIn('citizen') }
  const syd = { districtId: 'ballerup-syd' } as const
  const made = await shortlistProject(t, staff, { ...syd, title: 'Bænk ved dammen', at: [12.3618, 55.7338], costDkk: 40_000 })
  bench = made.projectId
  ideaId = made.ideaId
  swing = (await shortlistProject(t, staff, { ...syd, title: 'Gynge i parken', at: [12.36, 55.73], costDkk: 120_000 })).projectId
  await shortlistProject(t, staff, { districtId: 'skovlunde', title: 'Shelter', at: [12.401, 55.7207], costDkk: 90_000 })
}, 120_000)
afterAll(() => t.close())
beforeEach(async () => {
  t.clock.set(NOW)
  // Months pass in here; nobody signs in anew.
  await t.deps.db
    .updateTable('session')
    .set({ expires_at: new Date('2030-01-01') })
    .execute()
  for (const table of ['election', 'ballot_preparation', 'conflict_decision', 'rate_limit'] as const)
    await t.deps.db.deleteFrom(table).execute()
})

const send = (method: string, path: string, body?: unknown, as = organiser) => t.send(method, `${PLAN}${path}`, { as, body })
async function sure<Body = PlanElection>(response: Response, status = 200): Promise<Body> {
  expect([response.status, response.status === status ? '' : await response.clone().text()]).toEqual([status, ''])
  return bodyOf<Body>(response)
}
const problem = async (response: Response) => {
  const { kind, ...rest } = await bodyOf(response)
  return { status: response.status, kind, ...rest }
}
const read = async () => (await t.read<{ election: PlanElection | null }>(`${PLAN}/plan`, organiser)).election as PlanElection
const openChecks = ({ checklist }: PlanElection) => checklist.filter(({ open }) => open.length > 0).map(({ check }) => check)
const freeze = async () => sure(await send('POST', '/freeze', { version: (await readyElection(t, organiser)).version }))
const step = (name: string, action: string, as = organiser, reason: string | null = null) =>
  send('POST', `/steps/${name}`, { action, reason }, as)
const inTurn = (count: number, run: (index: number) => Promise<Response>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))
const statuses = (answers: Response[]) => answers.map(({ status }) => status).sort()
const at = async (instant: string) => {
  t.clock.set(instant)
  await moveElections(t.deps)
}
const actions = async () => (await read()).log.map(({ action }) => action)

describe('a draft', () => {
  it('is begun once, with usual settings and the times of the decision phase', async () => {
    expect(await t.read(`${PLAN}/plan`, organiser)).toEqual({ election: null })
    const answers = await inTurn(5, () => send('POST', ''))
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409])
    expect(await problem(answers.find(({ status }) => status === 409) as Response)).toMatchObject({ kind: 'wrong-state', state: 'draft' })
    expect(await read()).toMatchObject({
      state: 'draft',
      version: 1,
      settings: {
        ballotKind: 'approval',
        rule: 'greedy_cost',
        tie: 'min-cost,lot',
        minAgeHome: 15,
        minAgeMeeting: 6,
        opensAt: OPENS,
        closesAt: CLOSES,
        exceptions: {},
      },
      log: [{ action: 'election-created', actorName: 'Test organiser' }],
    })
    expect(await t.read(PUBLIC)).toMatchObject({ state: 'draft', setup: null, opensAt: null })
    expect(await t.read('/api/rounds/2026')).toMatchObject({ voteState: null })
    expect((await t.send('POST', '/api/rounds/2031/election', { as: organiser })).status).toBe(404)
  })

  it('says what is missing, point by point, until nothing is', async () => {
    const begun = await sure(await send('POST', ''), 201)
    expect(openChecks(begun)).toEqual(['prepared', 'texts', 'lot', 'auditors'])
    expect(begun.districts.filter(({ takesPart }) => takesPart).map(({ districtId }) => districtId)).toEqual(['ballerup-syd', 'skovlunde'])
    const refused = await send('POST', '/freeze', { version: 1 })
    expect(await problem(refused)).toMatchObject({
      status: 409,
      kind: 'not-ready',
      open: [{ check: 'prepared' }, { check: 'texts' }, { check: 'lot' }, { check: 'auditors' }],
    })
    await t.deps.db.deleteFrom('election').execute()
    expect(openChecks(await readyElection(t, organiser))).toEqual([])
  })

  it('takes the approved estimates over and refuses what a share cannot pay', async () => {
    const { version, preparations } = await sure(await send('POST', ''), 201)
    expect(preparations.find(({ projectId }) => projectId === bench)).toMatchObject({
      prepared: null,
      suggested: { costDkk: 40_000, runningCostDkkPerYear: 1_500 },
      ideas: [{ ideaId, isFeasible: true }],
    })
    const cost = { costDkk: 375_252, runningCostDkkPerYear: null, smallestUsefulDkk: 100 }
    const dear = await sure(await send('PUT', `/preparations/${bench}`, { version, ...cost }))
    expect(dear.checklist).toContainEqual({
      check: 'within-share',
      open: [{ districtId: 'ballerup-syd', projectId: bench, ideaId: null, count: null }],
    })
    const whole = await sure(await send('PUT', `/preparations/${bench}`, { version: 2, ...cost, costDkk: 375_251 }))
    expect(openChecks(whole)).not.toContain('within-share')
    for (const [change, status] of [
      [{ smallestUsefulDkk: 375_252 }, 422],
      [{ costDkk: 0 }, 422],
      [{ costDkk: 1.5 }, 422],
    ] as const) {
      expect((await send('PUT', `/preparations/${bench}`, { version: 3, ...cost, costDkk: 375_251, ...change })).status).toBe(status)
    }
    expect((await send('PUT', '/preparations/2018-haren-i-aadalen', { version: 3, ...cost })).status).toBe(404)
    expect((await read()).log.at(-1)).toMatchObject({ action: 'preparation-changed', detail: { projectId: bench, costDkk: 375_251 } })
  })

  it('wants every idea of a project found feasible, and not looked at again', async () => {
    await readyElection(t, organiser)
    const reopened = await t.send('POST', `/api/plan/ideas/${ideaId}/assessment/reopen`, {
      as: second,
      body: { reason: 'Nye data om jorden' },
    })
    expect(reopened.status, await reopened.clone().text()).toBe(200)
    const open = (await read()).checklist.find(({ check }) => check === 'assessed')?.open
    expect(open).toEqual([{ districtId: 'ballerup-syd', projectId: bench, ideaId, count: null }])
    await decideIdea(t, { ideaId, assessor: staff.assessor, approver: second })
    expect(openChecks(await read())).toEqual([])
  })

  it('lets a district do otherwise, and says which combinations make no vote', async () => {
    const { version, settings } = await readyElection(t, organiser)
    const put = (change: object, seen = version) => send('PUT', '/settings', { version: seen, settings: { ...settings, ...change } })
    const exceptions = { 'ballerup-syd': { decidedBy: 'knock-out', closesAt: '2026-07-10T18:00:00.000Z' } }
    const changed = await sure(await put({ exceptions }))
    expect(openChecks(changed)).toEqual(['channels', 'ballot'])
    expect(changed.log.at(-1)).toMatchObject({
      action: 'settings-changed',
      detail: { changed: ['ballerup-syd.closesAt', 'ballerup-syd.decidedBy'] },
    })
    const whole = { ...exceptions['ballerup-syd'], ballotKind: 'choose-one', channels: ['show-of-hands'] }
    expect(openChecks(await sure(await put({ exceptions: { 'ballerup-syd': whole } }, version + 1)))).toEqual([])
    const late = await sure(await put({ opensAt: CLOSES, closesAt: OPENS, eligibility: 'roll' }, version + 2))
    expect(openChecks(late)).toEqual(['times', 'roll'])
    t.clock.set(OPENS)
    expect(openChecks(await sure(await put({}, version + 3)))).toEqual(['times'])
    expect(await problem(await put({ exceptions: { 'lilleput-by': { minVotes: 2 } } }, version + 4))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/settings/exceptions/lilleput-by' }],
    })
    expect((await put({ channels: ['paper', 'paper'] }, version + 4)).status).toBe(422)
  })

  it('names its version; of ten changes at once one wins, the others see what is there', async () => {
    const { version, settings } = await sure(await send('POST', ''), 201)
    const answers = await inTurn(10, (index) => send('PUT', '/settings', { version, settings: { ...settings, minVotes: index + 1 } }))
    expect(statuses(answers)).toEqual([200, ...Array(9).fill(409)])
    const lost = await problem(answers.find(({ status }) => status === 409) as Response)
    expect(lost).toMatchObject({ kind: 'election-edit-conflict', current: { version: 2 } })
    expect(await actions()).toEqual(['election-created', 'settings-changed'])
  })
})

describe('the lot', () => {
  it('orders each district’s projects by SHA-256 of id and seed, as anybody can do again', async () => {
    const { districts, lot } = await readyElection(t, organiser)
    const hashOf = (id: string) => createHash('sha256').update(`${id}\n${lot?.seed}`).digest('hex')
    const syd = districts.find(({ districtId }) => districtId === 'ballerup-syd')
    const expected = [bench, swing].sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
    expect(syd?.lot.map(({ projectId, hash }) => [projectId, hash])).toEqual(expected.map((id) => [id, hashOf(id)]))
    expect(drawLot([bench, swing], lot?.seed ?? '').map(({ projectId }) => projectId)).toEqual(expected)
    expect((await read()).log.at(-1)).toMatchObject({ action: 'lot-entered', detail: lot })
  })
})

describe('conflicts', () => {
  it('stand in the way until they are decided; confirmed ones become pairs of which one is funded', async () => {
    const near = await shortlistProject(t, staff, {
      title: 'Bord ved bænken',
      districtId: 'ballerup-syd',
      at: [12.3619, 55.7338],
      costDkk: 9_000,
    })
    const draft = await readyElection(t, organiser)
    expect(draft.checklist).toContainEqual({
      check: 'conflicts',
      open: [{ districtId: 'ballerup-syd', projectId: null, ideaId: null, count: 1 }],
    })
    const pair = {
      first: `project:${bench}`,
      second: `project:${near.projectId}`,
      version: 0,
      state: 'confirmed',
      reason: 'De står oven i hinanden.',
    }
    await sure(await t.send('POST', '/api/plan/conflicts/decisions', { as: organiser, body: pair }), 201)
    const frozen = await sure(await send('POST', '/freeze', { version: draft.version }))
    const syd = frozen.setup?.districts.find(({ districtId }) => districtId === 'ballerup-syd')
    expect(syd?.exclusivePairs).toEqual([{ projectIds: [bench, near.projectId].sort(), reason: 'De står oven i hinanden.' }])
    expect(await t.deps.db.selectFrom('ballot_exclusion').select('reason').execute()).toHaveLength(1)
    const leave = { version: 2, state: 'planned', reason: 'Den er flyttet.' }
    await sure(await t.send('POST', `/api/projects/${near.projectId}/state`, { as: organiser, body: leave }))
    // What was frozen is a copy: the ballot keeps it.
    expect((await t.read(PUBLIC)).setup.districts[0].lines).toHaveLength(3)
    await t.deps.db.deleteFrom('election').execute()
    await t.deps.db.deleteFrom('project').where('project_id', '=', near.projectId).execute()
    await t.deps.db.deleteFrom('idea').where('idea_id', '=', near.ideaId).execute()
  })
})

describe('freezing', () => {
  it('publishes the set-up, and its hash is that of the very bytes', async () => {
    const frozen = await freeze()
    expect(frozen).toMatchObject({ state: 'frozen', frozenAt: new Date(NOW).toISOString(), checklist: [], preparations: [] })
    const response = await t.send('GET', `${PUBLIC}/setup.json`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(frozen.setupSha256)
    const setup = JSON.parse(bytes.toString())
    expect(setup).toEqual(frozen.setup)
    expect(setup).toMatchObject({
      format: 'borgermillionen-election-1',
      software: expect.stringMatching(/^borgermillionen \d/),
      lot: { source: 'Lørdagslotto den 2. maj 2026' },
      districts: [
        {
          districtId: 'ballerup-syd',
          shareDkk: 375_251,
          rollSize: null,
          lines: [{ projectId: bench, lineNumber: 1 }, { projectId: swing }],
        },
        { districtId: 'skovlunde', settings: { opensAt: OPENS, closesAt: CLOSES } },
      ],
      auditors: [
        { position: 1, name: 'Revisor 1', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { position: 2, name: 'Revisor 2' },
      ],
    })
    const etag = response.headers.get('etag') as string
    expect((await t.send('GET', `${PUBLIC}/setup.json`, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect(response.headers.get('cache-control')).toContain('s-maxage')
    expect(await t.read(PUBLIC)).toMatchObject({
      state: 'frozen',
      setupSha256: frozen.setupSha256,
      opensAt: OPENS,
      closesAt: CLOSES,
      isDemo: false,
    })
    expect(await t.read('/api/rounds/2026')).toMatchObject({ voteState: 'frozen' })
    expect((await read()).log.at(-1)).toMatchObject({ action: 'setup-frozen', detail: { sha256: frozen.setupSha256 } })
  })

  it('of ten at once happens once', async () => {
    const { version } = await readyElection(t, organiser)
    const answers = await inTurn(10, () => send('POST', '/freeze', { version }))
    expect(statuses(answers)).toEqual([200, ...Array(9).fill(409)])
    expect((await actions()).filter((action) => action === 'setup-frozen')).toHaveLength(1)
    const other = await problem(answers.find(({ status }) => status === 409) as Response)
    expect(other).toMatchObject({ kind: 'frozen', state: 'frozen' })
  })

  it('refuses every change afterwards, by code and by the database', async () => {
    const { version, settings } = await freeze()
    const cost = { costDkk: 1, runningCostDkkPerYear: null, smallestUsefulDkk: null }
    for (const response of [
      await send('PUT', '/settings', { version, settings }),
      await send('PUT', '/lot', { version, seed: 'Et andet lotteri', source: 'Et andet lotteri' }),
      await send('PUT', `/preparations/${bench}`, { version, ...cost }),
      await send('POST', '/freeze', { version }),
    ]) {
      expect(await problem(response)).toMatchObject({ status: 409, kind: 'frozen' })
    }
    for (const statement of [
      `update election set settings = '{}'`,
      `update election set lot_seed = 'andet'`,
      `update election set frozen_setup = '{}'`,
      `update election set closes_at = closes_at + interval '1 hour'`,
      `update election set state = 'ended'`,
      `update election_district set share_dkk = 1`,
      `update election_district set closes_at = closes_at + interval '1 hour'`,
      'delete from election_district',
      `update ballot_line set cost_dkk = 1, smallest_useful_dkk = null`,
      'delete from ballot_line',
      `insert into ballot_exclusion values (2026, 'ballerup-syd', '${bench}', '${swing}', 'Begge kan ikke bygges')`,
    ]) {
      await expect(sql.raw(statement).execute(t.deps.db), statement).rejects.toMatchObject({ code: '23514' })
    }
  })

  it('is undone before the opening with a reason, and never from the opening on', async () => {
    const first = await freeze()
    const thawed = await sure(await send('POST', '/thaw', { reason: REASON }))
    expect(thawed).toMatchObject({ state: 'draft', version: first.version + 1, setup: null, setupSha256: null })
    expect(thawed.log.at(-1)).toMatchObject({ action: 'setup-thawed', detail: { reason: REASON, sha256: first.setupSha256 } })
    expect((await t.send('GET', `${PUBLIC}/setup.json`)).status).toBe(404)
    const settings = { ...thawed.settings, rule: 'mes_cost+add1u', tie: 'min-cost,max-votes,lot' }
    const { version } = await sure(await send('PUT', '/settings', { version: thawed.version, settings }))
    const again = await sure(await send('POST', '/freeze', { version }))
    expect(again.setupSha256).not.toBe(first.setupSha256)
    t.clock.set(OPENS)
    expect(await problem(await send('POST', '/thaw', { reason: REASON }))).toMatchObject({ kind: 'wrong-state', state: 'frozen' })
    await at(OPENS)
    expect(await problem(await send('POST', '/thaw', { reason: REASON }))).toMatchObject({ kind: 'wrong-state', state: 'open' })
  })

  it('fixes the auditors with the hash; another one may be named only after thawing, and makes another hash', async () => {
    const { setup, setupSha256 } = await freeze()
    const named = () =>
      t.send('PUT', '/api/rounds/2026/auditors', { as: second, body: { position: 1, name: 'En anden', publicKey: auditorKey() } })
    expect(await problem(await named())).toMatchObject({ status: 409, kind: 'frozen', state: 'frozen' })
    expect((await t.read('/api/rounds/2026/auditors')).items.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).toEqual(
      setup?.auditors?.map(({ fingerprint }) => fingerprint),
    )
    const { version } = await sure(await send('POST', '/thaw', { reason: REASON }))
    expect((await named()).status).toBe(200)
    const again = await sure(await send('POST', '/freeze', { version }))
    expect(again.setupSha256).not.toBe(setupSha256)
    expect(again.setup?.auditors?.[0]).toMatchObject({ position: 1, name: 'En anden' })
  })

  it('and naming an auditor, fired together, leave the one who is frozen', async () => {
    const { version } = await readyElection(t, organiser)
    const name = (index: number) =>
      t.send('PUT', '/api/rounds/2026/auditors', {
        as: second,
        body: { position: 1, name: `Revisor nr. ${index}`, publicKey: auditorKey() },
      })
    const answers = await inTurn(9, (index) => (index === 4 ? send('POST', '/freeze', { version }) : name(index)))
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
    const { setup } = await read()
    const { items } = await t.read('/api/rounds/2026/auditors')
    const plain = items.map(({ publicKey: _, ...auditor }: { publicKey: string }) => auditor)
    expect(setup?.auditors).toEqual(plain)
  })

  it('takes the sheets of codes along when it is undone, whoever makes one at that moment', async () => {
    await freeze()
    const make = () => t.send('POST', '/api/plan/rounds/2026/code-batches', { as: organiser, body: { districtId: 'skovlunde', count: 3 } })
    for (const _ of [1, 2]) expect((await make()).status).toBe(201)
    const [thawed, made] = await Promise.all([send('POST', '/thaw', { reason: REASON }), make()])
    expect([thawed.status, [201, 404].includes(made.status)]).toEqual([200, true])
    const rows = await t.deps.db.selectFrom('code_batch').select('cancelled_at').execute()
    expect(rows.filter((row) => row.cancelled_at === null)).toEqual([])
    expect(await t.deps.db.selectFrom('voting_code').selectAll().execute()).toEqual([])
    const cancelled = (await actions()).filter((action) => action === 'codes-cancelled')
    expect(cancelled).toHaveLength(made.status === 201 ? 3 : 2)
    expect((await actions()).at(-1)).toBe('setup-thawed')
  })

  it('stays frozen when one of its codes has been used', async () => {
    await freeze()
    await t.send('POST', '/api/plan/rounds/2026/code-batches', { as: organiser, body: { districtId: 'skovlunde', count: 1 } })
    // Cannot happen before the opening; the sheet is kept if it ever does.
    await sql`update voting_code set is_used = true`.execute(t.deps.db)
    expect(await problem(await send('POST', '/thaw', { reason: REASON }))).toMatchObject({ status: 409, kind: 'batch-in-use' })
    expect(await read()).toMatchObject({ state: 'frozen' })
  })

  it('and thawing, fired together, leave one whole log and one state', async () => {
    const { version } = await freeze()
    await inTurn(12, (index) =>
      index % 2 ? send('POST', '/thaw', { reason: REASON }) : send('POST', '/freeze', { version: version + Math.floor(index / 4) }),
    )
    const { log, state } = await read()
    expect(brokenAt(log)).toBeNull()
    const turns = log.map(({ action }) => action).filter((action) => action.startsWith('setup-'))
    expect(turns).toEqual(turns.map((_, index) => (index % 2 ? 'setup-thawed' : 'setup-frozen')))
    expect(state).toBe(turns.at(-1) === 'setup-frozen' ? 'frozen' : 'draft')
  })
})

describe('the clock', () => {
  it('opens and ends at the very second, once, whoever looks', async () => {
    await freeze()
    await at('2026-07-01T06:59:59Z')
    expect((await read()).state).toBe('frozen')
    t.clock.set(OPENS)
    await Promise.all(Array.from({ length: 5 }, () => moveElections(t.deps)))
    expect((await read()).state).toBe('open')
    await at('2026-07-31T19:59:59Z')
    expect((await read()).state).toBe('open')
    await at(CLOSES)
    const { state, log } = await read()
    expect(state).toBe('ended')
    expect(log.slice(-2)).toMatchObject([
      { action: 'vote-opened', actorName: 'clock', at: OPENS },
      { action: 'vote-ended', actorName: 'clock', at: CLOSES },
    ])
  })

  it('is the Danish one also in the night it goes back, and catches up after a sleep', async () => {
    const { version, settings } = await readyElection(t, organiser)
    // Half past two, the second time; half past three.
    const times = { opensAt: '2026-10-25T01:30:00.000Z', closesAt: '2026-10-25T02:30:00.000Z' }
    const ready = await sure(await send('PUT', '/settings', { version, settings: { ...settings, ...times } }))
    await sure(await send('POST', '/freeze', { version: ready.version }))
    await at('2026-10-25T00:30:00Z')
    expect((await read()).state).toBe('frozen')
    await at('2026-10-25T06:00:00Z')
    expect(await actions()).toEqual(expect.arrayContaining(['vote-opened', 'vote-ended']))
    expect((await read()).state).toBe('ended')
  })

  it('that is wrong moves nothing and says so', async () => {
    await freeze()
    const warned: unknown[] = []
    const log = { ...t.deps.log, warn: (what: unknown) => void warned.push(what) } as never
    const wrongBy = (ms: number) => ({ db: t.deps.db, log, clock: { now: () => new Date(Date.now() + ms) } })
    await sql`alter table election disable trigger election_frozen`.execute(t.deps.db)
    await sql`update election set opens_at = now() - interval '1 day', closes_at = now() + interval '1 day'`.execute(t.deps.db)
    await sql`alter table election enable trigger election_frozen`.execute(t.deps.db)
    await moveElections(wrongBy(60_000))
    await moveElections(wrongBy(-60_000))
    expect([(await read()).state, warned.length]).toEqual(['frozen', 2])
    await moveElections(wrongBy(0))
    expect([(await read()).state, warned.length]).toEqual(['open', 2])
  })
})

describe('a step', () => {
  async function ended(): Promise<void> {
    await freeze()
    await at(OPENS)
    await at(CLOSES)
  }

  it('is proposed by one and confirmed by another, from closing to publication', async () => {
    await ended()
    await t.deps.db.updateTable('person').set({ display_name: 'Den anden' }).where('person_id', '=', second.personId).execute()
    for (const [name, state] of [
      ['close', 'closed'],
      ['count', 'counted'],
      ['publish', 'published'],
    ] as const) {
      expect((await sure(await step(name, 'propose'))).steps.at(-1)).toMatchObject({
        step: name,
        proposedBy: { personId: organiser.personId },
        confirmedBy: null,
      })
      expect(await problem(await step(name, 'confirm'))).toMatchObject({ status: 409, kind: 'needs-second-person' })
      expect((await t.send('GET', `${PUBLIC}/log`)).status).toBe(404)
      expect((await sure(await step(name, 'confirm', second))).state).toBe(state)
    }
    const { items, brokenAt: broken } = await t.read<ElectionLog>(`${PUBLIC}/log`)
    expect([broken, items.at(-1)?.action]).toEqual([null, 'publish-confirmed'])
    const doneBy = (name: string) => items.filter(({ actorName }) => actorName === name).map(({ action }) => action)
    expect(doneBy('clock')).toEqual(['vote-opened', 'vote-ended'])
    expect(doneBy('Den anden')).toEqual(['boxes-closed', 'close-confirmed', 'count-confirmed', 'publish-ballot-files', 'publish-confirmed'])
    expect(await t.read('/api/rounds/2026')).toMatchObject({ voteState: 'published' })
    expect(await problem(await step('stop', 'propose', organiser, REASON))).toMatchObject({ kind: 'wrong-state', state: 'published' })
  })

  it('has its time: nothing is closed before it ended, nor counted before it is closed', async () => {
    await freeze()
    for (const name of ['close', 'count', 'publish']) {
      expect(await problem(await step(name, 'propose'))).toMatchObject({ status: 409, kind: 'wrong-state', state: 'frozen' })
    }
    expect(await problem(await step('close', 'confirm'))).toMatchObject({ kind: 'wrong-state' })
    expect((await step('reopen', 'propose')).status).toBe(422)
  })

  it('proposed by two at once is proposed by one; confirmed by two at once is done once', async () => {
    await ended()
    const proposals = await Promise.all([step('close', 'propose', organiser), step('close', 'propose', second)])
    expect(statuses(proposals)).toEqual([200, 409])
    expect(await problem(proposals.find(({ status }) => status === 409) as Response)).toMatchObject({
      kind: 'step-conflict',
      step: { step: 'close' },
    })
    const third = await t.signIn('admin')
    const confirmations = await inTurn(9, (index) => step('close', 'confirm', [organiser, second, third][index % 3]))
    expect(statuses(confirmations).filter((status) => status === 200)).toHaveLength(1)
    expect((await read()).state).toBe('closed')
    expect((await actions()).filter((action) => action === 'close-confirmed')).toHaveLength(1)
    await expect(sql`update election_step set confirmed_by = proposed_by`.execute(t.deps.db)).rejects.toMatchObject({
      constraint: 'election_step_second_person',
    })
  })

  it('is taken wholly or not at all: what a room refuses leaves the proposal as it was', async () => {
    await ended()
    await step('close', 'propose')
    const person = {
      personId: second.personId,
      displayName: 'Test',
      role: 'organiser',
      districtId: null,
      csrfToken: '',
      expiresAt: new Date(),
      voterKey: null,
      ageYears: null,
    } as const
    const close = () => Promise.reject(new Error('no'))
    const usual = voteParts(t.deps.config)
    const confirm = (parts: Partial<VoteParts>) =>
      takeStep(t.deps, { ...usual, ...parts }, person, { year: 2026, step: 'close' }, { action: 'confirm', reason: null })
    await expect(confirm({ runs: { ...usual.runs, close } })).rejects.toThrow('no')
    await expect(confirm({ openMeetingWork: async () => [{ districtId: 'skovlunde', kind: 'paper' }] })).rejects.toMatchObject({
      kind: 'meeting-not-done',
    })
    expect(await read()).toMatchObject({ state: 'ended', steps: [{ step: 'close', confirmedBy: null }] })
    expect((await actions()).at(-1)).toBe('close-proposed')
  })

  it('may be taken back before it is confirmed', async () => {
    await ended()
    await step('close', 'propose')
    expect((await sure(await step('close', 'withdraw', second))).steps).toEqual([])
    expect(await problem(await step('close', 'confirm', second))).toMatchObject({ kind: 'step-conflict', step: null })
    expect((await actions()).slice(-2)).toEqual(['close-proposed', 'close-withdrawn'])
  })

  it('that stops the vote owes a public reason, and nothing goes on after it', async () => {
    await freeze()
    await at(OPENS)
    expect(await problem(await step('stop', 'propose'))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/reason', detail: 'reason-missing' }],
    })
    await sure(await step('stop', 'propose', organiser, REASON))
    expect(await problem(await step('stop', 'confirm', organiser))).toMatchObject({ kind: 'needs-second-person' })
    expect(await sure(await step('stop', 'confirm', second))).toMatchObject({ state: 'stopped', stopReason: REASON })
    expect(await t.read(PUBLIC)).toMatchObject({ state: 'stopped', stopReason: REASON })
    expect((await t.read<ElectionLog>(`${PUBLIC}/log`)).items.at(-1)).toMatchObject({
      action: 'stop-confirmed',
      detail: { reason: REASON },
    })
    const closed = await t.deps.db.selectFrom('election_district').select('is_closed').execute()
    expect(closed.every(({ is_closed }) => is_closed)).toBe(true)
    await at(CLOSES)
    expect((await read()).state).toBe('stopped')
  })
})

describe('the log', () => {
  it('holds as a chain, and one word changed breaks it', async () => {
    const { log } = await freeze()
    expect(brokenAt(log)).toBeNull()
    const changed: LogEntry[] = log.map((entry) => (entry.entryNumber === 3 ? { ...entry, actorName: 'En anden' } : entry))
    expect(brokenAt(changed)).toBe(3)
    expect(brokenAt(log.toSpliced(3, 1))).toBe(5)
    await expect(sql`update election_log set actor_name = 'En anden'`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
  })

  it('shows everybody how far it has come, from freezing on', async () => {
    const head = async () => (await t.read<Election>(PUBLIC)).logHead
    const { version } = await readyElection(t, organiser)
    expect(await head()).toBeNull()
    await sure(await send('POST', '/freeze', { version }))
    const noted = await head()
    expect(noted).toEqual({ entryNumber: (await read()).log.length, entryHash: (await read()).log.at(-1)?.entryHash })
    await at(OPENS)
    expect((await head())?.entryNumber).toBe((noted?.entryNumber ?? 0) + 1)
    // Later anybody finds the noted entry where it was, under the hash it had.
    expect((await read()).log[(noted?.entryNumber ?? 0) - 1]?.entryHash).toBe(noted?.entryHash)
  })

  it('is not public before the vote is published, and is there for no round without one', async () => {
    expect(await problem(await t.send('GET', `${PUBLIC}/log`))).toMatchObject({ status: 404, kind: 'no-election' })
    await freeze()
    expect(await problem(await t.send('GET', `${PUBLIC}/log`))).toMatchObject({ status: 404, kind: 'not-published' })
    expect(await problem(await t.send('GET', '/api/rounds/2018/election'))).toMatchObject({ status: 404, kind: 'no-election' })
  })
})
