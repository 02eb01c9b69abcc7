import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RoundResult } from '../../server/allocation/contract.ts'
import type { LogEntry } from '../../server/elections/contract.ts'
import type { Count, MeetingDesk, MeetingList, Stage } from '../../server/meetings/contract.ts'
import { openMeetingWork, readMeetingForCount } from '../../server/meetings/forCount.ts'
import { voteParts } from '../../server/voteParts.ts'
import { newCast } from '../builders/castVote.ts'
import { buildMeeting, letPeopleIn, MAALOEV_2018, meetingPath, SKOVLUNDE, SYD_AGREES } from '../builders/meeting.ts'
import { buildRoll } from '../builders/roll.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote, type VoteDistrict } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const PATH = meetingPath('maaloev')
const STAGE = '/api/rounds/2026/meetings/maaloev/stage'
const NOTE = 'Hænderne blev talt to gange, rækkevis.'
let t: TestApp
let organiser: SignedIn
let planner: SignedIn
let moderator: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026, phaseInMay: 'decision' })
  organiser = await t.signIn('organiser')
  planner = await t.signIn('planner')
  moderator = await t.signIn('moderator')
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.deps.db.deleteFrom('election').execute()
  await t.deps.db.deleteFrom('rate_limit').execute()
  t.clock.set('2026-05-04T17:05:00Z')
})

const vote = (districts: readonly VoteDistrict[] = [MAALOEV_2018, SYD_AGREES, SKOVLUNDE], state: 'frozen' | 'open' = 'open') =>
  buildVote(t.deps.db, { districts, state })
const post = (path: string, body: unknown, as = organiser) => t.send('POST', `${PATH}${path}`, { as, body })
const desk = (as = organiser, path = PATH) => t.read<MeetingDesk>(path, as)
const stage = () => t.read<Stage>(STAGE)
async function kindOf(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer
  return [response.status, response.ok ? 'ok' : (await bodyOf(response)).kind]
}
const kinds = async (answers: Promise<Response>[]) => (await Promise.all(answers.map(kindOf))).map(([, kind]) => kind).sort()
const actions = async () =>
  (await t.deps.db.selectFrom('election_log').select('action').orderBy('entry_number').execute()).map((row) => row.action)

const openRound = (roundNumber: number, method = 'show-of-hands', as = organiser) => post('/rounds', { roundNumber, method }, as)
const endRound = (roundNumber: number) => post(`/rounds/${roundNumber}/end`, undefined)
function count(roundNumber: number, votes: Record<string, number>, as: SignedIn, more: Partial<Count> = {}) {
  const rows = Object.entries(votes).map(([name, number]) => ({ projectId: `2026-${name}`, votes: number }))
  return post(`/rounds/${roundNumber}/counts`, { attempt: 1, votes: rows, blankVotes: 0, note: NOTE, ...more }, as)
}

/** A whole round on which both counters agree at once. */
async function playRound(roundNumber: number, votes: Record<string, number>): Promise<void> {
  for (const answer of [
    await openRound(roundNumber),
    await endRound(roundNumber),
    await count(roundNumber, votes, planner),
    await count(roundNumber, votes, moderator),
  ])
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, ''])
}

describe('a meeting', () => {
  it('is planned once, whoever is first, and moved by who has seen it', async () => {
    await vote(undefined, 'frozen')
    const plan = { version: 0, place: 'Kulturhus Måløv', startsAt: '2026-05-04T17:00:00.000Z', endsAt: '2026-05-04T19:00:00.000Z' }
    const put = (body: object, as = organiser) => t.send('PUT', PATH, { as, body })
    const answers = await kinds(Array.from({ length: 6 }, (_, index) => put(plan, index % 2 ? planner : organiser)))
    expect(answers).toEqual([...Array(5).fill('meeting-edit-conflict'), 'ok'])
    expect(await kindOf(put({ ...plan, version: 1, place: 'Måløv Skole' }))).toEqual([200, 'ok'])
    expect(await kindOf(put({ ...plan, version: 1 }))).toEqual([409, 'meeting-edit-conflict'])
    expect(await kindOf(put({ ...plan, version: 2, endsAt: plan.startsAt }))).toEqual([422, 'invalid-request'])
    expect(await kindOf(t.send('PUT', meetingPath('atlantis'), { as: organiser, body: plan }))).toEqual([404, 'no-election'])
    const { items } = await t.read('/api/plan/rounds/2026/meetings', moderator)
    expect(
      items.map(({ districtId, meeting }: { districtId: string; meeting: { place: string } | null }) => [districtId, meeting?.place]),
    ).toEqual([
      ['maaloev', 'Måløv Skole'],
      ['ballerup-syd', undefined],
      ['skovlunde', undefined],
    ])
    // Nothing opens before the vote does.
    expect(await kindOf(post('/open', undefined))).toEqual([409, 'wrong-state'])
    expect(await actions()).toEqual(['meeting-planned', 'meeting-changed'])
  })

  it('is not needed to work with papers', async () => {
    await vote([SKOVLUNDE])
    expect(await desk(planner, meetingPath('skovlunde'))).toMatchObject({
      districtId: 'skovlunde',
      districtName: 'Skovlunde',
      meeting: null,
      lines: [{ lineNumber: 1 }, {}, {}],
      pitch: { projectId: null, isRunning: false },
    })
    expect(await kindOf(t.send('GET', meetingPath('atlantis'), { as: planner }))).toEqual([404, 'no-election'])
  })

  it('lies within the hours in which the district votes', async () => {
    await vote(undefined, 'frozen')
    const put = (startsAt: string, endsAt: string) =>
      t.send('PUT', PATH, { as: organiser, body: { version: 0, place: 'Kulturhus Måløv', startsAt, endsAt } })
    const refused = await put('2026-05-20T17:00:00.000Z', '2026-05-20T18:00:00.001Z')
    expect([refused.status, await bodyOf(refused)]).toMatchObject([
      422,
      { kind: 'outside-voting-hours', opensAt: '2026-05-01T06:00:00.000Z', closesAt: '2026-05-20T18:00:00.000Z' },
    ])
    expect(await kindOf(put('2026-05-01T05:59:00.000Z', '2026-05-01T08:00:00.000Z'))).toEqual([422, 'outside-voting-hours'])
    expect(await kindOf(put('2026-05-20T17:00:00.000Z', '2026-05-20T18:00:00.000Z'))).toEqual([200, 'ok'])
    const { items } = await t.read<MeetingList>('/api/plan/rounds/2026/meetings', organiser)
    expect(items[0]).toMatchObject({ opensAt: '2026-05-01T06:00:00.000Z', closesAt: '2026-05-20T18:00:00.000Z' })
  })

  it('opens and closes; without its decision it needs a reason, and may be opened again', async () => {
    await vote()
    expect(await kindOf(post('/open', undefined))).toEqual([404, 'no-meeting'])
    await buildMeeting(t, organiser, 'maaloev')
    expect(await kinds(Array.from({ length: 4 }, () => post('/open', undefined)))).toEqual(Array(4).fill('ok'))
    const refused = await post('/close', {})
    expect([refused.status, await bodyOf(refused)]).toMatchObject([409, { kind: 'meeting-unfinished', open: ['knock-out-not-over'] }])
    expect(await openMeetingWork(t.deps.db, 2026)).toEqual([
      { districtId: 'maaloev', kind: 'meeting-open' },
      { districtId: 'maaloev', kind: 'knock-out-not-over' },
      { districtId: 'ballerup-syd', kind: 'meeting-missing' },
    ])
    const closed = await bodyOf(await post('/close', { undecidedReason: 'Der kom kun to, og de gik igen.' }))
    expect(closed).toMatchObject({ state: 'closed', undecidedReason: 'Der kom kun to, og de gik igen.' })
    expect(await openMeetingWork(t.deps.db, 2026)).toEqual([{ districtId: 'ballerup-syd', kind: 'meeting-missing' }])
    expect(await readMeetingForCount(t.deps.db, 2026, 'maaloev')).toMatchObject({
      knockOut: null,
      undecidedReason: 'Der kom kun to, og de gik igen.',
    })
    expect(await bodyOf(await post('/open', undefined))).toMatchObject({ state: 'open', undecidedReason: null })
    expect(await actions()).toEqual(['meeting-planned', 'meeting-opened', 'meeting-closed', 'meeting-reopened'])
  })

  it('needs a vote, and nothing of it changes once the boxes are closed', async () => {
    expect(await kindOf(t.send('GET', STAGE))).toEqual([404, 'no-election'])
    await vote()
    await buildMeeting(t, organiser, 'maaloev')
    await letPeopleIn(t, organiser, 'maaloev', 3)
    await playRound(1, { klatring: 3, brydegaarden: 0, spejdere: 0 })
    const { db } = t.deps
    await sql`update election set state = 'ended', ended_at = now()`.execute(db)
    await sql`update election set state = 'closed', closed_at = now()`.execute(db)
    for (const answer of [post('/close', {}), post('/door', { means: 'paper' }), openRound(2), post('/pitch', { action: 'start' })])
      expect(await kindOf(answer)).toEqual([409, 'wrong-state'])
    for (const statement of [
      "update vote_meeting set place = 'Et andet sted'",
      'update meeting_admission set people = people + 1',
      'delete from knock_out_vote',
      "update knock_out_round set note = 'x'",
      'delete from vote_meeting',
    ])
      await expect(sql.raw(statement).execute(db), statement).rejects.toMatchObject({ constraint: 'meeting_frozen' })
    // A round that goes takes everything along.
    await db.deleteFrom('election').execute()
    expect(await db.selectFrom('vote_meeting').selectAll().execute()).toEqual([])
  })
})

describe('the door', () => {
  it('counts everybody, however many doors there are, and lets nobody out', async () => {
    await vote()
    expect(await kindOf(post('/door', { means: 'paper' }))).toEqual([404, 'no-meeting'])
    await buildMeeting(t, organiser, 'maaloev', { isOpen: false })
    expect(await kindOf(post('/door', { means: 'paper' }))).toEqual([409, 'meeting-not-open'])
    await post('/open', undefined)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post('/door', { means: index % 2 ? 'paper' : 'code' }, [organiser, planner, moderator][index % 3]),
      ),
    )
    await letPeopleIn(t, organiser, 'maaloev', 51)
    expect((await desk()).admissions).toEqual([
      { means: 'code', people: 10 },
      { means: 'paper', people: 10 },
      { means: 'show-of-hands', people: 51 },
    ])
    expect((await stage()).admitted).toBe(71)
    await expect(sql`update meeting_admission set people = people - 1`.execute(t.deps.db)).rejects.toMatchObject({
      constraint: 'meeting_admission_grows',
    })
    // Neither the log nor a table of ours tells when, or who.
    expect(await actions()).toEqual(['meeting-planned', 'meeting-opened'])
  })

  it('gives out only what the set-up says', async () => {
    await vote()
    await buildMeeting(t, organiser, 'ballerup-syd')
    const at = `${meetingPath('ballerup-syd')}/door`
    expect(await kindOf(t.send('POST', at, { as: organiser, body: { means: 'code' } }))).toEqual([409, 'channel-not-used'])
    expect(await kindOf(t.send('POST', at, { as: organiser, body: { means: 'paper', people: 0 } }))).toEqual([422, 'invalid-request'])
  })
})

describe('a list at the door', () => {
  const people = [1, 2, 3].map((number) => ({ rollNumber: `M-${number}`, districtId: 'maaloev' }))
  const withList: VoteDistrict = { ...MAALOEV_2018, rollSize: 3, settings: { ...MAALOEV_2018.settings, eligibility: 'roll' } }
  const tick = (rollNumber: string | undefined, as = organiser) => post('/door', { means: 'paper', rollNumber }, as)

  beforeEach(async () => {
    await t.deps.db.deleteFrom('voter').execute()
    await buildRoll(t.deps.db, t.deps.config, { people: [...people, { rollNumber: 'S-1', districtId: 'skovlunde' }] })
    await vote([withList, SKOVLUNDE])
    await buildMeeting(t, organiser, 'maaloev')
  })

  it('ticks everybody in once, at whichever door and however many press', async () => {
    const answers = await kinds(
      Array.from({ length: 12 }, (_, index) => tick(`M-${1 + (index % 3)}`, [organiser, planner, moderator][index % 3])),
    )
    expect(answers).toEqual([...Array(9).fill('already-voted'), ...Array(3).fill('ok')])
    expect((await desk()).admissions).toContainEqual({ means: 'paper', people: 3 })
    expect(await desk()).toMatchObject({ hasRoll: true })
  })

  it('lets nobody in from another district, without a number, or who voted at home', async () => {
    expect(await kindOf(tick('S-1'))).toEqual([403, 'not-eligible'])
    expect(await kindOf(tick('nobody'))).toEqual([403, 'not-eligible'])
    expect(await kindOf(tick(undefined))).toEqual([422, 'roll-number-missing'])
    expect((await desk()).admissions).toContainEqual({ means: 'paper', people: 0 })
  })
})

it('where people vote at home the door asks for a number without a list too: nobody votes both at home and in the hall', async () => {
  const setup = await vote()
  await buildMeeting(t, organiser, 'skovlunde')
  const door = (rollNumber?: string) =>
    t.send('POST', `${meetingPath('skovlunde')}/door`, { as: organiser, body: { means: 'paper', rollNumber, people: 9 } })
  const atHome = await t.signIn('citizen', 'skovlunde', { rollNumber: '010180-1234' })
  const inHall = await t.signIn('citizen', 'skovlunde', { rollNumber: '020290-1234' })
  const cast = (as: SignedIn) => t.send('POST', '/api/rounds/2026/ballots', { as, body: newCast(setup, 'skovlunde') })
  expect(await kindOf(cast(atHome))).toEqual([201, 'ok'])
  expect(await kindOf(door())).toEqual([422, 'roll-number-missing'])
  expect(await kindOf(door('010180-1234'))).toEqual([409, 'already-voted'])
  expect(await kindOf(door('020290-1234'))).toEqual([200, 'ok'])
  expect(await kindOf(cast(inHall))).toEqual([409, 'already-voted'])
  expect(await desk(organiser, meetingPath('skovlunde'))).toMatchObject({
    isVotedAtHome: true,
    ballots: 1,
    admissions: [{ people: 0 }, { means: 'paper', people: 1 }, { people: 0 }],
  })
})

describe('a round by phone code', () => {
  it('takes one ballot a code while it is open, and is counted from its box by two', async () => {
    const setup = await vote()
    const { meetingId } = await buildMeeting(t, organiser, 'maaloev')
    await letPeopleIn(t, organiser, 'maaloev', 3, 'code')
    const order = { districtId: 'maaloev', meetingId, roundNumber: 1, count: 4 }
    const made = await t.send('POST', '/api/plan/rounds/2026/code-batches', { as: organiser, body: order })
    const { codes } = await bodyOf<{ codes: string[] }>(made)
    const cast = (code: string | undefined, projectId: string | null) => {
      const choices = { projectIds: projectId === null ? [] : [projectId] }
      return t.send('POST', '/api/rounds/2026/ballots', { body: newCast(setup, 'maaloev', { code, choices }) })
    }
    expect(await kindOf(cast(codes[0], '2026-klatring'))).toEqual([409, 'code-not-open'])
    await post('/pitch', { action: 'select', projectId: '2026-klatring' })
    await openRound(1, 'code')
    expect(await stage()).toMatchObject({ round: { castInRound: 0 }, pitch: { projectId: null } })
    await Promise.all([
      cast(codes[0], '2026-klatring'),
      cast(codes[1], '2026-klatring'),
      cast(codes[2], null),
      cast(codes[0], '2026-spejdere'),
    ])
    // How many, and nothing of whom for.
    expect(await stage()).toMatchObject({ round: { castInRound: 3 }, rounds: [] })
    expect((await desk(planner)).rounds).toMatchObject([{ castInRound: 3, result: null }])
    await endRound(1)
    expect(await stage()).toMatchObject({ round: { state: 'counting', castInRound: null } })
    expect(await kindOf(cast(codes[3], '2026-klatring'))).toEqual([409, 'code-not-open'])
    await count(1, {}, planner, { note: null })
    expect((await stage()).rounds).toEqual([])
    await count(1, {}, moderator, { note: null })
    const [first] = (await stage()).rounds
    expect(first).toMatchObject({ method: 'code', blankVotes: 1 })
    expect(first?.standing.reduce((sum, { votes }) => sum + votes, 0)).toBe(2)
  })

  it.each([
    ['two rounds by code', 'code', 4, 6],
    ['a round of raised hands and then one by code', 'show-of-hands', 4, 2],
  ] as const)('leaves as many receipts as codes were used, over all rounds: %s', async (_what, firstMethod, came, receipts) => {
    const setup = await vote([MAALOEV_2018])
    const { meetingId } = await buildMeeting(t, organiser, 'maaloev')
    await letPeopleIn(t, organiser, 'maaloev', 4, 'code')
    await letPeopleIn(t, organiser, 'maaloev', 4)
    const castAll = async (roundNumber: number, choices: readonly string[]) => {
      const order = { districtId: 'maaloev', meetingId, roundNumber, count: choices.length }
      const made = await t.send('POST', '/api/plan/rounds/2026/code-batches', { as: organiser, body: order })
      const { codes } = await bodyOf<{ codes: string[] }>(made)
      await openRound(roundNumber, 'code')
      for (const [index, projectId] of choices.entries()) {
        const body = newCast(setup, 'maaloev', { code: codes[index], choices: { projectIds: [projectId] } })
        expect(await kindOf(t.send('POST', '/api/rounds/2026/ballots', { body }))).toEqual([201, 'ok'])
      }
      await endRound(roundNumber)
      for (const counter of [planner, moderator]) {
        expect(await kindOf(count(roundNumber, {}, counter, { note: null }))).toEqual([200, 'ok'])
      }
    }
    if (firstMethod === 'code') await castAll(1, ['2026-klatring', '2026-brydegaarden', '2026-klatring', '2026-spejdere'])
    else await playRound(1, { klatring: 2, brydegaarden: 1, spejdere: 1 })
    await castAll(2, ['2026-klatring', '2026-klatring'])
    expect(await kindOf(post('/close', {}))).toEqual([200, 'ok'])
    const { db, config } = t.deps
    const { runs } = voteParts(config)
    for (const [state, step] of [
      ['closed', runs.close],
      ['counted', runs.count],
      ['published', runs.publish],
    ] as const) {
      await db.transaction().execute(async (trx) => {
        if (state === 'closed') await sql`update election set state = 'ended', ended_at = now()`.execute(trx)
        await step?.(trx, 2026, { actorName: 'Test organiser', at: t.clock.now() })
        await sql`update election set state = ${state}, ${sql.ref(`${state}_at`)} = now()`.execute(trx)
      })
    }
    const { districts } = await t.read<RoundResult>('/api/rounds/2026/result')
    expect(districts).toMatchObject([
      { decidedBy: 'knock-out', marks: receipts, receipts, turnout: [{ channel: firstMethod, ballots: came }] },
    ])
  })

  it('has sheets of its own; a sheet nobody could use is not made', async () => {
    await vote([{ ...SYD_AGREES, settings: { ...SYD_AGREES.settings, channels: ['code'] } }, MAALOEV_2018, SKOVLUNDE])
    const make = (districtId: string, roundNumber: number) =>
      kindOf(t.send('POST', '/api/plan/rounds/2026/code-batches', { as: organiser, body: { districtId, roundNumber, count: 1 } }))
    expect(await make('maaloev', 0)).toEqual([409, 'codes-not-for-round'])
    expect(await make('maaloev', 1)).toEqual([201, 'ok'])
    expect(await make('skovlunde', 0)).toEqual([201, 'ok'])
    expect(await make('skovlunde', 1)).toEqual([409, 'codes-not-for-round'])
    for (const roundNumber of [0, 1]) expect(await make('ballerup-syd', roundNumber)).toEqual([409, 'codes-not-for-round'])
    expect(await actions()).toEqual(['codes-made', 'codes-made'])
  })

  it('is not opened when the vote’s time is over; by hands it is', async () => {
    await vote()
    await buildMeeting(t, organiser, 'maaloev')
    await sql`update election set state = 'ended', ended_at = now()`.execute(t.deps.db)
    expect(await kindOf(openRound(1, 'code'))).toEqual([409, 'wrong-state'])
    expect(await kindOf(openRound(1))).toEqual([200, 'ok'])
  })

  it('is not opened, and no code is handed out at the door, once the district’s own hours are over', async () => {
    await buildVote(t.deps.db, { districts: [MAALOEV_2018, SKOVLUNDE], closesAt: '2026-05-04T19:00:00.000Z' })
    await buildMeeting(t, organiser, 'maaloev')
    t.clock.set('2026-05-04T18:59:59.999Z')
    expect(await kindOf(post('/door', { means: 'code' }))).toEqual([200, 'ok'])
    expect(await kindOf(openRound(1, 'code'))).toEqual([200, 'ok'])
    expect(await stage()).toMatchObject({ isVotingOpen: true })
    // The minute in which the vote itself still stands as open.
    t.clock.set('2026-05-04T19:00:00Z')
    expect(await stage()).toMatchObject({ isVotingOpen: false })
    await post('/rounds/1/cancel', { reason: 'Tiden gik, før alle havde stemt.' })
    expect(await kindOf(post('/door', { means: 'code' }))).toEqual([409, 'code-hours'])
    expect(await kindOf(openRound(2, 'code'))).toEqual([409, 'code-hours'])
    expect(await kindOf(post('/door', { means: 'paper' }))).toEqual([200, 'ok'])
    expect(await kindOf(openRound(2, 'paper'))).toEqual([200, 'ok'])
    expect(await stage()).toMatchObject({ isVotingOpen: true, admitted: 2 })
  })
})

describe('a pitch', () => {
  it('has a clock that every screen can reckon with', async () => {
    await vote()
    await buildMeeting(t, organiser, 'maaloev')
    expect(await bodyOf(await post('/pitch', { action: 'select', projectId: '2026-klatring' }))).toEqual({
      projectId: '2026-klatring',
      isRunning: false,
      elapsedMs: 0,
      totalMs: 600_000,
      now: '2026-05-04T17:05:00.000Z',
    })
    await Promise.all([1, 2, 3].map(() => post('/pitch', { action: 'start' })))
    t.clock.set('2026-05-04T17:08:20Z')
    expect((await stage()).pitch).toMatchObject({ isRunning: true, elapsedMs: 200_000, now: '2026-05-04T17:08:20.000Z' })
    await post('/pitch', { action: 'pause' })
    t.clock.set('2026-05-04T17:30:00Z')
    expect((await desk()).pitch).toMatchObject({ isRunning: false, elapsedMs: 200_000 })
    expect(await bodyOf(await post('/pitch', { action: 'reset' }))).toMatchObject({ projectId: '2026-klatring', elapsedMs: 0 })
    expect(await kindOf(post('/pitch', { action: 'select', projectId: 'nordpolen' }))).toEqual([422, 'invalid-request'])
    expect(await bodyOf(await post('/pitch', { action: 'select', projectId: null }))).toMatchObject({ projectId: null })
  })
})

describe('a knock-out', () => {
  beforeEach(async () => {
    await vote()
    await buildMeeting(t, organiser, 'maaloev')
    await letPeopleIn(t, organiser, 'maaloev', 71)
  })

  it('is that of Måløv 2018: three projects, then 40 to 31', async () => {
    await playRound(1, { klatring: 27, brydegaarden: 24, spejdere: 20 })
    expect(await desk()).toMatchObject({ standing: ['2026-klatring', '2026-brydegaarden'] })
    await playRound(2, { klatring: 40, brydegaarden: 31 })
    const shown = await stage()
    expect(shown).toMatchObject({ winnerId: '2026-klatring', admitted: 71, round: null, isVotingOpen: false })
    expect(shown.rounds.map(({ standing }) => standing.map(({ votes, goesOn }) => [votes, goesOn]))).toEqual([
      [
        [27, true],
        [24, true],
        [20, false],
      ],
      [
        [40, true],
        [31, false],
      ],
    ])
    expect(await kindOf(openRound(3))).toEqual([409, 'knock-out-over'])
    expect(await kindOf(post('/close', {}))).toEqual([200, 'ok'])
    expect(await readMeetingForCount(t.deps.db, 2026, 'maaloev')).toEqual({
      paper: { ballots: [], invalid: [] },
      knockOut: [
        { goOn: 2, votes: expect.arrayContaining([{ projectId: '2026-spejdere', votes: 20 }]) },
        { goOn: 1, votes: expect.arrayContaining([{ projectId: '2026-klatring', votes: 40 }]) },
      ],
      agreed: null,
      minutes: null,
      rounds: [1, 2].map(() => ({ method: 'show-of-hands', ballots: 71, blankVotes: 0, note: expect.stringContaining(NOTE) })),
      undecidedReason: null,
    })
  })

  it('ends at once with a majority; a tie falls by the lot and says so', async () => {
    await playRound(1, { klatring: 20, brydegaarden: 20, spejdere: 20 })
    const { rounds, standing } = await desk()
    const order = (
      await t.deps.db.selectFrom('ballot_line').select('project_id').where('district_id', '=', 'maaloev').orderBy('lot_place').execute()
    ).map((line) => line.project_id)
    expect([...standing].sort()).toEqual(order.slice(0, 2).sort())
    expect([...(rounds[0]?.result?.tieProjects ?? [])].sort()).toEqual([...order].sort())
    const votes = Object.fromEntries(standing.map((projectId, index) => [projectId.slice(5), index === 0 ? 30 : 30]))
    await playRound(2, votes)
    expect((await stage()).winnerId).toBe(order[0])
  })

  it('shows no number to anybody before both counters agree', async () => {
    await openRound(1)
    expect(await stage()).toMatchObject({ isVotingOpen: true, round: { roundNumber: 1, method: 'show-of-hands', state: 'open' } })
    expect(await kindOf(count(1, { klatring: 1, brydegaarden: 1, spejdere: 1 }, planner))).toEqual([409, 'round-state'])
    await endRound(1)
    await count(1, { klatring: 37, brydegaarden: 21, spejdere: 13 }, planner)
    for (const answer of [await desk(planner), await desk(moderator), await stage()])
      expect(JSON.stringify(answer)).not.toMatch(/"votes":(37|21|13)/)
    expect((await desk(planner)).rounds[0]).toMatchObject({
      counters: [{ name: 'Test planner', isMe: true }],
      result: null,
      differences: [],
    })
    expect(await kindOf(count(1, { klatring: 37, brydegaarden: 21, spejdere: 13 }, planner))).toEqual([409, 'counted-already'])
    await count(1, { klatring: 36, brydegaarden: 21, spejdere: 13 }, moderator, { blankVotes: 1 })
    expect((await desk(organiser)).rounds[0]).toMatchObject({
      state: 'counting',
      attempt: 2,
      counters: [],
      differences: [
        { projectId: '2026-klatring', votes: [37, 36] },
        { projectId: null, votes: [0, 1] },
      ],
    })
    expect((await stage()).rounds).toEqual([])
    // Who still counts the first time is told that another count has begun.
    expect(await kindOf(count(1, { klatring: 37, brydegaarden: 21, spejdere: 13 }, planner))).toEqual([409, 'count-again'])
    for (const as of [moderator, organiser]) await count(1, { klatring: 37, brydegaarden: 21, spejdere: 13 }, as, { attempt: 2 })
    expect((await stage()).rounds).toMatchObject([{ roundNumber: 1, blankVotes: 0 }])
    expect((await stage()).winnerId).toBe('2026-klatring')
    expect((await actions()).slice(2)).toEqual([
      'knock-out-opened',
      'knock-out-ended',
      'knock-out-counted',
      'knock-out-differed',
      'knock-out-counted',
      'knock-out-confirmed',
    ])
    const log = (await t.deps.db.selectFrom('election_log').select('detail').execute()) as unknown as Pick<LogEntry, 'detail'>[]
    expect(JSON.stringify(log)).not.toMatch(/\b(37|36|21|13)\b/)
  })

  it('is not opened twice, nor counted by more than two, however many press at once', async () => {
    expect(await kinds(Array.from({ length: 8 }, () => openRound(1)))).toEqual(['ok', ...Array(7).fill('round-not-next')].sort())
    expect(await kinds(Array.from({ length: 4 }, () => endRound(1)))).toEqual(Array(4).fill('ok'))
    const votes = { klatring: 30, brydegaarden: 25, spejdere: 10 }
    const admin = await t.signIn('admin')
    const counters = [planner, moderator, organiser, admin, planner, moderator]
    const answers = await kinds(counters.map((as) => count(1, votes, as)))
    expect(answers.filter((kind) => kind === 'ok')).toHaveLength(2)
    expect((await desk()).rounds).toMatchObject([{ state: 'confirmed', attempt: 1 }])
    const people = await t.deps.db.selectFrom('knock_out_count').select('counted_by').execute()
    expect(new Set(people.map((row) => row.counted_by)).size).toBe(2)
  })

  it.each([
    ['a project left out', { klatring: 1, brydegaarden: 1 }, {}, 'count-incomplete'],
    ['a project that is not there', { klatring: 1, brydegaarden: 1, nordpolen: 1 }, {}, 'count-incomplete'],
    ['more votes than people', { klatring: 40, brydegaarden: 31, spejdere: 1 }, {}, 'more-votes-than-people'],
    ['no vote at all', { klatring: 0, brydegaarden: 0, spejdere: 0 }, { blankVotes: 9 }, 'no-votes'],
    ['hands without a note', { klatring: 3, brydegaarden: 2, spejdere: 1 }, { note: null }, 'note-missing'],
    ['a negative number', { klatring: -1, brydegaarden: 2, spejdere: 1 }, {}, 'invalid-request'],
  ])('%s is refused', async (_what, votes, more, kind) => {
    await openRound(1)
    await endRound(1)
    expect(await kindOf(count(1, votes as Record<string, number>, planner, more))).toEqual([422, kind])
  })

  it('may be called off before it is confirmed, with a reason; the next round is for the same projects', async () => {
    await openRound(1)
    expect(await kindOf(post('/rounds/1/cancel', { reason: 'Lyset gik ud midt i det hele.' }))).toEqual([200, 'ok'])
    expect((await desk()).rounds).toMatchObject([{ state: 'cancelled', cancelReason: 'Lyset gik ud midt i det hele.' }])
    expect(await kindOf(openRound(1))).toEqual([409, 'round-not-next'])
    await playRound(2, { klatring: 40, brydegaarden: 20, spejdere: 5 })
    expect(await kindOf(post('/rounds/2/cancel', { reason: 'Det passede os ikke rigtig.' }))).toEqual([409, 'round-state'])
    expect((await readMeetingForCount(t.deps.db, 2026, 'maaloev')).knockOut).toHaveLength(1)
  })

  it('is refused where the district decides otherwise, and before or after the meeting', async () => {
    const at = `${meetingPath('ballerup-syd')}/rounds`
    await buildMeeting(t, organiser, 'ballerup-syd')
    expect(await kindOf(t.send('POST', at, { as: organiser, body: { roundNumber: 1, method: 'paper' } }))).toEqual([409, 'not-decided-so'])
    await playRound(1, { klatring: 40, brydegaarden: 20, spejdere: 5 })
    await post('/close', {})
    expect(await kindOf(openRound(2))).toEqual([409, 'meeting-not-open'])
  })

  it('cannot be confirmed behind the counters’ backs', async () => {
    await openRound(1)
    await endRound(1)
    await count(1, { klatring: 30, brydegaarden: 25, spejdere: 10 }, planner)
    const { db } = t.deps
    await sql`update knock_out_standing set votes = 10, goes_on = project_id = '2026-spejdere'`.execute(db)
    await expect(
      sql`update knock_out_round set state = 'confirmed', confirmed_at = now(), go_on = 1, blank_votes = 0, note = 'x'`.execute(db),
    ).rejects.toMatchObject({ constraint: 'knock_out_round_agreed' })
    const copy = sql`insert into knock_out_count select round_year, district_id, round_number, attempt, 2, counted_by, counter_name, blank_votes,
      counted_at from knock_out_count`
    await expect(copy.execute(db)).rejects.toMatchObject({ constraint: 'knock_out_count_second_person' })
    await expect(sql`update knock_out_vote set votes = 99`.execute(db)).rejects.toMatchObject({ code: '23001' })
  })
})

describe('agreed sharing', () => {
  const at = `${meetingPath('ballerup-syd')}/sharing`
  const minutes = 'Alle var enige om at dele: bænkene får det hele, legepladsen får resten.'
  const amounts = [
    { projectId: '2026-ballerup-syd-baenke', amountDkk: 100_000 },
    { projectId: '2026-ballerup-syd-legeplads', amountDkk: 275_251 },
  ]
  const record = (body: object = {}, as = organiser) => t.send('PUT', at, { as, body: { version: 0, minutes, amounts, ...body } })
  const confirm = (version: number, as = planner) => t.send('POST', `${at}/confirm`, { as, body: { version } })

  beforeEach(async () => {
    await vote()
    await buildMeeting(t, organiser, 'ballerup-syd')
  })

  it('is written by one, confirmed by another, and then stays', async () => {
    expect(await kindOf(confirm(1))).toEqual([409, 'meeting-edit-conflict'])
    expect(await kindOf(record())).toEqual([200, 'ok'])
    expect(await t.read<Stage>('/api/rounds/2026/meetings/ballerup-syd/stage')).toMatchObject({ agreed: null })
    expect(await openMeetingWork(t.deps.db, 2026)).toContainEqual({ districtId: 'ballerup-syd', kind: 'sharing-not-confirmed' })
    expect(await kindOf(confirm(1, organiser))).toEqual([409, 'needs-second-person'])
    expect(await kindOf(record({ version: 1, amounts: [amounts[0]] }, moderator))).toEqual([200, 'ok'])
    expect(await kindOf(confirm(1))).toEqual([409, 'meeting-edit-conflict'])
    const answers = await kinds([planner, organiser, await t.signIn('admin')].map((as) => confirm(2, as)))
    expect(answers).toEqual(['ok', 'sharing-confirmed', 'sharing-confirmed'])
    expect(await kindOf(record({ version: 2 }))).toEqual([409, 'sharing-confirmed'])
    expect(await t.read<Stage>('/api/rounds/2026/meetings/ballerup-syd/stage')).toMatchObject({
      agreed: { amounts: [amounts[0]], leftDkk: 275_251 },
    })
    expect(await readMeetingForCount(t.deps.db, 2026, 'ballerup-syd')).toMatchObject({
      agreed: [{ projectId: '2026-ballerup-syd-baenke', amount: 100_000 }],
      minutes,
      knockOut: null,
    })
    const { db } = t.deps
    await expect(sql`update agreed_amount set amount_dkk = 1`.execute(db)).rejects.toMatchObject({ constraint: 'agreed_sharing_frozen' })
    await expect(sql`update agreed_sharing set minutes = repeat('x', 30)`.execute(db)).rejects.toMatchObject({ code: '23001' })
  })

  it.each([
    ['a krone too much', { amounts: [{ ...amounts[0], amountDkk: 100_001 }, amounts[1]] }, 'sharing-beyond-share', { beyondDkk: 1 }],
    ['a project twice', { amounts: [amounts[0], amounts[0]] }, 'sharing-malformed', { reason: 'named-twice' }],
    ['a project that is not on the ballot', { amounts: [{ projectId: 'nordpolen', amountDkk: 5 }] }, 'sharing-malformed', {}],
    ['nothing for a project', { amounts: [{ ...amounts[0], amountDkk: 0 }] }, 'invalid-request', {}],
    ['no minutes', { minutes: 'Enige.' }, 'invalid-request', {}],
  ])('%s is refused', async (_what, body, kind, extra) => {
    const answer = await record(body)
    expect([answer.status, await bodyOf(answer)]).toMatchObject([422, { kind, ...extra }])
  })

  it('gives money to one of two projects that rule each other out, and the form can name them', async () => {
    await t.deps.db.deleteFrom('election').execute()
    const pair = ['2026-ballerup-syd-baenke', '2026-ballerup-syd-legeplads'] as const
    await vote([{ ...SYD_AGREES, exclusivePairs: [pair] }])
    await buildMeeting(t, organiser, 'ballerup-syd')
    expect(await desk(organiser, meetingPath('ballerup-syd'))).toMatchObject({
      exclusivePairs: [{ projectIds: pair, reason: 'De står samme sted.' }],
    })
    const refused = await record()
    expect([refused.status, await bodyOf(refused)]).toMatchObject([422, { kind: 'sharing-exclusive-pair', projectIds: pair }])
    const other = { projectId: '2026-ballerup-syd-shelter', amountDkk: 90_000 }
    expect(await kindOf(record({ amounts: [amounts[0], other] }))).toEqual([200, 'ok'])
  })

  it('is within the share whatever is written past the server', async () => {
    await record()
    const more = sql`update agreed_amount set amount_dkk = amount_dkk + 1 where project_id = '2026-ballerup-syd-baenke'`
    await expect(t.deps.db.transaction().execute((trx) => more.execute(trx))).rejects.toMatchObject({
      constraint: 'agreed_amount_within_share',
    })
    await expect(
      sql`update agreed_sharing set confirmed_by = recorded_by, confirmer_name = 'x', confirmed_at = now()`.execute(t.deps.db),
    ).rejects.toMatchObject({ constraint: 'agreed_sharing_second_person' })
  })

  it('is refused where the district decides otherwise', async () => {
    await buildMeeting(t, organiser, 'maaloev')
    expect(await kindOf(t.send('PUT', `${PATH}/sharing`, { as: organiser, body: { version: 0, minutes, amounts } }))).toEqual([
      409,
      'not-decided-so',
    ])
  })
})

describe('the stage', () => {
  it('is there as soon as the vote is frozen, for everybody, and names nobody', async () => {
    await vote(undefined, 'frozen')
    expect(await stage()).toMatchObject({
      meeting: null,
      isVotingOpen: false,
      admitted: 0,
      lines: [{ lineNumber: 1, projectId: '2026-klatring', costDkk: 186_185 }, {}, {}],
      pitch: { projectId: null, elapsedMs: 0, isRunning: false },
    })
    expect(await kindOf(t.send('GET', '/api/rounds/2026/meetings/atlantis/stage'))).toEqual([404, 'no-election'])
  })

  it('says when a district’s own time is over', async () => {
    await vote()
    const open = async () => (await t.read<Stage>('/api/rounds/2026/meetings/skovlunde/stage')).isVotingOpen
    expect(await open()).toBe(true)
    t.clock.set('2026-05-20T18:00:00Z')
    expect(await open()).toBe(false)
  })

  it('holds no name of staff when rounds are confirmed', async () => {
    await vote()
    await buildMeeting(t, organiser, 'maaloev')
    await letPeopleIn(t, organiser, 'maaloev', 9)
    await playRound(1, { klatring: 4, brydegaarden: 3, spejdere: 2 })
    expect(JSON.stringify(await stage())).not.toContain('Test ')
  })
})
