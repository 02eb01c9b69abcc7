import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DistrictResult, PassOn, RoundResult, TranscriptFile } from '../../server/allocation/contract.ts'
import { countRound, publishRound } from '../../server/allocation/countRound.ts'
import { countElection } from '../../server/allocation/rules/count.ts'
import { readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import { ballotsOf, buildResult, sourcesOf } from '../builders/result.ts'
import { buildVote, VOTE_DISTRICTS, type VoteDistrict } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'

const RESULT = '/api/rounds/2026/result'
const PASS_ONS = '/api/plan/rounds/2026/pass-ons'
const DECISIONS = '/api/plan/rounds/2026/decisions'
const REASON = 'Jorden er forurenet, så den kan ikke bygges dér.'

let t: TestApp
let [one, two]: SignedIn[] = []
beforeAll(async () => {
  t = await createTestApp()
  one = await t.signIn('organiser')
  two = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(async () => {
  await sql`delete from election where round_year = 2026`.execute(t.deps.db)
  await sql`delete from project where round_year = 2026`.execute(t.deps.db)
  await sql`delete from round where year = 2026`.execute(t.deps.db)
})

const districtIn = (result: RoundResult, id: string) => result.districts.find(({ districtId }) => districtId === id) as DistrictResult
const awardsIn = ({ projects }: DistrictResult) =>
  projects.flatMap(({ projectId, awardedDkk, awardSource }) => (awardedDkk ? [[projectId, awardedDkk, awardSource]] : []))

/** Måløv alone, with three projects to share 186,185. */
const maaloev = (more: Partial<VoteDistrict> = {}): VoteDistrict => ({
  districtId: 'maaloev',
  name: 'Måløv',
  shareDkk: 186_185,
  projects: [
    { projectId: '2026-a', costDkk: 120_000 },
    { projectId: '2026-b', costDkk: 90_000, smallestUsefulDkk: 30_000 },
    { projectId: '2026-c', costDkk: 40_000 },
  ],
  ...more,
})

describe('before a result is published', () => {
  it.each(['open', 'closed'] as const)('nobody reads it: %s', async (state) => {
    await buildVote(t.deps.db, { state })
    const response = await t.send('GET', RESULT)
    expect([response.status, await bodyOf(response)]).toMatchObject([
      404,
      { kind: 'not-published', state, closesAt: '2026-05-20T18:00:00.000Z' },
    ])
  })

  it('a count that is made shows in nothing: not the result, the ballots, the transcript, the projects', async () => {
    await buildResult(t.deps.db, { state: 'counted' })
    for (const path of [RESULT, '/api/rounds/2026/ballots/maaloev.pb', `${RESULT}/maaloev/transcript.json`]) {
      for (const as of [undefined, one, await t.signIn('admin')]) {
        const response = await t.send('GET', path, { as })
        expect([path, response.status, (await bodyOf(response)).kind]).toEqual([path, 404, 'not-published'])
      }
    }
    expect((await t.send('GET', PASS_ONS, { as: one })).status).toBe(404)
    const { items } = await t.read('/api/rounds/2026/projects')
    expect(new Set(items.map(({ outcome, awardedDkk }: { outcome: string; awardedDkk: null }) => `${outcome} ${awardedDkk}`))).toEqual(
      new Set(['unknown null']),
    )
  })

  it('the same vote is not counted before it is closed, nor published before it is counted', async () => {
    await buildVote(t.deps.db, { state: 'ended' })
    const work = { sources: sourcesOf({}), municipality: 'Ballerup' }
    const count = t.deps.db.transaction().execute((trx) => countRound(trx, 2026, new Date(), work))
    await expect(count).rejects.toMatchObject({ kind: 'wrong-state' })
    const publish = t.deps.db.transaction().execute((trx) => publishRound(trx, 2026, { actorName: 'Test', at: new Date() }))
    await expect(publish).rejects.toMatchObject({ kind: 'wrong-state' })
  })

  it('a meeting that is not finished stops the count of all', async () => {
    await buildVote(t.deps.db, { state: 'closed', districts: [maaloev({ settings: { decidedBy: 'knock-out' } })] })
    const work = { sources: sourcesOf({}), municipality: 'Ballerup' }
    const count = t.deps.db.transaction().execute((trx) => countRound(trx, 2026, new Date(), work))
    await expect(count).rejects.toMatchObject({
      kind: 'not-ready',
      details: { extra: { open: [{ districtId: 'maaloev', kind: 'no-knock-out' }] } },
    })
    expect(await t.deps.db.selectFrom('district_result').selectAll().execute()).toEqual([])
  })
})

describe('a published result', () => {
  it('says per district what was shared, who voted how, who won and why, and what is left', async () => {
    await buildResult(t.deps.db, {
      districts: [maaloev()],
      handedIn: {
        maaloev: {
          box: ballotsOf([30, '2026-a'], [20, '2026-b'], [15, '2026-c'], [3]),
          meeting: { paper: { ballots: ballotsOf([5, '2026-b', '2026-c']), invalid: [{ reason: 'unclear-mark', count: 2 }] } },
        },
      },
    })
    const result = await t.read<RoundResult>(RESULT)
    expect(result).toMatchObject({ source: 'count', totalDkk: 1_000_000, publishedAt: '2026-05-22T08:00:00.000Z', decisions: [] })
    const district = districtIn(result, 'maaloev')
    expect(district).toMatchObject({
      shareDkk: 186_185,
      rule: 'greedy_cost',
      ballots: 73,
      blankBallots: 3,
      invalid: [{ reason: 'unclear-mark', count: 2 }],
      turnout: [
        { channel: 'home', ballots: 34 },
        { channel: 'code', ballots: 34 },
        { channel: 'paper', ballots: 7 },
      ],
      receipts: 68,
      awardedDkk: 160_000,
      leftDkk: 26_185,
      isWithheld: false,
      passedOn: [],
    })
    expect(awardsIn(district)).toEqual([
      ['2026-a', 120_000, 'count'],
      ['2026-c', 40_000, 'count'],
    ])
    expect(district.projects.map(({ votes }) => votes)).toEqual([30, 25, 20])
    expect(district.transcript?.projects.find(({ projectId }) => projectId === '2026-b')).toMatchObject({
      reasons: [{ kind: 'did-not-fit', missing: 23_815 }],
      enough: { cost: 66_185, moreVotes: 5 },
    })
    expect(district.other).toMatchObject({ rule: 'mes_cost+add1u', withNothing: expect.any(Number) })
    expect(district.fundedPerBallot).toEqual([20, 50])
  })

  it('gives the projects their money, their history and the losers nothing', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: { maaloev: { box: ballotsOf([30, '2026-a'], [20, '2026-b']) } } })
    expect(await t.read('/api/projects/2026-a')).toMatchObject({ outcome: 'won', awardedDkk: 120_000, history: [{ kind: 'awarded' }] })
    expect(await t.read('/api/projects/2026-b')).toMatchObject({ outcome: 'lost', awardedDkk: 0, history: [{ kind: 'not-awarded' }] })
    const { rows } = await sql<{
      action: string
      detail: unknown
    }>`select action, detail from election_log where round_year = 2026`.execute(t.deps.db)
    const { ballotFile } = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(rows).toEqual([{ action: 'publish-ballot-files', detail: { files: { maaloev: ballotFile?.sha256 } } }])
  })

  it('passes what is left to who said beforehand that so little helps, where that was set', async () => {
    const district = maaloev({ settings: { remainderOffer: true } })
    const box = ballotsOf([30, '2026-a'], [20, '2026-b'], [0, '2026-c'])
    await buildResult(t.deps.db, { districts: [district], handedIn: { maaloev: { box } } })
    const found = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(awardsIn(found)).toEqual([
      ['2026-a', 120_000, 'count'],
      ['2026-b', 66_185, 'remainder'],
    ])
    expect(found.leftDkk).toBe(0)
    expect(await t.read('/api/projects/2026-b')).toMatchObject({ awardedDkk: 66_185, awardNote: 'resten af bydelens andel' })
  })

  it('of fewer than 20 ballots tells totals, not who chose what together', async () => {
    const handedIn = { maaloev: { box: ballotsOf([10, '2026-a'], [9, '2026-b', '2026-c']) } }
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn })
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(district).toMatchObject({
      isWithheld: true,
      ballotFile: null,
      fundedPerBallot: null,
      other: { withNothing: null, preference: null },
    })
    expect(district.projects.map(({ votes }) => votes)).toEqual([10, 9, 9])
    const response = await t.send('GET', '/api/rounds/2026/ballots/maaloev.pb')
    expect([response.status, (await bodyOf(response)).kind]).toEqual([404, 'ballots-withheld'])
  })

  it('of few ballots by equal shares keeps the rounds to itself', async () => {
    const settings = { rule: 'mes_cost+add1u', tie: 'min-cost,max-votes,lot' } as const
    const handedIn = { maaloev: { box: ballotsOf([10, '2026-a'], [8, '2026-a', '2026-b']) } }
    await buildResult(t.deps.db, { districts: [maaloev({ settings })], handedIn })
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect([district.transcript, district.isWithheld, district.other?.rule]).toEqual([null, true, 'greedy_cost'])
    expect(district.totalsReasons).toEqual([
      { projectId: '2026-b', kind: 'not-shown', by: null },
      { projectId: '2026-c', kind: 'too-few-votes', by: null },
    ])
  })

  it('with no ballots at all gives nobody anything', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: {} })
    expect(districtIn(await t.read<RoundResult>(RESULT), 'maaloev')).toMatchObject({ ballots: 0, awardedDkk: 0, leftDkk: 186_185 })
  })

  it('says which ties were met and that the lot decided', async () => {
    const projects = ['2026-a', '2026-b'].map((projectId) => ({ projectId, costDkk: 100_000 }))
    const handedIn = { maaloev: { box: ballotsOf([15, '2026-a'], [15, '2026-b']) } }
    const setup = await buildResult(t.deps.db, { districts: [maaloev({ projects })], handedIn })
    const first = setup.districts[0]?.lines.find(({ lotPlace }) => lotPlace === 1)?.projectId
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(district.tiesMet).toMatchObject([{ criterion: 'lot', step: 1 }])
    expect(awardsIn(district)).toEqual([[first, 100_000, 'count']])
  })

  it('is kept by a cache until it changes', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()] })
    for (const path of [RESULT, '/api/rounds/2026/ballots/maaloev.pb', `${RESULT}/maaloev/transcript.json`]) {
      const first = await t.send('GET', path)
      expect([path, first.status, first.headers.get('cache-control')]).toEqual([path, 200, expect.stringContaining('public')])
      const again = await t.send('GET', path, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } })
      expect([path, again.status]).toEqual([path, 304])
    }
  })
})

describe('the published files', () => {
  it('let anybody count the same: ballots, rule, lot and pairs are in them, people are not', async () => {
    await buildResult(t.deps.db, {
      districts: VOTE_DISTRICTS.map((district) => ({
        ...district,
        exclusivePairs: [[`2026-${district.districtId}-baenke`, `2026-${district.districtId}-shelter`]],
      })),
    })
    const result = await t.read<RoundResult>(RESULT)
    for (const district of result.districts) {
      const response = await t.send('GET', district.ballotFile?.url ?? '')
      expect(response.headers.get('content-disposition')).toContain(encodeURIComponent(district.ballotFile?.fileName ?? '-'))
      const text = await response.text()
      const reading = readPb(text)
      if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
      const { meta, election, warnings } = reading.file
      expect(warnings).toEqual([])
      expect(meta).toMatchObject({ unit: 'Ballerup', instance: '2026', budget: String(district.shareDkk), rule: 'greedy', currency: 'DKK' })
      expect(meta.comment).toContain('rule=greedy_cost tie=min-cost,lot min_score=1 step=1 remainder_offer=0')
      expect(meta.comment).toContain(result.setupSha256)
      const again = countElection(election, 'greedy_cost', { tie: ['min-cost', 'lot'], withTranscript: true })
      expect(again.awards.map(({ projectId, amount }) => [projectId, amount])).toEqual(
        awardsIn(district)
          .map(([id, amount]) => [id, amount])
          .sort(),
      )
      const file = await t.read<TranscriptFile>(`${RESULT}/${district.districtId}/transcript.json`)
      expect(file).toMatchObject({ rule: 'greedy_cost', tie: 'min-cost,lot', later: [], setupSha256: result.setupSha256 })
      expect(file.transcript?.stages).toEqual(JSON.parse(JSON.stringify(again.transcript?.stages)))
      expect(text.split('VOTES\n')[1]?.split('\n')[0]).toBe('voter_id;vote')
    }
  })

  it('are the same bytes for everybody, and in another order than the box', async () => {
    const box = ballotsOf([40, '2026-a'], [40, '2026-b'])
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: { maaloev: { box } } })
    const texts = await Promise.all([1, 2, 3].map(async () => (await t.send('GET', '/api/rounds/2026/ballots/maaloev.pb')).text()))
    expect(new Set(texts).size).toBe(1)
    const votes =
      (texts[0] ?? '')
        .split('VOTES\n')[1]
        ?.trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(';')[1]) ?? []
    expect(votes).toHaveLength(80)
    expect(votes).not.toEqual(votes.toSorted())
  })

  it('are refused for a name that is none', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()] })
    expect((await t.send('GET', '/api/rounds/2026/ballots/maaloev.txt')).status).toBe(422)
    const unknown = await t.send('GET', '/api/rounds/2026/ballots/nowhere.pb')
    expect([unknown.status, (await bodyOf(unknown)).kind]).toEqual([404, 'not-found'])
    expect((await t.send('GET', `${RESULT}/nowhere/transcript.json`)).status).toBe(404)
  })
})

describe('what a meeting decides', () => {
  it('by knock-out is recorded round by round; the winner takes all', async () => {
    const projects = [
      { projectId: '2026-a', costDkk: 186_185 },
      { projectId: '2026-b', costDkk: 186_185 },
      { projectId: '2026-c', costDkk: 150_000 },
    ]
    const knockOut = [
      {
        votes: [
          { projectId: '2026-a', votes: 30 },
          { projectId: '2026-b', votes: 26 },
          { projectId: '2026-c', votes: 15 },
        ],
        goOn: 2,
      },
      {
        votes: [
          { projectId: '2026-a', votes: 40 },
          { projectId: '2026-b', votes: 31 },
        ],
        goOn: 1,
      },
    ]
    const rounds = [
      { method: 'show-of-hands', blankVotes: 4, note: 'Talt to gange; begge tællere fik det samme.' },
      { method: 'paper', blankVotes: 0, note: null },
    ] as const
    const handedIn = { maaloev: { meeting: { knockOut, rounds } } }
    await buildResult(t.deps.db, { districts: [maaloev({ projects, settings: { decidedBy: 'knock-out' } })], handedIn })
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(awardsIn(district)).toEqual([['2026-a', 186_185, 'knock-out']])
    expect(district).toMatchObject({
      decidedBy: 'knock-out',
      rule: null,
      ballots: 71,
      leftDkk: 0,
      ballotFile: null,
      transcript: null,
      other: null,
    })
    expect(district.knockOut?.map(({ out }) => out)).toEqual([['2026-c'], ['2026-b']])
    expect(district.knockOut).toMatchObject(rounds)
    expect(await t.read<TranscriptFile>(`${RESULT}/maaloev/transcript.json`)).toMatchObject({ knockOut: rounds, minutes: null })
  })

  it('by agreement is recorded as that', async () => {
    const agreed = [
      { projectId: '2026-a', amount: 100_000 },
      { projectId: '2026-c', amount: 86_185 },
    ]
    const minutes = 'Alle var enige om at dele: klatring får det meste, bænkene resten.'
    const handedIn = { maaloev: { meeting: { agreed, minutes } } }
    await buildResult(t.deps.db, { districts: [maaloev({ settings: { decidedBy: 'agreed-sharing' } })], handedIn })
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(awardsIn(district)).toEqual([
      ['2026-a', 100_000, 'agreed'],
      ['2026-c', 86_185, 'agreed'],
    ])
    expect(district).toMatchObject({ ballots: null, rule: null, leftDkk: 0, minutes })
    expect(await t.read<TranscriptFile>(`${RESULT}/maaloev/transcript.json`)).toMatchObject({ minutes, knockOut: null })
  })
})

describe('a meeting that could not agree', () => {
  it('gives nobody anything, and the result says why', async () => {
    const undecidedReason = 'Kun fire mødte op, og de ville vente.'
    const handedIn = { maaloev: { meeting: { undecidedReason } } }
    await buildResult(t.deps.db, { districts: [maaloev({ settings: { decidedBy: 'agreed-sharing' } })], handedIn })
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(district).toMatchObject({ undecidedReason, awardedDkk: 0, leftDkk: 186_185 })
  })
})

describe('a winner that cannot be built', () => {
  const propose = (projectId: string, as = one, districtId = 'maaloev') =>
    t.send('POST', PASS_ONS, { as, body: { districtId, projectId, reason: REASON } })
  const settle = (passOnId: string, what: 'confirm' | 'withdraw', as = two) => t.send('POST', `${PASS_ONS}/${passOnId}/${what}`, { as })

  it('passes its money on by the rule, when two have said so; the first result stays', async () => {
    const box = ballotsOf([30, '2026-a'], [20, '2026-b'], [15, '2026-c'])
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: { maaloev: { box } } })
    const before = await t.read<TranscriptFile>(`${RESULT}/maaloev/transcript.json`)
    const proposed = await propose('2026-a')
    expect(proposed.status, await proposed.clone().text()).toBe(201)
    const passOn = await bodyOf<PassOn>(proposed)
    expect(passOn).toMatchObject({ state: 'proposed', isMine: true, how: 'recounted', leftDkk: 56_185 })
    expect(passOn.awardsAfter).toEqual([
      { projectId: '2026-b', amountDkk: 90_000, source: 'passed-on' },
      { projectId: '2026-c', amountDkk: 40_000, source: 'count' },
    ])
    expect((await bodyOf(await settle(passOn.passOnId, 'confirm', one))).kind).toBe('needs-second-person')
    expect(awardsIn(districtIn(await t.read<RoundResult>(RESULT), 'maaloev'))).toHaveLength(2)
    const confirmed = await settle(passOn.passOnId, 'confirm')
    expect(confirmed.status, await confirmed.clone().text()).toBe(200)
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(awardsIn(district)).toEqual([
      ['2026-b', 90_000, 'passed-on'],
      ['2026-c', 40_000, 'count'],
    ])
    expect(district).toMatchObject({
      awardedDkk: 130_000,
      leftDkk: 56_185,
      passedOn: [{ projectId: '2026-a', reason: REASON, how: 'recounted', scope: 'all', transcript: { pool: 186_185 } }],
    })
    expect(district.passedOn[0]?.awardsBefore.map(({ projectId }) => projectId)).toEqual(['2026-a', '2026-c'])
    expect(await t.read('/api/projects/2026-a')).toMatchObject({
      outcome: 'lost',
      awardedDkk: 0,
      history: [{}, { kind: 'award-passed-on', reason: REASON }],
    })
    expect(await t.read('/api/projects/2026-b')).toMatchObject({ outcome: 'won', awardedDkk: 90_000 })
    const after = await t.read<TranscriptFile>(`${RESULT}/maaloev/transcript.json`)
    expect({ ...after, later: [] }).toEqual(before)
    expect(after.later).toMatchObject([{ resultNumber: 2, withoutProjectIds: ['2026-a'] }])
    expect((await bodyOf(await settle(passOn.passOnId, 'confirm'))).kind).toBe('pass-on-settled')
    expect((await bodyOf(await propose('2026-a'))).kind).toBe('not-a-winner')
  })

  it('takes nothing from another winner, even where the rule alone would', async () => {
    // Without A there is room for B, which then leaves too little for C; C keeps what it was promised.
    const projects = [
      { projectId: '2026-a', costDkk: 120_000 },
      { projectId: '2026-b', costDkk: 150_000 },
      { projectId: '2026-c', costDkk: 60_000 },
      { projectId: '2026-d', costDkk: 100_000 },
    ]
    const box = ballotsOf([30, '2026-a'], [20, '2026-b'], [15, '2026-c'], [5, '2026-d'])
    await buildResult(t.deps.db, { districts: [maaloev({ projects })], handedIn: { maaloev: { box } } })
    const passOn = await bodyOf<PassOn>(await propose('2026-a'))
    expect(passOn).toMatchObject({ how: 'next-in-line', leftDkk: 26_185 })
    expect(passOn.awardsAfter).toEqual([
      { projectId: '2026-c', amountDkk: 60_000, source: 'count' },
      { projectId: '2026-d', amountDkk: 100_000, source: 'passed-on' },
    ])
    expect((await settle(passOn.passOnId, 'confirm')).status).toBe(200)
    const [passed] = districtIn(await t.read<RoundResult>(RESULT), 'maaloev').passedOn
    // Told is the count that decided, among the losers with what was left, not the recount that was put aside.
    expect(passed).toMatchObject({ scope: 'losers', transcript: { pool: 126_185 }, tiesMet: [] })
    expect(passed?.transcript?.projects).toMatchObject([
      { projectId: '2026-b', award: null, reasons: [{ kind: 'over-pool', cost: 150_000, pool: 126_185 }] },
      { projectId: '2026-d', award: 100_000, reasons: [{ kind: 'fits' }] },
    ])
    const { later } = await t.read<TranscriptFile>(`${RESULT}/maaloev/transcript.json`)
    expect(later).toMatchObject([{ how: 'next-in-line', scope: 'losers', transcript: passed?.transcript }])
  })

  it('of a result kept before it was told which count decided shows no steps that may have been put aside', async () => {
    const projects = [
      { projectId: '2026-a', costDkk: 120_000 },
      { projectId: '2026-b', costDkk: 150_000 },
      { projectId: '2026-c', costDkk: 60_000 },
    ]
    const box = ballotsOf([30, '2026-a'], [20, '2026-b'], [15, '2026-c'])
    await buildResult(t.deps.db, { districts: [maaloev({ projects })], handedIn: { maaloev: { box } } })
    const { passOnId } = await bodyOf<PassOn>(await propose('2026-a'))
    expect((await settle(passOnId, 'confirm')).status).toBe(200)
    await sql`alter table district_result disable trigger user`.execute(t.deps.db)
    await sql`update district_result set outcome = outcome #- '{scope}' #- '{minutes}'`.execute(t.deps.db)
    await sql`alter table district_result enable trigger user`.execute(t.deps.db)
    const district = districtIn(await t.read<RoundResult>(RESULT), 'maaloev')
    expect(district).toMatchObject({ minutes: null, passedOn: [{ how: 'nobody', scope: null, transcript: null }] })
  })

  it('of a knock-out passes to who came next', async () => {
    const projects = ['2026-a', '2026-b'].map((projectId) => ({ projectId, costDkk: 180_000 }))
    const knockOut = [
      {
        votes: [
          { projectId: '2026-a', votes: 40 },
          { projectId: '2026-b', votes: 31 },
        ],
        goOn: 1,
      },
    ]
    const district = maaloev({ projects, settings: { decidedBy: 'knock-out' } })
    await buildResult(t.deps.db, { districts: [district], handedIn: { maaloev: { meeting: { knockOut } } } })
    const passOn = await bodyOf<PassOn>(await propose('2026-a'))
    expect(passOn.awardsAfter).toEqual([{ projectId: '2026-b', amountDkk: 180_000, source: 'passed-on' }])
    expect((await settle(passOn.passOnId, 'confirm')).status).toBe(200)
    const second = await bodyOf<PassOn>(await propose('2026-b'))
    expect(second).toMatchObject({ how: 'nobody', awardsAfter: [], leftDkk: 186_185 })
  })

  it('is proposed once at a time, may be taken back, and is confirmed once of many', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: { maaloev: { box: ballotsOf([30, '2026-a'], [20, '2026-b']) } } })
    const { passOnId } = await bodyOf<PassOn>(await propose('2026-a'))
    expect((await bodyOf(await propose('2026-a', two))).kind).toBe('pass-on-open')
    expect(await bodyOf(await settle(passOnId, 'withdraw', one))).toMatchObject({ state: 'withdrawn' })
    expect((await bodyOf(await settle(passOnId, 'confirm'))).kind).toBe('pass-on-settled')
    const again = await bodyOf<PassOn>(await propose('2026-a'))
    const answers = await Promise.all([1, 2, 3, 4].map(() => settle(again.passOnId, 'confirm')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const { items } = await t.read<{ items: PassOn[] }>(PASS_ONS, one)
    expect(items.map(({ state }) => state)).toEqual(expect.arrayContaining(['confirmed', 'withdrawn']))
    const { rows } = await sql<{ action: string }>`select action from election_log order by entry_number`.execute(t.deps.db)
    expect(rows.map(({ action }) => action)).toEqual([
      'publish-ballot-files',
      'propose-pass-on',
      'withdraw-pass-on',
      'propose-pass-on',
      'confirm-pass-on',
    ])
  })

  it('is refused for who won nothing, without a reason, or by a citizen', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()], handedIn: { maaloev: { box: ballotsOf([30, '2026-a'], [20, '2026-b']) } } })
    expect((await bodyOf(await propose('2026-b'))).kind).toBe('not-a-winner')
    expect((await bodyOf(await propose('2026-a', one, 'skovlunde'))).kind).toBe('no-election')
    expect((await t.send('POST', PASS_ONS, { as: one, body: { districtId: 'maaloev', projectId: '2026-a', reason: 'kort' } })).status).toBe(
      422,
    )
    expect((await propose('2026-a', await t.signIn('citizen'))).status).toBe(403)
  })
})

describe('decision records', () => {
  const RECORD = { body: 'Kommunalbestyrelsen', decidedOn: '2026-06-22', summary: 'Bevilligede pengene som bydelene ønskede.' }
  const add = (more: object = {}, year = 2026) =>
    t.send('POST', DECISIONS.replace('2026', String(year)), { as: one, body: { ...RECORD, ...more } })

  it('are public, newest first, and corrected by a new one that names the old', async () => {
    await buildResult(t.deps.db, { districts: [maaloev()] })
    const first = await bodyOf(await add({ documentUrl: 'https://dagsordener.example/123' }))
    const corrected = await bodyOf(
      await add({ correctsId: first.decisionRecordId, summary: 'Bevilligede 160.000 kr. til Måløv.', districtId: 'maaloev' }),
    )
    expect(corrected).toMatchObject({ correctsId: first.decisionRecordId, authorName: 'Test organiser', districtId: 'maaloev' })
    const { items } = await t.read('/api/rounds/2026/decisions')
    expect(items).toMatchObject([
      { decisionRecordId: corrected.decisionRecordId, correctedById: null },
      {
        decisionRecordId: first.decisionRecordId,
        correctedById: corrected.decisionRecordId,
        documentUrl: 'https://dagsordener.example/123',
      },
    ])
    expect((await t.read<RoundResult>(RESULT)).decisions).toEqual(items)
    const late = await add({ correctsId: first.decisionRecordId })
    expect([late.status, await bodyOf(late)]).toMatchObject([409, { kind: 'record-corrected', correctedById: corrected.decisionRecordId }])
    await expect(sql`update decision_record set summary = 'Noget helt andet'`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
  })

  it('belong to earlier rounds too, which have no vote here', async () => {
    expect((await add({}, 2018)).status).toBe(201)
    expect((await t.read<RoundResult>('/api/rounds/2018/result')).decisions).toHaveLength(1)
    await sql`delete from decision_record`.execute(t.deps.db)
  })

  it.each([
    ['a link that is not https', { documentUrl: 'http://dagsordener.example/1' }, 422],
    ['a script as link', { documentUrl: 'javascript:alert(1)//https://a.dk' }, 422],
    ['no text', { summary: '  ' }, 422],
    ['a district that is none', { districtId: 'nowhere' }, 404],
    ['a record that is none', { correctsId: '00000000-0000-4000-8000-000000000000' }, 404],
  ])('are refused for %s', async (_what, more, status) => {
    await buildResult(t.deps.db, { districts: [maaloev()] })
    expect((await add(more)).status).toBe(status)
  })
})
