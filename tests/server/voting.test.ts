import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { ElectionState, FrozenSetup } from '../../server/elections/contract.ts'
import { closeBoxes, readBallotsForCount, readReceipts } from '../../server/voting/box.ts'
import type { Cast, CodeBatch, MadeCodes, ReceiptList, Turnout } from '../../server/voting/contract.ts'
import { merkleRoot } from '../../server/voting/rules/merkle.ts'
import { markAtDoor, readEvidence, readRollSizes, readTurnout } from '../../server/voting/service.ts'
import { newCast } from '../builders/castVote.ts'
import { buildRoll } from '../builders/roll.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const BALLOTS = '/api/rounds/2026/ballots'
const NORD = 'ballerup-nord'
const SYD = 'ballerup-syd'

let t: TestApp
let setup: FrozenSetup
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())
beforeEach(async () => {
  t.clock.set('2026-05-04T10:00:00Z')
  setup = await buildVote(t.deps.db)
})
afterEach(async () => {
  await t.deps.db.deleteFrom('rate_limit').execute()
  await t.deps.db.deleteFrom('election').execute()
  await t.deps.db.deleteFrom('voter').execute()
})

const citizen = (districtId: string | null = NORD, voter = {}) => t.signIn('citizen', districtId, voter)
const send = (body: unknown, as?: SignedIn) => t.send('POST', BALLOTS, { as, body })
const cast = async (body: Cast, as?: SignedIn) => {
  const response = await send(body, as)
  return { status: response.status, ...(await bodyOf(response)) }
}
const ids = (districtId = NORD) =>
  setup.districts.find((one) => one.districtId === districtId)?.lines.map(({ projectId }) => projectId) ?? []
const standing = (as?: SignedIn) => t.read('/api/rounds/2026/voter', as)
const move = (...states: ElectionState[]) =>
  states.reduce(
    (before, state) =>
      before.then(async () => {
        const at = { ended: 'ended_at', closed: 'closed_at', counted: 'counted_at', published: 'published_at' }[state as 'ended']
        await t.deps.db
          .updateTable('election')
          .set({ state, [at]: t.clock.now() })
          .execute()
      }),
    Promise.resolve(),
  )
const close = () => t.deps.db.transaction().execute((trx) => closeBoxes(trx, 2026, { actorName: 'Test organiser', at: t.clock.now() }))
async function counts() {
  const { rows } = await sql<{ marks: number; ballots: number; receipts: number; codes: number }>`
    select (select count(*) from voter_mark where channel = 'home') as marks, (select count(*) from ballot) as ballots,
      (select count(*) from receipt) as receipts, (select count(*) from voting_code where is_used) as codes`.execute(t.deps.db)
  return rows[0]
}
async function makeCodes(count: number, more = {}, role: 'organiser' | 'moderator' = 'organiser'): Promise<MadeCodes> {
  const as = await t.signIn(role)
  const response = await t.send('POST', '/api/plan/rounds/2026/code-batches', { as, body: { districtId: NORD, count, ...more } })
  expect(response.status, await response.clone().text()).toBe(201)
  return bodyOf(response)
}

describe('at home', () => {
  it('one person casts one ballot, gets a receipt, and is told afterwards that they have voted', async () => {
    const person = await citizen()
    expect(await standing(person)).toEqual({ standing: 'may-vote', districtId: NORD })
    const { status, receipt, districtId } = await cast(newCast(setup, NORD), person)
    expect([status, districtId]).toEqual([201, NORD])
    expect(receipt).toMatch(/^[0-9a-f]{64}$/)
    expect(await standing(person)).toEqual({ standing: 'already-voted', districtId: NORD })
    expect(await cast(newCast(setup, NORD), person)).toMatchObject({ status: 409, kind: 'already-voted' })
    expect(await counts()).toEqual({ marks: 1, ballots: 1, receipts: 1, codes: 0 })
    const { rows } = await sql<{ choices: string }>`select choices from ballot`.execute(t.deps.db)
    expect(rows).toEqual([{ choices: ids()[0] }])
  })

  it('the same request again gets the same receipt; another ballot under its key does not', async () => {
    const person = await citizen()
    const ballot = newCast(setup, NORD)
    const first = await cast(ballot, person)
    expect(await cast(ballot, person)).toEqual(first)
    expect(await cast({ ...ballot, choices: { projectIds: [] } }, person)).toMatchObject({ status: 409, kind: 'already-voted' })
    // Somebody else's request under the same key is somebody else's.
    const other = await cast(ballot, await citizen())
    expect(other.status).toBe(201)
    expect(other.receipt).not.toBe(first.receipt)
  })

  it('many at once, of one person and of many: exactly one ballot each', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => citizen()))
    const answers = await Promise.all(
      people.flatMap((person) => {
        const ballot = newCast(setup, NORD)
        return [ballot, ballot, newCast(setup, NORD, { choices: { projectIds: [] } })].map((one) => cast(one, person))
      }),
    )
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(12)
    expect(answers.filter(({ status }) => ![201, 409].includes(status))).toEqual([])
    expect(await counts()).toEqual({ marks: 12, ballots: 12, receipts: 12, codes: 0 })
  })

  it.each([
    ['a visitor', () => undefined, 401, 'not-signed-in', 'not-signed-in'],
    ['somebody of another district', () => citizen(SYD), 403, 'not-eligible', 'may-vote'],
    ['somebody without a district', () => citizen(null), 403, 'not-eligible', 'no-district'],
    ['somebody the issuer gave no number', () => citizen(NORD, { rollNumber: null }), 403, 'not-eligible', 'not-eligible'],
    ['somebody whose age is not told', () => citizen(NORD, { ageYears: null }), 403, 'not-eligible', 'age-unknown'],
    ['somebody too young', () => citizen(NORD, { ageYears: 14 }), 403, 'not-eligible', 'too-young'],
  ])('%s is refused by name', async (_who, who, status, kind, where) => {
    const person = await who()
    expect(await cast(newCast(setup, NORD), person)).toMatchObject({ status, kind })
    expect((await standing(person)).standing).toBe(where)
    expect(await counts()).toMatchObject({ ballots: 0 })
  })

  it('somebody old enough may', async () => {
    expect((await cast(newCast(setup, NORD), await citizen(NORD, { ageYears: 15 }))).status).toBe(201)
  })

  it.each<[string, () => Partial<Cast>, string]>([
    ['a project twice', () => ({ choices: { projectIds: [ids()[0] as string, ids()[0] as string] } }), 'ballot-malformed'],
    ['points where there are none', () => ({ choices: { projectIds: ids().slice(0, 1), points: [1] } }), 'ballot-malformed'],
    ['a project of another district', () => ({ choices: { projectIds: ids(SYD).slice(0, 1) } }), 'not-on-ballot'],
  ])('%s is refused and nothing is kept', async (_what, more, kind) => {
    const person = await citizen()
    expect(await cast({ ...newCast(setup, NORD), ...more() }, person)).toMatchObject({ status: 422, kind })
    expect(await standing(person)).toMatchObject({ standing: 'may-vote' })
  })

  it('a blank ballot is a ballot', async () => {
    expect((await cast(newCast(setup, NORD, { choices: { projectIds: [] } }), await citizen())).status).toBe(201)
  })

  it('another set-up than the frozen one is told, and an unknown vote or district', async () => {
    const person = await citizen()
    const other = 'a'.repeat(64)
    expect(await cast({ ...newCast(setup, NORD), setupSha256: other }, person)).toMatchObject({ status: 409, kind: 'wrong-state' })
    expect(await cast({ ...newCast(setup, NORD), districtId: 'atlantis' }, person)).toMatchObject({ status: 404, kind: 'no-election' })
    expect(await bodyOf(await t.send('POST', '/api/rounds/2025/ballots', { as: person, body: newCast(setup, NORD) }))).toMatchObject({
      kind: 'no-election',
    })
  })
})

describe('ballot kinds and channels', () => {
  const withSettings = async (settings: object, rollSize: number | null = null) => {
    await t.deps.db.deleteFrom('election').execute()
    setup = await buildVote(t.deps.db, { districts: VOTE_DISTRICTS.map((district) => ({ ...district, settings, rollSize })) })
  }

  it.each([
    ['approval-limited', { ballotKind: 'approval-limited', maxChoices: 2 }, 3, undefined, 'too-many-choices'],
    ['choose-one', { ballotKind: 'choose-one' }, 2, undefined, 'too-many-choices'],
    ['knapsack', { ballotKind: 'knapsack' }, 3, undefined, 'over-budget'],
    ['points', { ballotKind: 'points', points: 5 }, 2, [3, 3], 'too-many-choices'],
    ['points without them', { ballotKind: 'points' }, 2, undefined, 'ballot-malformed'],
  ] as const)('%s', async (_kind, settings, chosen, points, kind) => {
    await withSettings(settings)
    const person = await citizen()
    const projectIds = ids().slice(0, chosen)
    expect(await cast(newCast(setup, NORD, { choices: { projectIds, points: points && [...points] } }), person)).toMatchObject({ kind })
    const right =
      settings.ballotKind === 'points' ? { projectIds: projectIds.slice(0, 2), points: [3, 2] } : { projectIds: ids().slice(0, 1) }
    expect((await cast(newCast(setup, NORD, { choices: right }), person)).status).toBe(201)
  })

  it('a district that does not vote at home says so', async () => {
    await withSettings({ channels: ['code', 'paper'] })
    const person = await citizen()
    expect(await standing(person)).toEqual({ standing: 'not-at-home', districtId: NORD })
    expect(await cast(newCast(setup, NORD), person)).toMatchObject({ status: 403, kind: 'not-eligible' })
  })

  it('under a roll only who is on it votes, in the district the roll says, whatever their address says', async () => {
    await t.deps.db.deleteFrom('election').execute()
    await buildRoll(t.deps.db, t.deps.config, {
      people: [
        { rollNumber: '010180-1234', districtId: NORD },
        { rollNumber: '0202901234', districtId: SYD },
      ],
    })
    await withSettings({ eligibility: 'roll' }, 1)
    expect(await readRollSizes(t.deps.db, 2026)).toEqual(new Map([NORD, SYD].map((id) => [id, 1])))
    const [onIt, elsewhere, stranger] = [
      await citizen(SYD, { rollNumber: '0101801234' }),
      await citizen(NORD, { rollNumber: '020290-1234' }),
      await citizen(NORD, { rollNumber: '030300-1234' }),
    ] as const
    expect(await standing(onIt)).toEqual({ standing: 'may-vote', districtId: NORD })
    expect(await standing(elsewhere)).toEqual({ standing: 'may-vote', districtId: SYD })
    expect(await standing(stranger)).toMatchObject({ standing: 'not-eligible' })
    expect(await cast(newCast(setup, NORD), elsewhere)).toMatchObject({ kind: 'not-eligible' })
    expect(await cast(newCast(setup, NORD), stranger)).toMatchObject({ kind: 'not-eligible' })
    expect((await cast(newCast(setup, NORD), onIt)).status).toBe(201)
    // Another session of the same person.
    expect(await cast(newCast(setup, NORD), await citizen(null, { rollNumber: '0101801234' }))).toMatchObject({ kind: 'already-voted' })
  })

  it('a roll cannot change once the set-up is frozen', async () => {
    const roll = buildRoll(t.deps.db, t.deps.config, { people: [{ rollNumber: 'x', districtId: NORD }] })
    await expect(roll).rejects.toThrow('frozen')
  })

  it('who is let in at the door cannot vote at home, and the other way round', async () => {
    const door = (rollNumber: string) =>
      t.deps.db.transaction().execute((trx) => markAtDoor(trx, t.deps, { year: 2026, districtId: NORD, person: { rollNumber } }))
    await door('a')
    await expect(door('a')).rejects.toMatchObject({ kind: 'already-voted' })
    expect(await cast(newCast(setup, NORD), await citizen(NORD, { rollNumber: 'A ' }))).toMatchObject({ kind: 'already-voted' })
    expect((await cast(newCast(setup, NORD), await citizen(NORD, { rollNumber: 'b' }))).status).toBe(201)
    await expect(door('b')).rejects.toMatchObject({ kind: 'already-voted' })
    expect((await readTurnout(t.deps.db, 2026)).find(({ districtId }) => districtId === NORD)).toMatchObject({ marks: 2 })
    await close()
    await expect(door('c')).rejects.toMatchObject({ kind: 'voting-closed' })
  })
})

describe('time', () => {
  it.each([
    ['before it opens', '2026-05-01T05:59:59.999Z', 409],
    ['in its first moment', '2026-05-01T06:00:00.000Z', 201],
    ['in its last', '2026-05-20T17:59:59.999Z', 201],
    ['when it is over', '2026-05-20T18:00:00.000Z', 409],
    ['by a clock that is wrong by years', '2031-01-01T00:00:00Z', 409],
  ])('%s', async (_when, at, status) => {
    const person = await citizen()
    await sql`update session set expires_at = '2100-01-01'`.execute(t.deps.db)
    t.clock.set(at)
    const answer = await cast(newCast(setup, NORD), person)
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer).toMatchObject({ kind: 'voting-closed', state: 'open', opensAt: '2026-05-01T06:00:00.000Z' })
  })

  it('a ballot that came in time counts after the vote has ended, until the box is closed; then none does', async () => {
    const [before, after] = [await citizen(), await citizen()]
    const ballot = newCast(setup, NORD)
    await move('ended')
    const first = await cast(ballot, before)
    expect(first.status).toBe(201)
    t.clock.set('2026-05-20T18:00:00Z')
    await sql`update session set expires_at = '2100-01-01'`.execute(t.deps.db)
    // Sent again when it is over: it is known.
    expect(await cast(ballot, before)).toEqual(first)
    t.clock.set('2026-05-20T17:00:00Z')
    await close()
    expect(await cast(newCast(setup, NORD), after)).toMatchObject({ status: 409, kind: 'voting-closed' })
    expect(await cast(ballot, before)).toMatchObject({ status: 409, kind: 'voting-closed' })
    expect(await counts()).toMatchObject({ marks: 1, ballots: 1, receipts: 1 })
  })

  it.each([
    ['slow', -90],
    ['fast', 90],
  ])('a process whose clock is %s takes nothing, loses nothing, and says so once a minute', async (_how, seconds) => {
    const lines: string[] = []
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    await t.deps.db.deleteFrom('election').execute()
    // By the wrong clock the vote is open, by the right one a minute away from it.
    const early = seconds > 0
    const times = early ? { opensAt: at(60_000), closesAt: at(3_600_000) } : { opensAt: at(-3_600_000), closesAt: at(-60_000) }
    setup = await buildVote(t.deps.db, times)
    t.clock.set(new Date())
    const [person, body] = [await citizen(), newCast(setup, NORD)]
    const through = async (apartS: number) => {
      const clock = { now: () => new Date(Date.now() + apartS * 1000) }
      const app = createApp({ ...t.deps, clock, log: pino(stream) })
      const response = await app.request(`${t.deps.config.baseUrl}${BALLOTS}`, {
        method: 'POST',
        headers: { Origin: t.deps.config.baseUrl, 'Content-Type': 'application/json', ...person.headers },
        body: JSON.stringify(body),
      })
      return { status: response.status, retryAfter: response.headers.get('retry-after'), ...(await bodyOf(response)) }
    }
    for (let tried = 0; tried < 3; tried += 1)
      expect(await through(seconds)).toMatchObject({ status: 503, kind: 'clock-wrong', retryAfter: '60' })
    expect(await counts()).toEqual({ marks: 0, ballots: 0, receipts: 0, codes: 0 })
    expect(await through(0)).toMatchObject({ status: 409, kind: 'voting-closed' })
    // One that is only a little off takes it as usual, and so would the wrong one, had it been set right.
    await t.deps.db.deleteFrom('election').execute()
    setup = await buildVote(t.deps.db, { opensAt: at(-3_600_000), closesAt: at(3_600_000) })
    body.setupSha256 = newCast(setup, NORD).setupSha256
    expect(await through(seconds)).toMatchObject({ status: 503, kind: 'clock-wrong' })
    const taken = await through(Math.sign(seconds) * 30)
    expect(taken).toMatchObject({ status: 201 })
    expect((await through(0)).receipt).toBe(taken.receipt)
    expect(await counts()).toEqual({ marks: 1, ballots: 1, receipts: 1, codes: 0 })
    expect(lines.length).toBeLessThanOrEqual(1)
    expect(lines.join('')).not.toMatch(/ballots"|session|ballerup/)
  })

  it('a stopped vote takes nothing', async () => {
    await t.deps.db
      .updateTable('election')
      .set({ state: 'stopped', stopped_at: t.clock.now(), stop_reason: 'Et projekt viste sig umuligt.' })
      .execute()
    expect(await cast(newCast(setup, NORD), await citizen())).toMatchObject({ kind: 'voting-closed' })
  })
})

describe('closing', () => {
  it('gives sorted receipts with their root, and the ballots to the count; twice is once', async () => {
    const sent: string[] = []
    for (let index = 0; index < 5; index += 1) sent.push((await cast(newCast(setup, NORD), await citizen())).receipt)
    const { codes } = await makeCodes(2)
    sent.push((await cast(newCast(setup, NORD, { code: codes[0] }))).receipt)
    expect(await bodyOf(await t.send('GET', '/api/rounds/2026/receipts'))).toMatchObject({ status: 404, kind: 'receipts-not-published' })
    const count = () => t.deps.db.transaction().execute((trx) => readBallotsForCount(trx, 2026, NORD))
    await expect(count()).rejects.toMatchObject({ kind: 'wrong-state' })
    await move('ended')
    await Promise.all([close(), close()])
    await close()
    const list = await t.read<ReceiptList>('/api/rounds/2026/receipts')
    const nord = list.districts.find(({ districtId }) => districtId === NORD)
    expect(list.districts.length).toBe(4)
    expect(nord).toEqual({ districtId: NORD, ballots: 6, receipts: sent.sort(), merkleRoot: merkleRoot(sent.sort()) })
    expect(await count()).toEqual(Array.from({ length: 6 }, () => ({ projects: [ids()[0]] })))
    expect(await readReceipts(t.deps.db, 2026)).toEqual(list)
    const log = await t.deps.db.selectFrom('election_log').selectAll().where('action', '=', 'boxes-closed').execute()
    expect(log.length).toBe(1)
    expect(log[0]?.detail).toMatchObject({
      districts: [
        { districtId: NORD, ballots: 6, marks: 5, codes: 1, receipts: 6, merkleRoot: nord?.merkleRoot },
        ...['ballerup-syd', 'maaloev', 'skovlunde'].map((districtId) => ({ districtId, ballots: 0, marks: 0, codes: 0, receipts: 0 })),
      ],
    })
    expect(await t.deps.db.selectFrom('election_log').selectAll().where('action', '=', 'boxes-differ').execute()).toEqual([])
  })

  it.each([
    [
      'a ballot nobody is marked for',
      { ballots: 2, marks: 1, codes: 0, receipts: 1 },
      sql`insert into ballot values (gen_random_uuid(), 2026, ${NORD}, 0, '')`,
    ],
    [
      'a mark without a ballot',
      { ballots: 1, marks: 2, codes: 0, receipts: 1 },
      sql`insert into voter_mark values (2026, sha256('somebody'), ${NORD}, 'home')`,
    ],
    [
      'a receipt without a ballot',
      { ballots: 1, marks: 1, codes: 0, receipts: 2 },
      sql`insert into receipt values (sha256('something'), 2026, ${NORD}, null, null)`,
    ],
  ] as const)('%s does not keep a box from closing, and is named in the log and in what is published', async (_what, held, plant) => {
    await cast(newCast(setup, NORD), await citizen())
    await plant.execute(t.deps.db)
    await move('ended')
    await close()
    const log = await t.deps.db.selectFrom('election_log').selectAll().where('action', 'like', 'boxes-%').orderBy('entry_number').execute()
    expect(log.map(({ action }) => action)).toEqual(['boxes-closed', 'boxes-differ'])
    expect(log[1]?.detail).toEqual({ districts: [{ districtId: NORD, ...held }] })
    const nord = (await t.read<ReceiptList>('/api/rounds/2026/receipts')).districts.find(({ districtId }) => districtId === NORD)
    expect([nord?.ballots, nord?.receipts.length]).toEqual([held.ballots, held.receipts])
    expect(await readEvidence(t.deps.db, 2026, NORD)).toMatchObject({ marks: held.marks + held.codes, receipts: held.receipts })
  })

  it('people let in at the meeting and codes nobody used are no ballots, and the box adds up', async () => {
    await makeCodes(2)
    await t.deps.db.transaction().execute((trx) => markAtDoor(trx, t.deps, { year: 2026, districtId: NORD, person: { rollNumber: 'x' } }))
    await cast(newCast(setup, NORD), await citizen())
    await move('ended')
    await close()
    expect(await t.deps.db.selectFrom('election_log').selectAll().where('action', '=', 'boxes-differ').execute()).toEqual([])
  })
})

describe('codes', () => {
  it('one code casts one ballot without an account, in its district, however it is typed', async () => {
    const { codes, batch, voteUrl } = await makeCodes(3)
    expect(batch).toMatchObject({
      districtId: NORD,
      count: 3,
      used: 0,
      roundNumber: 0,
      createdBy: 'Test organiser',
      createdOn: '2026-05-04',
    })
    expect(voteUrl).toMatch(/\/stem\/kode$/)
    const [first, second] = codes as [string, string]
    expect(first).toMatch(/^[2-9A-Y]{4}(-[2-9A-Y]{4}){2}$/)
    const ask = async (code: string) => bodyOf(await t.send('POST', '/api/rounds/2026/code', { body: { code } }))
    expect(await ask(first.toLowerCase().replaceAll('-', ' '))).toEqual({ districtId: NORD, roundNumber: 0, projectIds: ids() })
    const ballot = newCast(setup, NORD, { code: first })
    const done = await cast(ballot)
    expect(done.status).toBe(201)
    expect(await cast(ballot)).toEqual(done)
    expect(await cast(newCast(setup, NORD, { code: first }))).toMatchObject({ status: 409, kind: 'code-used' })
    expect(await ask(first)).toMatchObject({ status: 409, kind: 'code-used' })
    expect(await cast(newCast(setup, SYD, { code: second }))).toMatchObject({ status: 404, kind: 'code-unknown' })
    expect(await cast(newCast(setup, NORD, { code: second, choices: { projectIds: ids(SYD) } }))).toMatchObject({ kind: 'not-on-ballot' })
    expect((await cast(newCast(setup, NORD, { code: second }))).status).toBe(201)
    expect(await counts()).toEqual({ marks: 0, ballots: 2, receipts: 2, codes: 2 })
  })

  it('the same code many times at once casts once', async () => {
    const { codes } = await makeCodes(1)
    const answers = await Promise.all(Array.from({ length: 12 }, () => cast(newCast(setup, NORD, { code: codes[0] }))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)])
    expect(await counts()).toMatchObject({ ballots: 1, receipts: 1 })
  })

  it('a signed-in person may use a code, and is not marked by it', async () => {
    const { codes } = await makeCodes(1)
    const person = await citizen()
    expect((await cast(newCast(setup, NORD, { code: codes[0] }), person)).status).toBe(201)
    expect(await standing(person)).toMatchObject({ standing: 'may-vote' })
  })

  it('guessing is stopped per address, and sooner when the round sees much of it; a slip of the finger costs nothing', async () => {
    const { codes } = await makeCodes(1)
    const [code] = codes as [string]
    const slip = code.endsWith('2') ? `${code.slice(0, -1)}3` : `${code.slice(0, -1)}2`
    for (let count = 0; count < 40; count += 1)
      expect(await cast(newCast(setup, NORD, { code: slip }))).toMatchObject({ kind: 'code-unknown' })
    // Right in form, and nobody's.
    const guess = { code: '2222-2222-2222' }
    const ask = async () => (await t.send('POST', '/api/rounds/2026/code', { body: guess })).status
    const wrongBefore = (count: number, bucket: string) =>
      sql`update rate_limit set request_count = ${count} where bucket like ${`voting-code:${bucket}:%`}`.execute(t.deps.db)
    // A hall behind one address goes on voting after more mistakes than it will ever make.
    for (let count = 0; count < 20; count += 1) expect(await ask()).toBe(404)
    await wrongBefore(970, 'address')
    for (let count = 0; count < 15; count += 1) {
      expect(await cast(newCast(setup, NORD, guess))).toMatchObject({ status: 404, kind: 'code-unknown' })
      expect(await ask()).toBe(404)
    }
    const held = await send(newCast(setup, NORD, { code }))
    expect([held.status, held.headers.get('Retry-After')]).toEqual([429, '3600'])
    expect(await ask()).toBe(429)
    t.clock.set('2026-05-04T11:00:00Z')
    expect(await ask()).toBe(404)
    await wrongBefore(2000, 'round')
    await wrongBefore(98, 'address')
    for (let count = 0; count < 2; count += 1) expect(await ask()).toBe(404)
    expect(await ask()).toBe(429)
    t.clock.set('2026-05-04T12:00:00Z')
    expect((await cast(newCast(setup, NORD, { code }))).status).toBe(201)
  })

  it('sheets are listed without codes; one is taken back while nobody has used it', async () => {
    const [used, unused] = [await makeCodes(2), await makeCodes(2, { districtId: SYD }, 'moderator')]
    await cast(newCast(setup, NORD, { code: used.codes[0] }))
    const organiser = await t.signIn('organiser')
    const path = '/api/plan/rounds/2026/code-batches'
    const { items } = await t.read<{ items: CodeBatch[] }>(path, organiser)
    expect(items.map(({ districtId, used: count }) => [districtId, count])).toEqual([
      [NORD, 1],
      [SYD, 0],
    ])
    expect(JSON.stringify(items)).not.toContain(used.codes[1])
    const cancel = (batchId: string) => t.send('POST', `${path}/${batchId}/cancel`, { as: organiser })
    expect(await bodyOf(await cancel(used.batch.batchId))).toMatchObject({ kind: 'batch-in-use' })
    for (const _ of [1, 2]) expect((await bodyOf(await cancel(unused.batch.batchId))).cancelledAt).toBe('2026-05-04T10:00:00.000Z')
    expect(await cast(newCast(setup, SYD, { code: unused.codes[0] }))).toMatchObject({ kind: 'code-unknown' })
    expect((await cancel('00000000-0000-4000-8000-000000000000')).status).toBe(404)
    const actions = await t.deps.db.selectFrom('election_log').select(['action']).orderBy('entry_number').execute()
    expect(actions.map(({ action }) => action)).toEqual(['codes-made', 'codes-made', 'codes-cancelled'])
  })

  it.each(['close', 'stop'])(
    'taken back while two organisers %s the vote, a sheet is gone before or stays; afterwards it stays',
    async (step) => {
      const made: MadeCodes[] = []
      for (let count = 0; count < 9; count += 1) made.push(await makeCodes(20))
      const [one, two] = [await t.signIn('organiser'), await t.signIn('organiser')]
      const take = (as: SignedIn, body: object) => t.send('POST', `/api/rounds/2026/election/steps/${step}`, { as, body })
      const cancel = async ({ batch }: MadeCodes) => {
        const response = await t.send('POST', `/api/plan/rounds/2026/code-batches/${batch.batchId}/cancel`, { as: one })
        return { status: response.status, ...(await bodyOf(response)) }
      }
      await move('ended')
      expect((await take(one, { action: 'propose', reason: 'Et projekt viste sig umuligt.' })).status).toBe(200)
      const before = made.slice(0, 4).map(cancel)
      const confirmed = take(two, { action: 'confirm' })
      const answers = await Promise.all([...before, ...made.slice(4, 8).map(cancel)])
      expect((await confirmed).status).toBe(200)
      const state = step === 'close' ? 'closed' : 'stopped'
      for (const answer of answers)
        expect(answer).toMatchObject(answer.status === 200 ? { used: 0 } : { status: 409, kind: 'wrong-state', state })
      const last = made[8] as MadeCodes
      expect(await cancel(last)).toMatchObject({ status: 409, kind: 'wrong-state', state })
      const kept = await t.deps.db.selectFrom('voting_code').select('batch_id').where('batch_id', '=', last.batch.batchId).execute()
      expect(kept.length).toBe(20)
    },
  )
})

it('turnout tells how many by district and channel', async () => {
  const { codes } = await makeCodes(1)
  await cast(newCast(setup, NORD, { code: codes[0] }))
  await cast(newCast(setup, NORD), await citizen())
  await cast(newCast(setup, SYD), await citizen(SYD))
  const { districts } = await t.read<Turnout>('/api/rounds/2026/turnout')
  expect(districts[0]).toEqual({
    districtId: NORD,
    name: 'Ballerup Nord',
    rollSize: null,
    ballots: 2,
    byChannel: [
      { channel: 'home', ballots: 1 },
      { channel: 'code', ballots: 1 },
      { channel: 'paper', ballots: 0 },
    ],
  })
  expect(districts.map(({ ballots }) => ballots)).toEqual([2, 1, 0, 0])
})

it('before it is frozen there is no vote to be seen', async () => {
  await t.deps.db.deleteFrom('election').execute()
  await buildVote(t.deps.db, { state: 'draft' })
  const person = await citizen()
  for (const path of ['voter', 'turnout', 'receipts']) {
    expect(await bodyOf(await t.send('GET', `/api/rounds/2026/${path}`, { as: person }))).toMatchObject({
      status: 404,
      kind: 'no-election',
    })
  }
  expect(await cast({ ...newCast(setup, NORD), setupSha256: 'b'.repeat(64) }, person)).toMatchObject({ kind: 'no-election' })
})
