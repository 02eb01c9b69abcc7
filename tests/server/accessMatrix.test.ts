import { randomUUID } from 'node:crypto'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { ConstraintCatalogue } from '../../server/constraints/contract.ts'
import type { FrozenSetup, PlanElection } from '../../server/elections/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { decideIdea, yesDraft } from '../builders/assessment.ts'
import { newCast } from '../builders/castVote.ts'
import { newIdea } from '../builders/idea.ts'
import { buildMeeting, letPeopleIn, MAALOEV_2018, SKOVLUNDE, SYD_AGREES } from '../builders/meeting.ts'
import { flatPicture, pictureForm } from '../builders/picture.ts'
import { ballotsOf, buildResult } from '../builders/result.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote } from '../builders/vote.ts'
import { ACCESS, ACTORS, type Actor, ON_ANOTHERS } from '../setup/accessTable.ts'
import { operationsOf, readApiDocument } from '../setup/apiDocument.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { digestWrites } from '../setup/dataDigest.ts'

interface Plausible {
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** What an allowed request is answered with; 200 when nothing is said. */
  status?: number
}

const IDEAS = '/api/rounds/2026/ideas'
const REASON = 'De hører sammen på samme sted.'
const CHANGE = { version: 1, title: 'En længere bænk' }
const PASS_ON = { districtId: 'maaloev', projectId: '2025-baenk', reason: 'Jorden er forurenet, så den kan ikke bygges.' }

let t: TestApp
let owner: SignedIn
let organiser: SignedIn
let assessor: SignedIn
let approver: SignedIn
let vote: FrozenSetup
beforeAll(async () => {
  // Nothing listens there, so no identity provider either.
  t = await createTestApp({ BASE_URL: 'http://localhost:9', CONSTRAINT_LOADING: 'true' })
  await buildRound(t.deps.db, { year: 2026 })
  vote = await buildVote(t.deps.db, { year: 2029, opensAt: '2026-05-01T06:00:00.000Z', closesAt: '2026-05-20T18:00:00.000Z' })
  await buildVote(t.deps.db, { year: 2030, state: 'draft' })
  const inMay = { opensAt: '2026-05-01T06:00:00.000Z', closesAt: '2026-05-20T18:00:00.000Z' }
  await buildVote(t.deps.db, { year: 2031, districts: [MAALOEV_2018, SYD_AGREES, SKOVLUNDE], ...inMay })
  owner = await t.signIn('citizen', 'ballerup-syd')
  organiser = await t.signIn('organiser')
  assessor = await t.signIn('planner')
  approver = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(() => t.deps.db.deleteFrom('rate_limit').execute())

async function ideaOf(person: SignedIn): Promise<number> {
  const response = await t.send('POST', IDEAS, { as: person, body: newIdea() })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await bodyOf<Idea>(response)).ideaId
}

/** A project of the idea of `person` and another one; its author is asked. */
async function projectOf(person: SignedIn): Promise<{ projectId: string; ideaIds: [number, number] }> {
  const ideaIds: [number, number] = [await ideaOf(person), await ideaOf(owner)]
  const body = { districtId: 'ballerup-syd', ideaIds }
  const response = await t.send('POST', '/api/rounds/2026/projects', { as: organiser, body })
  expect(response.status, await response.clone().text()).toBe(201)
  return { projectId: (await bodyOf(response)).projectId, ideaIds }
}

/** A sheet of one code in the open vote. */
async function codeSheet(): Promise<{ batchId: string; code: string }> {
  const order = { year: 2029, districtId: 'maaloev', meetingId: null, roundNumber: 0, count: 1, actorName: 'Test', at: t.clock.now() }
  const { batchId, codes } = await t.deps.db.transaction().execute((trx) => createCodeBatch(trx, t.deps, order))
  return { batchId, code: codes[0] as string }
}

const MEETINGS = '/api/plan/rounds/2031/meetings'
const MINUTES = 'Alle var enige om at give bænkene det hele.'
const AMOUNTS = [{ projectId: '2026-ballerup-syd-baenke', amountDkk: 40_000 }]
const PAPERS = {
  label: 'Kasse 1',
  controlTotal: 1,
  tallies: [{ projectIds: ['2026-skovlunde-baenke'], ballots: 1 }],
  invalid: [],
}

/** The open meeting of a district in the vote of 2031, as if nothing had been done at it yet; its path. */
async function freshMeeting(districtId: string): Promise<string> {
  await t.deps.db.deleteFrom('vote_meeting').where('round_year', '=', 2031).execute()
  await buildMeeting(t, organiser, districtId, { year: 2031 })
  return `${MEETINGS}/${districtId}`
}

/** Its first round, open, or with its voting over. */
async function roundPath({ isOver = false } = {}): Promise<string> {
  const path = await freshMeeting('maaloev')
  await letPeopleIn(t, organiser, 'maaloev', 9, 'show-of-hands', 2031)
  await t.send('POST', `${path}/rounds`, { as: organiser, body: { roundNumber: 1, method: 'paper' } })
  if (isOver) await t.send('POST', `${path}/rounds/1/end`, { as: organiser })
  return `${path}/rounds/1`
}

/** Papers that wait for a second clerk. */
async function batchPath(): Promise<string> {
  await t.deps.db.deleteFrom('paper_batch').where('round_year', '=', 2031).execute()
  const path = `${MEETINGS}/skovlunde/paper`
  const answer = await t.send('POST', path, { as: organiser, body: PAPERS })
  return `${path}/${(await bodyOf(answer)).batchId}`
}

async function leftIdea(person: SignedIn): Promise<number> {
  const ideaId = await ideaOf(person)
  await t.send('POST', `/api/plan/ideas/${ideaId}/not-taken-forward`, { as: organiser, body: { reason: REASON } })
  return ideaId
}

const PLAN_ELECTION = '/api/rounds/2026/election'

/** A fresh draft of the vote of 2026. */
async function newDraft(): Promise<PlanElection> {
  await t.deps.db.deleteFrom('election').where('round_year', '=', 2026).execute()
  const response = await t.send('POST', PLAN_ELECTION, { as: organiser })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf(response)
}

/** The year of a round whose vote is frozen, without anything proposed. */
async function frozenYear(): Promise<number> {
  const year = 2027
  const row = await t.deps.db.selectFrom('election').select('round_year').where('round_year', '=', year).executeTakeFirst()
  if (row === undefined) await buildVote(t.deps.db, { year, state: 'frozen' })
  await t.deps.db.deleteFrom('election_step').where('round_year', '=', year).execute()
  return year
}

const assessmentOf = (ideaId: number) => `/api/plan/ideas/${ideaId}/assessment`

/** An idea that was found not feasible, whose author may still put it right. */
async function decidedIdeaOf(person: SignedIn): Promise<number> {
  const ideaId = await ideaOf(person)
  const draft = { outcome: 'needs-information', publicReason: 'Hvor præcis skal den stå?', correctionDays: 10 } as const
  await decideIdea(t, { ideaId, assessor, approver, draft })
  return ideaId
}

/** Somebody else's idea with a draft on it, by somebody else. */
async function draftPath(): Promise<string> {
  const path = assessmentOf(await ideaOf(owner))
  await t.send('PUT', path, { as: assessor, body: yesDraft(await t.read<Workspace>(path, assessor)) })
  return path
}

async function submittedPath(): Promise<string> {
  const path = await draftPath()
  await t.send('POST', `${path}/submit`, { as: assessor, body: { version: 1 } })
  return path
}

async function pictureOf(person: SignedIn, status = 'ready'): Promise<string> {
  const pictureId = randomUUID()
  const values = {
    picture_id: pictureId,
    person_id: person.personId,
    alt_text: 'Søen',
    status,
    width: 10,
    height: 10,
    created_at: t.clock.now(),
  }
  await t.deps.db.insertInto('picture').values(values).execute()
  await t.deps.db
    .insertInto('picture_variant')
    .values({ picture_id: pictureId, format: 'webp', width: 10, height: 10, byte_count: 3 } as never)
    .execute()
  await t.deps.storage.write(`pictures/${pictureId}/10.webp`, new Uint8Array([1, 2, 3]))
  return pictureId
}

/** A change that is one, made from the version that counts. */
async function changeOfLayer() {
  const catalogue = await t.read<ConstraintCatalogue>('/api/constraint-layers')
  const layer = catalogue.items.find(({ layerId }) => layerId === 'par3')
  const bench = layer?.severities.bench === 3 ? 2 : 3
  return { version: layer?.version, severities: { ...layer?.severities, bench }, reason: 'Prøver adgangen' }
}

/** A vote of 2025 in Måløv that was just published, the one before it gone. */
async function publishedVote(): Promise<string> {
  await t.deps.db.deleteFrom('election').where('round_year', '=', 2025).execute()
  await t.deps.db.deleteFrom('project').where('round_year', '=', 2025).execute()
  const projects = [{ projectId: PASS_ON.projectId, costDkk: 100_000 }]
  const districts = [{ districtId: PASS_ON.districtId, name: 'Måløv', shareDkk: 186_185, projects }]
  const handedIn = { maaloev: { box: ballotsOf([30, PASS_ON.projectId]) } }
  await buildResult(t.deps.db, { year: 2025, districts, handedIn })
  return '/api/rounds/2025'
}

/** A proposal of somebody else that waits for a second person. */
async function proposedPassOn(): Promise<string> {
  await publishedVote()
  const path = '/api/plan/rounds/2025/pass-ons'
  const response = await t.send('POST', path, { as: approver, body: PASS_ON })
  expect(response.status, await response.clone().text()).toBe(201)
  return `${path}/${(await bodyOf(response)).passOnId}`
}

/** A request that would be right, for every route; what belongs to somebody is made for `person`. */
const plausible: Record<string, (person: SignedIn) => Promise<Plausible> | Plausible> = {
  'GET /healthz': () => ({ path: '/healthz' }),
  'GET /readyz': () => ({ path: '/readyz' }),
  'GET /metrics': () => ({ path: '/metrics' }),
  'GET /tiles/{collection}/{z}/{x}/{y}': () => ({ path: '/tiles/districts/12/2188/1281.mvt' }),
  'GET /tiles/{document}': () => ({ path: '/tiles/ideas.json' }),
  'GET /tiles/constraints/{layerId}/{z}/{x}/{y}': () => ({ path: '/tiles/constraints/par3/14/8754/5122.mvt', status: 204 }),
  'GET /tiles/constraints/{document}': () => ({ path: '/tiles/constraints/par3.json' }),
  // Without a configured basemap there is none; that is told to everybody alike.
  'GET /basemap/style.json': () => ({ path: '/basemap/style.json', status: 404 }),
  'GET /basemap/file.pmtiles': () => ({ path: '/basemap/file.pmtiles', status: 404 }),
  'GET /basemap/proxy/{id}/*': () => ({ path: '/basemap/proxy/a/1/2/3.png', status: 404 }),
  'GET /ogc': () => ({ path: '/ogc' }),
  'GET /ogc/conformance': () => ({ path: '/ogc/conformance' }),
  'GET /ogc/api': () => ({ path: '/ogc/api' }),
  'GET /ogc/collections': () => ({ path: '/ogc/collections' }),
  'GET /ogc/collections/{collectionId}': () => ({ path: '/ogc/collections/ideas' }),
  'GET /ogc/collections/{collectionId}/items': () => ({ path: '/ogc/collections/projects/items?limit=3' }),
  'GET /ogc/collections/{collectionId}/items/{featureId}': () => ({ path: '/ogc/collections/districts/items/maaloev' }),
  'GET /ogc/style.css': () => ({ path: '/ogc/style.css' }),
  'GET /ogc/': () => ({ path: '/ogc/', status: 308 }),
  'GET /api/rounds/{year}/export.geojson': () => ({ path: '/api/rounds/2018/export.geojson' }),
  'GET /api/rounds/{year}/export.csv': () => ({ path: '/api/rounds/2018/export.csv' }),
  'GET /api/rounds/{year}/export.gpkg': () => ({ path: '/api/rounds/2018/export.gpkg' }),
  'GET /api/rounds/{year}/export.fgb': () => ({ path: '/api/rounds/2018/export.fgb' }),
  'GET /api/session': () => ({ path: '/api/session' }),
  'GET /auth/sign-in': () => ({ path: '/auth/sign-in', status: 503 }),
  'GET /auth/callback': () => ({ path: '/auth/callback?state=a', status: 302 }),
  'POST /auth/sign-out': () => ({ path: '/auth/sign-out', status: 204 }),
  'GET /api/rounds': () => ({ path: '/api/rounds' }),
  'GET /api/rounds/{year}': () => ({ path: '/api/rounds/2018' }),
  'GET /api/rounds/{year}/shares': () => ({ path: '/api/rounds/2018/shares' }),
  'GET /api/rounds/{year}/projects': () => ({ path: '/api/rounds/2018/projects' }),
  'GET /api/rounds/{year}/ideas': () => ({ path: IDEAS }),
  'GET /api/rounds/{year}/ideas.geojson': () => ({ path: `${IDEAS}.geojson` }),
  'POST /api/rounds/{year}/ideas': () => ({ path: IDEAS, body: newIdea(), status: 201 }),
  'PATCH /api/rounds/{year}/ideas/{id}': async (person) => ({ path: `${IDEAS}/${await ideaOf(person)}`, body: CHANGE }),
  'POST /api/rounds/{year}/ideas/{id}/withdraw': async (person) => ({
    path: `${IDEAS}/${await ideaOf(person)}/withdraw`,
    body: { version: 1 },
  }),
  'GET /api/ideas/{id}': async (person) => ({ path: `/api/ideas/${await ideaOf(person)}` }),
  'GET /api/ideas/near': () => ({ path: '/api/ideas/near?lng=12.36&lat=55.73&q=b%C3%A6nk' }),
  'GET /api/ideas/{id}/assessment': async (person) => ({ path: `/api/ideas/${await ideaOf(person)}/assessment` }),
  'POST /api/ideas/{id}/correction': async (person) => ({
    path: `/api/ideas/${await decidedIdeaOf(person)}/correction`,
    body: { version: 1, message: 'Ved den store eg.' },
  }),
  'POST /api/ideas/{id}/appeal': async (person) => ({
    path: `/api/ideas/${await decidedIdeaOf(person)}/appeal`,
    body: { reason: 'Det stod der jo allerede.' },
  }),
  'GET /api/assessment-questions': () => ({ path: '/api/assessment-questions' }),
  'GET /api/prices': () => ({ path: '/api/prices' }),
  'GET /api/plan/ideas': () => ({ path: '/api/plan/ideas?year=2026' }),
  'GET /api/plan/ideas.geojson': () => ({ path: '/api/plan/ideas.geojson?year=2026' }),
  'GET /api/plan/people': () => ({ path: '/api/plan/people' }),
  'POST /api/plan/assignments': async () => ({
    path: '/api/plan/assignments',
    body: { ideaIds: [await ideaOf(owner)], department: 'nature' },
  }),
  'GET /api/plan/ideas/{id}/assessment': async () => ({ path: assessmentOf(await ideaOf(owner)) }),
  'PUT /api/plan/ideas/{id}/assessment': async () => {
    const path = assessmentOf(await ideaOf(owner))
    return { path, body: yesDraft(await t.read<Workspace>(path, assessor)) }
  },
  'POST /api/plan/ideas/{id}/assessment/submit': async () => ({ path: `${await draftPath()}/submit`, body: { version: 1 } }),
  'POST /api/plan/ideas/{id}/assessment/refresh': async () => ({ path: `${await draftPath()}/refresh`, body: { version: 1 } }),
  'POST /api/plan/ideas/{id}/assessment/approve': async () => ({ path: `${await submittedPath()}/approve`, body: { version: 2 } }),
  'POST /api/plan/ideas/{id}/assessment/return': async () => ({
    path: `${await submittedPath()}/return`,
    body: { version: 2, reason: 'Se på jorden igen' },
  }),
  'POST /api/plan/ideas/{id}/assessment/reopen': async () => ({
    path: `${assessmentOf(await decidedIdeaOf(owner))}/reopen`,
    body: { reason: 'Nye data om jorden' },
  }),
  'POST /api/plan/ideas/{id}/notes': async () => ({
    path: `/api/plan/ideas/${await ideaOf(owner)}/notes`,
    body: { text: 'Ring til Natur' },
  }),
  'GET /api/districts': () => ({ path: '/api/districts' }),
  'GET /api/districts/at': () => ({ path: '/api/districts/at?lng=12.3618&lat=55.7338' }),
  'GET /api/projects/{id}': async () => ({ path: `/api/projects/${(await t.read('/api/rounds/2018/projects')).items[0].projectId}` }),
  'POST /api/rounds/{year}/projects': async (person) => ({
    path: '/api/rounds/2026/projects',
    body: { districtId: 'ballerup-syd', ideaIds: [await ideaOf(person)] },
    status: 201,
  }),
  'PATCH /api/projects/{id}': async (person) => ({ path: `/api/projects/${(await projectOf(person)).projectId}`, body: CHANGE }),
  'POST /api/projects/{id}/ideas': async (person) => ({
    path: `/api/projects/${(await projectOf(person)).projectId}/ideas`,
    body: { version: 1, ideaIds: [await ideaOf(person)] },
  }),
  'POST /api/projects/{id}/split': async (person) => {
    const { projectId, ideaIds } = await projectOf(person)
    return { path: `/api/projects/${projectId}/split`, body: { version: 1, ideaIds: [ideaIds[0]], reason: REASON } }
  },
  'POST /api/projects/{id}/state': async (person) => ({
    path: `/api/projects/${(await projectOf(person)).projectId}/state`,
    body: { version: 1, state: 'withdrawn', reason: REASON },
  }),
  'POST /api/projects/{id}/keep-idea': async (person) => {
    const { projectId, ideaIds } = await projectOf(person)
    await t.send('POST', `/api/projects/${projectId}/consent`, { as: owner, body: { ideaId: ideaIds[1], answer: 'no' } })
    return { path: `/api/projects/${projectId}/keep-idea`, body: { version: 1, ideaId: ideaIds[1], reason: REASON } }
  },
  'POST /api/projects/{id}/consent': async (person) => {
    const { projectId, ideaIds } = await projectOf(person)
    return { path: `/api/projects/${projectId}/consent`, body: { ideaId: ideaIds[0], answer: 'yes' } }
  },
  'POST /api/ideas/{id}/withdraw-in-favour': async (person) => ({
    path: `/api/ideas/${await ideaOf(person)}/withdraw-in-favour`,
    body: { version: 1, projectId: (await projectOf(person)).projectId },
  }),
  'POST /api/plan/ideas/{id}/not-taken-forward': async (person) => ({
    path: `/api/plan/ideas/${await ideaOf(person)}/not-taken-forward`,
    body: { reason: REASON },
  }),
  'POST /api/plan/ideas/{id}/reconsider': async (person) => ({
    path: `/api/plan/ideas/${await leftIdea(person)}/reconsider`,
    body: { reason: REASON },
  }),
  'GET /api/plan/projects': () => ({ path: '/api/plan/projects?year=2026' }),
  'GET /api/plan/projects/{id}': async (person) => ({ path: `/api/plan/projects/${(await projectOf(person)).projectId}` }),
  'GET /api/plan/conflicts': () => ({ path: '/api/plan/conflicts?year=2026' }),
  'GET /api/plan/conflicts/decisions': () => ({ path: '/api/plan/conflicts/decisions?first=idea:1&second=idea:2' }),
  'POST /api/plan/conflicts/decisions': async (person) => ({
    path: '/api/plan/conflicts/decisions',
    body: {
      first: `idea:${await ideaOf(person)}`,
      second: `idea:${await ideaOf(owner)}`,
      version: 0,
      state: 'cleared',
      reason: REASON,
    },
    status: 201,
  }),
  'GET /api/rounds/{year}/voter': () => ({ path: '/api/rounds/2029/voter' }),
  'POST /api/rounds/{year}/ballots': async () => ({
    path: '/api/rounds/2029/ballots',
    body: newCast(vote, 'maaloev', { code: (await codeSheet()).code }),
    status: 201,
  }),
  'POST /api/rounds/{year}/code': async () => ({ path: '/api/rounds/2029/code', body: { code: (await codeSheet()).code } }),
  'GET /api/rounds/{year}/turnout': () => ({ path: '/api/rounds/2029/turnout' }),
  // Until the vote is closed there are none; that is told to everybody alike.
  'GET /api/rounds/{year}/receipts': () => ({ path: '/api/rounds/2029/receipts', status: 404 }),
  'GET /api/rounds/{year}/auditors': () => ({ path: '/api/rounds/2030/auditors' }),
  'PUT /api/rounds/{year}/auditors': () => ({
    path: '/api/rounds/2030/auditors',
    body: { position: 1, name: 'Revisor Et', publicKey: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo' },
  }),
  'GET /api/plan/rounds/{year}/code-batches': () => ({ path: '/api/plan/rounds/2029/code-batches' }),
  'POST /api/plan/rounds/{year}/code-batches': () => ({
    path: '/api/plan/rounds/2029/code-batches',
    body: { districtId: 'maaloev', count: 2 },
    status: 201,
  }),
  'POST /api/plan/rounds/{year}/code-batches/{batchId}/cancel': async () => ({
    path: `/api/plan/rounds/2029/code-batches/${(await codeSheet()).batchId}/cancel`,
  }),
  'GET /api/rounds/{year}/election': async () => ({ path: `/api/rounds/${await frozenYear()}/election` }),
  'GET /api/rounds/{year}/election/setup.json': async () => ({ path: `/api/rounds/${await frozenYear()}/election/setup.json` }),
  // There for everybody, and for nobody before the vote is published.
  'GET /api/rounds/{year}/election/log': async () => ({ path: `/api/rounds/${await frozenYear()}/election/log`, status: 404 }),
  'GET /api/rounds/{year}/election/plan': () => ({ path: `${PLAN_ELECTION}/plan` }),
  'POST /api/rounds/{year}/election': async () => {
    await t.deps.db.deleteFrom('election').where('round_year', '=', 2026).execute()
    return { path: PLAN_ELECTION, status: 201 }
  },
  'PUT /api/rounds/{year}/election/settings': async () => {
    const { version, settings } = await newDraft()
    return { path: `${PLAN_ELECTION}/settings`, body: { version, settings } }
  },
  'PUT /api/rounds/{year}/election/preparations/{projectId}': async () => {
    await t.deps.db.deleteFrom('project').where('state', '=', 'shortlisted').execute()
    const { projectId } = await projectOf(owner)
    await t.send('POST', `/api/projects/${projectId}/state`, { as: organiser, body: { version: 1, state: 'shortlisted' } })
    const { version } = await newDraft()
    const cost = { costDkk: 1000, runningCostDkkPerYear: null, smallestUsefulDkk: null }
    return { path: `${PLAN_ELECTION}/preparations/${projectId}`, body: { version, ...cost } }
  },
  'PUT /api/rounds/{year}/election/lot': async () => {
    const { version } = await newDraft()
    return { path: `${PLAN_ELECTION}/lot`, body: { version, seed: '1 2 3 4 5', source: 'Et lotteri' } }
  },
  'POST /api/rounds/{year}/election/freeze': async () => {
    const { version } = await newDraft()
    return { path: `${PLAN_ELECTION}/freeze`, body: { version }, status: 409 }
  },
  'POST /api/rounds/{year}/election/thaw': async () => {
    await newDraft()
    return { path: `${PLAN_ELECTION}/thaw`, body: { reason: REASON }, status: 409 }
  },
  'POST /api/rounds/{year}/election/steps/{step}': async () => ({
    path: `/api/rounds/${await frozenYear()}/election/steps/stop`,
    body: { action: 'propose', reason: REASON },
  }),
  'GET /api/plan/rounds/{year}/meetings': () => ({ path: MEETINGS }),
  'GET /api/plan/rounds/{year}/meetings/{districtId}': async () => ({ path: await freshMeeting('maaloev') }),
  'PUT /api/plan/rounds/{year}/meetings/{districtId}': async () => {
    await t.deps.db.deleteFrom('vote_meeting').where('round_year', '=', 2031).execute()
    const times = { startsAt: '2026-05-04T17:00:00.000Z', endsAt: '2026-05-04T19:00:00.000Z' }
    return { path: `${MEETINGS}/maaloev`, body: { version: 0, place: 'Kulturhus Måløv', ...times } }
  },
  'POST /api/plan/rounds/{year}/meetings/{districtId}/open': async () => ({ path: `${await freshMeeting('maaloev')}/open` }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/close': async () => ({
    path: `${await freshMeeting('maaloev')}/close`,
    body: { undecidedReason: 'Der kom ingen til mødet.' },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/pitch': async () => ({
    path: `${await freshMeeting('maaloev')}/pitch`,
    body: { action: 'start' },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/door': async () => ({
    path: `${await freshMeeting('maaloev')}/door`,
    body: { means: 'paper' },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/rounds': async () => ({
    path: `${await freshMeeting('maaloev')}/rounds`,
    body: { roundNumber: 1, method: 'show-of-hands' },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/ballots': () => ({
    path: `${MEETINGS}/skovlunde/ballots`,
    body: { count: 2 },
    status: 201,
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/rounds/{roundNumber}/end': async () => ({ path: `${await roundPath()}/end` }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/rounds/{roundNumber}/cancel': async () => ({
    path: `${await roundPath()}/cancel`,
    body: { reason: 'Lyset gik ud midt i det hele.' },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/rounds/{roundNumber}/counts': async () => ({
    path: `${await roundPath({ isOver: true })}/counts`,
    body: { attempt: 1, votes: MAALOEV_2018.projects.map(({ projectId }, index) => ({ projectId, votes: index + 1 })) },
  }),
  'PUT /api/plan/rounds/{year}/meetings/{districtId}/sharing': async () => ({
    path: `${await freshMeeting('ballerup-syd')}/sharing`,
    body: { version: 0, minutes: MINUTES, amounts: AMOUNTS },
  }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/sharing/confirm': async () => {
    const path = `${await freshMeeting('ballerup-syd')}/sharing`
    await t.send('PUT', path, { as: organiser, body: { version: 0, minutes: MINUTES, amounts: AMOUNTS } })
    return { path: `${path}/confirm`, body: { version: 1 } }
  },
  'GET /api/plan/rounds/{year}/meetings/{districtId}/paper': () => ({ path: `${MEETINGS}/skovlunde/paper` }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/paper': async () => {
    await t.deps.db.deleteFrom('paper_batch').where('round_year', '=', 2031).execute()
    return { path: `${MEETINGS}/skovlunde/paper`, body: PAPERS, status: 201 }
  },
  'GET /api/plan/rounds/{year}/meetings/{districtId}/paper/{batchId}': async () => ({ path: await batchPath() }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/paper/{batchId}/accept': async () => ({ path: `${await batchPath()}/accept` }),
  'POST /api/plan/rounds/{year}/meetings/{districtId}/paper/{batchId}/refuse': async () => ({
    path: `${await batchPath()}/refuse`,
    body: { reason: 'Der ligger to sedler mere.' },
  }),
  'GET /api/rounds/{year}/meetings/{districtId}/stage': () => ({ path: '/api/rounds/2031/meetings/maaloev/stage' }),
  'GET /api/rounds/{year}/result': () => ({ path: '/api/rounds/2018/result' }),
  'GET /api/rounds/{year}/ballots/{file}': async () => ({ path: `${await publishedVote()}/ballots/maaloev.pb` }),
  'GET /api/rounds/{year}/result/{districtId}/transcript.json': async () => ({
    path: `${await publishedVote()}/result/maaloev/transcript.json`,
  }),
  'GET /api/rounds/{year}/decisions': () => ({ path: '/api/rounds/2018/decisions' }),
  'POST /api/plan/rounds/{year}/decisions': () => ({
    path: '/api/plan/rounds/2018/decisions',
    body: { body: 'Kommunalbestyrelsen', decidedOn: '2018-06-25', summary: 'Bevilligede pengene.' },
    status: 201,
  }),
  'GET /api/plan/rounds/{year}/pass-ons': async () => {
    await publishedVote()
    return { path: '/api/plan/rounds/2025/pass-ons' }
  },
  'POST /api/plan/rounds/{year}/pass-ons': async () => {
    await publishedVote()
    return { path: '/api/plan/rounds/2025/pass-ons', body: PASS_ON, status: 201 }
  },
  'POST /api/plan/rounds/{year}/pass-ons/{passOnId}/confirm': async () => ({ path: `${await proposedPassOn()}/confirm` }),
  'POST /api/plan/rounds/{year}/pass-ons/{passOnId}/withdraw': async () => ({ path: `${await proposedPassOn()}/withdraw` }),
  'GET /api/installations': () => ({ path: '/api/installations' }),
  'GET /api/installations.geojson': () => ({ path: '/api/installations.geojson' }),
  'GET /api/places': () => ({ path: '/api/places?q=station' }),
  'POST /api/feasibility/better-place': () => ({ path: '/api/feasibility/better-place', body: { geometry: newIdea().geometry } }),
  'GET /api/ideas/{id}/feasibility': async (person) => ({ path: `/api/ideas/${await ideaOf(person)}/feasibility` }),
  'POST /api/rounds/{year}/feasibility/recheck': () => ({ path: '/api/rounds/2026/feasibility/recheck', status: 202 }),
  'POST /api/feasibility/check': () => ({ path: '/api/feasibility/check', body: { geometry: newIdea().geometry } }),
  'GET /api/constraint-layers': () => ({ path: '/api/constraint-layers' }),
  'GET /api/constraint-layers/{layerId}/versions': () => ({ path: '/api/constraint-layers/par3/versions' }),
  'PATCH /api/constraint-layers/{layerId}': async () => ({
    path: '/api/constraint-layers/par3',
    body: await changeOfLayer(),
  }),
  'POST /api/constraint-layers/{layerId}/reload': async () => {
    await t.deps.db.deleteFrom('constraint_load').execute()
    const attributes = { sourceId: null, label: null, appliesWhen: null, datasetDate: null }
    const services = [{ kind: 'wfs', url: 'http://localhost:9/wfs', typeNames: ['dai:diger'], useBbox: true, attributes }]
    await t.deps.db
      .updateTable('constraint_layer')
      .set({ source: JSON.stringify({ services }) })
      .where('layer_id', '=', 'diger')
      .execute()
    return { path: '/api/constraint-layers/diger/reload', status: 202 }
  },
  'GET /api/constraint-layers/{layerId}/load': () => ({ path: '/api/constraint-layers/par3/load' }),
  'POST /api/pictures': async () => ({
    path: '/api/pictures',
    body: pictureForm(await flatPicture(40, 30), { altText: 'En rød flade' }),
    status: 201,
  }),
  'GET /api/pictures/{pictureId}': async (person) => ({ path: `/api/pictures/${await pictureOf(person)}` }),
  'PATCH /api/pictures/{pictureId}': async (person) => ({
    path: `/api/pictures/${await pictureOf(person)}`,
    body: { altText: 'Søen set fra øst' },
  }),
  'DELETE /api/pictures/{pictureId}': async (person) => ({ path: `/api/pictures/${await pictureOf(person)}`, status: 204 }),
  'GET /pictures/{pictureId}/{file}': async (person) => ({ path: `/pictures/${await pictureOf(person)}/10.webp` }),
  'GET /api/config': () => ({ path: '/api/config' }),
  'GET /api/openapi.json': () => ({ path: '/api/openapi.json' }),
  'GET /api/reference': () => ({ path: '/api/reference' }),
  'GET /api/reference/{file}': () => ({ path: '/api/reference/start.js' }),
  'GET /*': () => ({ path: '/nowhere', status: 404 }),
}

/** Every handler of the application under the name the description gives its route; middleware is none. */
function routesOf(app: Parameters<typeof inspectRoutes>[0]): string[] {
  const handlers = inspectRoutes(app as never).filter(({ isMiddleware }) => !isMiddleware)
  return [...new Set(handlers.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))].sort()
}

const signInAs = async (actor: Actor) => (actor === 'visitor' ? undefined : t.signIn(actor))
const unlisted = (routes: string[]) => routes.filter((route) => !(route in ACCESS))

describe('the access matrix', () => {
  it('lists every route, and no route that is not there', async () => {
    const described = operationsOf(await readApiDocument(t)).map(({ method, path }) => `${method} ${path}`)
    const routes = routesOf(t.app as never)
    expect(unlisted(described)).toEqual([])
    expect(unlisted(routes)).toEqual([])
    expect(Object.keys(ACCESS).filter((route) => !routes.includes(route))).toEqual([])
    expect(Object.keys(plausible).sort()).toEqual(Object.keys(ACCESS).sort())
  })

  it('sees a new route', () => {
    const app = createApp(t.deps)
    app.post('/api/planted/:id', (context) => context.text('open to all'))
    expect(unlisted(routesOf(app as never))).toEqual(['POST /api/planted/{id}'])
  })

  it.each(Object.keys(ACCESS))('holds for everybody: %s', async (route) => {
    const rule = ACCESS[route] as (typeof ACCESS)[string]
    const method = route.slice(0, route.indexOf(' '))
    const prepare = plausible[route] as (typeof plausible)[string]
    const ask = async (actor: Actor, as: SignedIn | undefined, { path, status = 200, ...request }: Plausible) => {
      const response = await t.send(method, path, { as, ...request })
      const expected = rule[actor] === 'allowed' ? status : rule[actor]
      expect(response.status, `${actor}: ${response.ok ? '' : await response.clone().text()}`).toBe(expected)
      if (expected === 401) expect(await bodyOf(response)).toMatchObject({ kind: 'not-signed-in' })
      // What not everybody may read is kept by no cache on the way.
      if (rule.visitor !== 'allowed') expect(response.headers.get('cache-control'), actor).toMatch(/no-store|private/)
    }
    const refused = ACTORS.filter((actor) => rule[actor] !== 'allowed')
    // What is refused changes nothing, nor does reading: one request stands for all of them, where it is not about one's own.
    const isShared = method === 'GET' && !(route in ON_ANOTHERS)
    const shared = isShared || refused.length > 0 ? await prepare(owner) : null
    for (const actor of refused) await ask(actor, await signInAs(actor), shared as Plausible)
    for (const actor of ACTORS.filter((one) => rule[one] === 'allowed')) {
      const as = await signInAs(actor)
      await t.deps.db.deleteFrom('rate_limit').execute()
      await ask(actor, as, isShared ? (shared as Plausible) : await prepare(as ?? owner))
    }
  })

  it.each(ACTORS)('holds for %s on what belongs to another', async (actor) => {
    for (const [route, rule] of Object.entries(ON_ANOTHERS)) {
      const as = await signInAs(actor)
      await t.deps.db.deleteFrom('rate_limit').execute()
      const { path, ...request } = await (plausible[route] as (typeof plausible)[string])(owner)
      const before = await digestWrites(t.deps.db, { except: ['rate_limit'] })
      const response = await t.send(route.slice(0, route.indexOf(' ')), path, { as, ...request })
      expect(response.status, `${actor}: ${route}`).toBe(rule[actor])
      expect(await digestWrites(t.deps.db, { except: ['rate_limit'] }), `${actor}: ${route}`).toEqual(before)
    }
  })
})

describe('every write', () => {
  const writes = Object.keys(ACCESS).filter((route) => !route.startsWith('GET '))

  it.each(writes)('%s is refused from another site, without origin and without the token of its session', async (route) => {
    const method = route.slice(0, route.indexOf(' '))
    const person = await t.signIn('citizen')
    const other = await t.signIn('citizen')
    const { path, ...request } = await (plausible[route] as (typeof plausible)[string])(person)
    const before = await digestWrites(t.deps.db, { except: ['rate_limit'] })
    const { 'X-CSRF-Token': token, ...cookie } = person.headers
    const forged: Record<string, Record<string, string>> = {
      'another site': { ...person.headers, Origin: 'https://evil.example' },
      'another port': { ...person.headers, Origin: 'http://localhost:10' },
      'a sandboxed frame': { ...person.headers, Origin: 'null' },
      'a foreign referer': { ...person.headers, Origin: '', Referer: 'https://evil.example/page' },
      'a name that begins alike': { ...person.headers, Origin: `${new URL(t.deps.config.baseUrl).origin}.evil.example` },
      'no token': cookie,
      'an empty token': { ...cookie, 'X-CSRF-Token': '' },
      'a token cut short': { ...cookie, 'X-CSRF-Token': (token as string).slice(0, -1) },
      'the token of another session': { ...cookie, 'X-CSRF-Token': other.headers['X-CSRF-Token'] as string },
      'a visitor of another site': { Origin: 'https://evil.example' },
    }
    for (const [name, headers] of Object.entries(forged)) {
      const response = await t.send(method, path, { ...request, headers })
      expect([response.status, (await bodyOf(response)).kind], `${name}: ${route}`).toEqual([403, 'cross-site-request'])
    }
    const url = new URL(path, t.deps.config.baseUrl)
    const withoutOrigin = await t.app.request(url, { method, headers: person.headers })
    expect([withoutOrigin.status, (await bodyOf(withoutOrigin)).kind]).toEqual([403, 'cross-site-request'])
    expect(await digestWrites(t.deps.db, { except: ['rate_limit'] })).toEqual(before)
  })
})
