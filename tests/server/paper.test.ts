import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BallotNumbers, Batch, BatchDetail, BatchList, NewBatch } from '../../server/meetings/contract.ts'
import { openMeetingWork, readMeetingForCount } from '../../server/meetings/forCount.ts'
import { INVALID_REASONS } from '../../server/meetings/limits.ts'
import type { Turnout } from '../../server/voting/contract.ts'
import { MAALOEV_2018, meetingPath } from '../builders/meeting.ts'
import { buildVote, VOTE_DISTRICTS, type VoteDistrict } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const NORD = VOTE_DISTRICTS.find(({ districtId }) => districtId === 'ballerup-nord') as VoteDistrict
const PATH = `${meetingPath('ballerup-nord')}/paper`
const [BENCH, PLAY, SHELTER] = NORD.projects.map(({ projectId }) => projectId) as [string, string, string]

let t: TestApp
let clerk: SignedIn
let second: SignedIn
let third: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  clerk = await t.signIn('moderator')
  second = await t.signIn('planner')
  third = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.deps.db.deleteFrom('election').execute()
  await buildVote(t.deps.db, { districts: [NORD, MAALOEV_2018] })
})

const content: Pick<NewBatch, 'tallies' | 'invalid' | 'controlTotal'> = {
  controlTotal: 23,
  tallies: [
    { projectIds: [PLAY, BENCH], ballots: 12 },
    { projectIds: [SHELTER], ballots: 7 },
    { projectIds: [], ballots: 1 },
  ],
  invalid: [
    { reason: 'number-torn-off', ballots: 2 },
    { reason: 'unclear-mark', ballots: 1 },
  ],
}
const enter = (body: object = {}, as = clerk) => t.send('POST', PATH, { as, body: { label: 'Kasse 1', ...content, ...body } })
const entered = async (body: object = {}, as = clerk) => {
  const answer = await enter(body, as)
  expect(answer.status, await answer.clone().text()).toBe(201)
  return bodyOf<Batch>(answer)
}
const accept = (batchId: string, as = second) => t.send('POST', `${PATH}/${batchId}/accept`, { as })
const list = async (as = clerk) => (await t.read<BatchList>(PATH, as)).items
async function kindOf(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer
  return [response.status, response.ok ? 'ok' : (await bodyOf(response)).kind]
}
const kinds = async (answers: Promise<Response>[]) => (await Promise.all(answers.map(kindOf))).map(([, kind]) => kind).sort()

describe('a batch of papers', () => {
  it('is entered by one, accepted by another, and then counts', async () => {
    const batch = await entered()
    expect(batch).toMatchObject({ label: 'Kasse 1', state: 'entered', controlTotal: 23, invalidTotal: 3, isMine: true, recountNumber: 0 })
    expect(await openMeetingWork(t.deps.db, 2026)).toContainEqual({ districtId: 'ballerup-nord', kind: 'paper-not-accepted' })
    expect((await readMeetingForCount(t.deps.db, 2026, 'ballerup-nord')).paper).toEqual({ ballots: [], invalid: [] })
    expect(await kindOf(accept(batch.batchId, clerk))).toEqual([409, 'needs-second-person'])
    expect(await kindOf(accept(batch.batchId))).toEqual([200, 'ok'])
    const { districts } = await t.read<Turnout>('/api/rounds/2026/turnout')
    expect(districts.map(({ ballots }) => ballots)).toEqual([23, 0])
    expect(districts[0]?.byChannel).toContainEqual({ channel: 'paper', ballots: 23 })
    const { paper } = await readMeetingForCount(t.deps.db, 2026, 'ballerup-nord')
    expect(paper.ballots).toHaveLength(20)
    expect(paper.ballots.filter(({ projects }) => projects.length === 0)).toHaveLength(1)
    expect(paper.ballots.filter(({ projects }) => projects.join() === [BENCH, PLAY].join())).toHaveLength(12)
    expect(paper.invalid).toEqual([
      { reason: 'number-torn-off', count: 2 },
      { reason: 'unclear-mark', count: 1 },
    ])
    const log = await t.deps.db.selectFrom('election_log').select(['action', 'detail']).orderBy('entry_number').execute()
    expect(log.map(({ action }) => action)).toEqual(['paper-entered', 'paper-accepted'])
    expect(JSON.stringify(log)).not.toContain(BENCH)
  })

  it('says what was entered to a second clerk only, while it waits, and the log tells who read it', async () => {
    const { batchId } = await entered()
    const read = (as = second) => t.read<BatchDetail>(`${PATH}/${batchId}`, as)
    const mine = await read(clerk)
    expect(mine).toMatchObject({ content: null, isMine: true, controlTotal: 23, invalidTotal: 3 })
    const readings = async () => {
      const log = await t.deps.db.selectFrom('election_log').select(['action', 'actor_name', 'detail']).orderBy('entry_number').execute()
      return log.filter(({ action }) => action === 'paper-read')
    }
    expect(await readings()).toEqual([])
    expect((await read()).content?.tallies).toContainEqual({ projectIds: [BENCH, PLAY], ballots: 12 })
    expect((await read(third)).content).not.toBeNull()
    const detail = { districtId: 'ballerup-nord', label: 'Kasse 1', recount: 0 }
    const told = ['Test planner', 'Test organiser'].map((actor_name) => ({ action: 'paper-read', actor_name, detail }))
    expect(await readings()).toEqual(told)
    expect(JSON.stringify(await list())).not.toContain(BENCH)
    await accept(batchId)
    for (const as of [clerk, second, third]) expect((await read(as)).content).toBeNull()
    expect(await readings()).toEqual(told)
  })

  it('says it to nobody once the vote is stopped', async () => {
    const { batchId } = await entered()
    await sql`update election set state = 'stopped', stopped_at = now(), stop_reason = 'Der manglede et projekt.'`.execute(t.deps.db)
    expect(await t.read<BatchDetail>(`${PATH}/${batchId}`, second)).toMatchObject({ state: 'entered', content: null })
  })

  it('sent twice is entered once, and so is the same pile under another label', async () => {
    const answers = await kinds(Array.from({ length: 6 }, (_, index) => enter({}, index % 2 ? clerk : third)))
    expect(answers).toEqual([...Array(5).fill('batch-entered'), 'ok'])
    expect(await kindOf(enter({ label: 'kasse 1' }, third))).toEqual([409, 'batch-entered'])
    const twin = await enter({ label: 'Kasse 2', tallies: content.tallies.toReversed() }, third)
    expect([twin.status, await bodyOf(twin)]).toMatchObject([409, { kind: 'batch-same-content', batch: { label: 'Kasse 1' } }])
    expect(await kindOf(enter({ label: 'Kasse 2', isAnother: true }, third))).toEqual([201, 'ok'])
    expect(await list()).toHaveLength(2)
  })

  it('is decided by one of many who press at once', async () => {
    const { batchId } = await entered()
    const refuse = (as: SignedIn) => t.send('POST', `${PATH}/${batchId}/refuse`, { as, body: { reason: 'Der ligger to sedler mere.' } })
    const answers = await kinds([accept(batchId), accept(batchId, third), refuse(second), refuse(third), accept(batchId)])
    expect(answers).toEqual([...Array(4).fill('batch-decided'), 'ok'])
    expect(await list()).toHaveLength(1)
  })

  it('refused with a reason can be entered again under its label', async () => {
    const { batchId } = await entered()
    await t.send('POST', `${PATH}/${batchId}/refuse`, { as: second, body: { reason: 'Der ligger to sedler mere.' } })
    expect(await list()).toMatchObject([{ state: 'refused', refuseReason: 'Der ligger to sedler mere.', deciderName: 'Test planner' }])
    const again = await entered({ controlTotal: 25, invalid: [{ reason: 'unclear-mark', ballots: 5 }] }, second)
    expect(await kindOf(accept(again.batchId, clerk))).toEqual([200, 'ok'])
    expect(await openMeetingWork(t.deps.db, 2026)).not.toContainEqual({ districtId: 'ballerup-nord', kind: 'paper-not-accepted' })
  })

  it.each([
    ['a paper too few', { controlTotal: 24 }, 'control-total-differs', { entered: 23, stated: 24 }],
    [
      'a project of another district',
      { tallies: [{ projectIds: ['2026-klatring'], ballots: 20 }] },
      'paper-not-valid',
      { tally: 0, reason: 'not-on-ballot' },
    ],
    ['a project twice', { tallies: [{ projectIds: [BENCH, BENCH], ballots: 20 }] }, 'paper-not-valid', { reason: 'named-twice' }],
    ['points nobody asked for', { tallies: [{ projectIds: [BENCH], points: [3], ballots: 20 }] }, 'paper-not-valid', {}],
    ['a reason that is none', { invalid: [{ reason: 'ugly', ballots: 3 }] }, 'invalid-request', {}],
    ['half a paper', { controlTotal: 22.5 }, 'invalid-request', {}],
    ['no label', { label: ' ' }, 'invalid-request', {}],
  ])('%s is refused, and nothing is entered', async (_what, body, kind, extra) => {
    const answer = await enter(body)
    expect([answer.status, await bodyOf(answer)]).toMatchObject([422, { kind, ...extra }])
    expect(await list()).toEqual([])
  })

  it('holds whatever the ten reasons are', async () => {
    const invalid = INVALID_REASONS.map((reason) => ({ reason, ballots: 1 }))
    expect(INVALID_REASONS).toHaveLength(10)
    expect(await entered({ controlTotal: 10, tallies: [], invalid })).toMatchObject({ invalidTotal: 10 })
  })

  it('is refused where the district decides otherwise', async () => {
    const body = { label: 'Kasse 1', controlTotal: 1, tallies: [{ projectIds: ['2026-klatring'], ballots: 1 }], invalid: [] }
    expect(await kindOf(t.send('POST', `${meetingPath('maaloev')}/paper`, { as: clerk, body }))).toEqual([409, 'not-decided-so'])
    expect(await kindOf(t.send('GET', `${PATH}/${crypto.randomUUID()}`, { as: clerk }))).toEqual([404, 'no-batch'])
  })
})

describe('a recount', () => {
  const reason = 'To sedler klæbede sammen.'
  const corrected = { controlTotal: 24, tallies: [...content.tallies, { projectIds: [SHELTER], ballots: 1 }] }

  it('takes the place of the batch once another accepts it; both stay', async () => {
    const first = await entered()
    expect(await kindOf(enter({ ...corrected, recount: { batchId: first.batchId, reason } }, third))).toEqual([409, 'batch-decided'])
    await accept(first.batchId)
    const sent = () => enter({ ...corrected, label: 'uden betydning', recount: { batchId: first.batchId, reason } }, third)
    expect(await kinds([sent(), sent(), sent()])).toEqual(['batch-entered', 'batch-entered', 'ok'])
    const recount = (await list()).find(({ state }) => state === 'entered') as Batch
    expect(recount).toMatchObject({ label: 'Kasse 1', recountNumber: 1, replacesBatchId: first.batchId, recountReason: reason })
    expect((await readMeetingForCount(t.deps.db, 2026, 'ballerup-nord')).paper.ballots).toHaveLength(20)
    await accept(recount.batchId, clerk)
    expect((await t.read<Turnout>('/api/rounds/2026/turnout')).districts[0]?.ballots).toBe(recount.controlTotal)
    expect((await list()).map(({ state }) => state)).toEqual(['replaced', 'accepted'])
    expect((await readMeetingForCount(t.deps.db, 2026, 'ballerup-nord')).paper.ballots).toHaveLength(21)
    expect(await kindOf(enter({}, third))).toEqual([409, 'batch-entered'])
    expect(await kindOf(enter({ recount: { batchId: first.batchId, reason } }))).toEqual([409, 'batch-decided'])
    const again = await entered({ recount: { batchId: recount.batchId, reason } })
    expect(again).toMatchObject({ recountNumber: 2, replacesBatchId: recount.batchId })
  })

  it('refused leaves the batch as it was, and may be tried again', async () => {
    const first = await entered()
    await accept(first.batchId)
    const recount = await entered({ ...corrected, recount: { batchId: first.batchId, reason } }, third)
    await t.send('POST', `${PATH}/${recount.batchId}/refuse`, { as: clerk, body: { reason: 'Det er den forkerte kasse.' } })
    expect((await list()).map(({ state }) => state)).toEqual(['accepted', 'refused'])
    expect(await entered({ ...corrected, recount: { batchId: first.batchId, reason } }, third)).toMatchObject({ recountNumber: 2 })
  })
})

describe('what is in the database', () => {
  const refusedBy = (statement: string) =>
    t.deps.db
      .transaction()
      .execute((trx) => sql.raw(statement).execute(trx))
      .then(
        () => 'nothing',
        (error) => error.constraint ?? error.code,
      )

  it('adds up, stays as it was entered, and has two people', async () => {
    const { batchId } = await entered()
    expect(await refusedBy(`insert into paper_invalid values ('${batchId}', 'over-budget', 1)`)).toBe('paper_batch_sum')
    expect(await refusedBy('update paper_ballot_tally set ballots = 1')).toBe('23001')
    expect(await refusedBy('delete from paper_ballot_tally')).toBe('paper_batch_kept')
    expect(await refusedBy('update paper_batch set control_total = 5')).toBe('23001')
    expect(
      await refusedBy("update paper_batch set state = 'accepted', decided_by = entered_by, decider_name = 'x', decided_at = now()"),
    ).toBe('paper_batch_second_person')
    await accept(batchId)
    expect(await refusedBy("update paper_batch set state = 'entered'")).toBe('paper_batch_order')
    const { db } = t.deps
    await sql`update election set state = 'ended', ended_at = now()`.execute(db)
    await entered({ label: 'Efter lukketid', isAnother: true })
    await sql`update election set state = 'closed', closed_at = now()`.execute(db)
    expect(await refusedBy("update paper_batch set state = 'replaced' where state = 'accepted'")).toBe('meeting_frozen')
    expect(await kindOf(enter({ label: 'For sent' }))).toEqual([409, 'wrong-state'])
  })
})

describe('the numbers of printed ballots', () => {
  const print = (count: number, more: object = {}, districtId = 'ballerup-nord', as = clerk) =>
    t.send('POST', `${meetingPath(districtId)}/ballots`, { as, body: { count, ...more } })
  const numbers = async (answer: Promise<Response>) => bodyOf<BallotNumbers>(await answer)

  it('go on from printing to printing, and ten clerks at once get ten ranges', async () => {
    expect(await numbers(print(20))).toEqual({ roundNumber: 0, firstNumber: 1, lastNumber: 20 })
    const people = [clerk, second, third]
    const ranges = await Promise.all(Array.from({ length: 10 }, (_, index) => numbers(print(index + 1, {}, undefined, people[index % 3]))))
    const given = ranges.flatMap(({ firstNumber, lastNumber }) =>
      Array.from({ length: lastNumber - firstNumber + 1 }, (_, index) => firstNumber + index),
    )
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 55 }, (_, index) => 21 + index))
    expect(ranges.map(({ firstNumber, lastNumber }) => lastNumber - firstNumber + 1)).toEqual(ranges.map((_, index) => index + 1))
    const log = await t.deps.db.selectFrom('election_log').select(['action', 'detail']).orderBy('entry_number').execute()
    expect(log[0]).toEqual({
      action: 'ballots-printed',
      detail: { districtId: 'ballerup-nord', roundNumber: 0, firstNumber: 1, lastNumber: 20 },
    })
    await expect(sql`update ballot_number set last_number = 1`.execute(t.deps.db)).rejects.toMatchObject({
      constraint: 'ballot_number_grows',
    })
  })

  it('are their own in every district and every knock-out round', async () => {
    await print(7)
    expect(await numbers(print(5, { roundNumber: 1 }, 'maaloev'))).toEqual({ roundNumber: 1, firstNumber: 1, lastNumber: 5 })
    expect(await numbers(print(5, { roundNumber: 2 }, 'maaloev'))).toEqual({ roundNumber: 2, firstNumber: 1, lastNumber: 5 })
    expect(await kindOf(print(5, {}, 'maaloev'))).toEqual([409, 'not-decided-so'])
    expect(await kindOf(print(5, { roundNumber: 1 }))).toEqual([409, 'not-decided-so'])
    for (const count of [0, 401]) expect(await kindOf(print(count))).toEqual([422, 'invalid-request'])
    expect(await kindOf(print(5, {}, 'atlantis'))).toEqual([404, 'no-election'])
  })

  it('are given out from the freezing on, where there is paper, until the boxes are closed', async () => {
    await t.deps.db.deleteFrom('election').execute()
    await buildVote(t.deps.db, { state: 'frozen', districts: [NORD, { ...MAALOEV_2018, settings: { channels: ['home'] } }] })
    expect(await kindOf(print(5, {}, 'maaloev'))).toEqual([409, 'channel-not-used'])
    expect(await kindOf(print(5))).toEqual([201, 'ok'])
    await sql`update election set state = 'stopped', stopped_at = now(), stop_reason = 'Et projekt manglede på sedlen.'`.execute(t.deps.db)
    expect(await kindOf(print(5))).toEqual([409, 'wrong-state'])
    await expect(sql`update ballot_number set last_number = 9`.execute(t.deps.db)).rejects.toMatchObject({ constraint: 'meeting_frozen' })
  })
})
