import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { PROBLEM_KINDS } from '../../server/opendata/openApi.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { newCast } from '../builders/castVote.ts'
import { buildVote } from '../builders/vote.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { nastyValue } from '../setup/fuzzRequests.ts'

const SYD = 'ballerup-syd'
const kinds = new Set([...Object.keys(PROBLEM_KINDS.common), ...Object.keys(PROBLEM_KINDS.byTag.voting ?? {})])

let t: TestApp
let setup: FrozenSetup
let people: SignedIn[]
let codes: string[]
beforeAll(async () => {
  t = await createTestApp()
  people = await Promise.all(Array.from({ length: 4 }, () => t.signIn('citizen', SYD)))
})
afterAll(() => t.close())

async function openVote(): Promise<void> {
  await t.deps.db.deleteFrom('election').execute()
  await t.deps.db.deleteFrom('rate_limit').execute()
  setup = await buildVote(t.deps.db)
  const order = { year: 2026, districtId: SYD, meetingId: null, roundNumber: 0, count: 4, actorName: 'Test', at: t.clock.now() }
  codes = (await t.deps.db.transaction().execute((trx) => createCodeBatch(trx, t.deps, order))).codes
}
beforeEach(openVote)

const send = (body: unknown, as?: SignedIn) => t.send('POST', '/api/rounds/2026/ballots', { as, body })

type Sender = { person: number } | { code: number }

/** The same ballot of one of the people or under one of the codes, several times at once. */
function sendAtOnce(who: Sender, more: Parameters<typeof newCast>[2], times: number) {
  const ballot = newCast(setup, SYD, { ...more, ...('code' in who ? { code: codes[who.code] } : {}) })
  const as = 'person' in who ? people[who.person] : undefined
  const sendOne = async () => {
    const response = await send(ballot, as)
    return { status: response.status, ...(await bodyOf(response)) }
  }
  return Promise.all(Array.from({ length: times }, sendOne))
}

async function counts() {
  const { rows } = await sql<{ marks: number; codes: number; ballots: number; receipts: number }>`
    select (select count(*) from voter_mark) as marks, (select count(*) from voting_code where is_used) as codes,
      (select count(*) from ballot) as ballots, (select count(*) from receipt) as receipts`.execute(t.deps.db)
  return rows[0] as (typeof rows)[number]
}

it('whatever is sent by whom in which order and how often at once: one ballot for each that may, and its receipt', {
  timeout: 120_000,
}, async () => {
  const lines = () => setup.districts.find(({ districtId }) => districtId === SYD)?.lines.map(({ projectId }) => projectId) ?? []
  const step = fc.record({
    who: fc.oneof(fc.record({ person: fc.nat(3) }), fc.record({ code: fc.nat(3) })),
    chosen: fc.subarray([0, 1, 2]),
    key: fc.nat(2),
    times: fc.integer({ min: 1, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      await openVote()
      // Of each sender: the request that went in, and its receipt.
      const taken = new Map<string, { request: string; receipt: string }>()
      for (const { who, chosen, key, times } of steps) {
        const sender = JSON.stringify(who)
        const choices = { projectIds: chosen.map((place) => lines()[place] as string) }
        const answers = await sendAtOnce(who, { choices, retryKey: `${key}`.repeat(24) }, times)
        const request = JSON.stringify([[...choices.projectIds].sort(), key])
        const first = taken.get(sender) ?? { request, receipt: answers[0].receipt }
        taken.set(sender, first)
        const expected =
          first.request === request
            ? { status: 201, receipt: first.receipt }
            : { status: 409, kind: 'code' in who ? 'code-used' : 'already-voted' }
        for (const answer of answers) expect(answer).toMatchObject(expected)
      }
      const persons = [...taken.keys()].filter((sender) => sender.includes('person')).length
      expect(await counts()).toEqual({ marks: persons, codes: taken.size - persons, ballots: taken.size, receipts: taken.size })
      const { rows } = await sql<{ hash: string }>`select encode(receipt_hash, 'hex') as hash from receipt order by 1`.execute(t.deps.db)
      expect(rows.map(({ hash }) => hash)).toEqual([...taken.values()].map(({ receipt }) => receipt).sort())
    }),
    { numRuns: 25 },
  )
})

it('hostile ballots are refused by name, and nothing of them is kept', { timeout: 120_000 }, async () => {
  const spoilt = fc.tuple(
    fc.constantFrom('districtId', 'choices', 'projectIds', 'points', 'code', 'retryKey', 'setupSha256', 'whole'),
    nastyValue(),
    fc.boolean(),
  )
  const statuses = new Set<number>()
  await fc.assert(
    fc.asyncProperty(spoilt, async ([member, value, isSignedIn]) => {
      const right = newCast(setup, SYD)
      const body =
        member === 'whole'
          ? value
          : member === 'projectIds' || member === 'points'
            ? { ...right, choices: { ...right.choices, [member]: value } }
            : { ...right, [member]: value }
      const before = await counts()
      // Whatever passes as a request of this person would be their ballot: somebody new each time.
      const response = await send(JSON.stringify(body) ?? 'undefined', isSignedIn ? await t.signIn('citizen', SYD) : undefined)
      statuses.add(response.status)
      const answer = await bodyOf(response)
      expect(response.status, JSON.stringify(body)).toBeLessThan(500)
      const isTaken = response.status === 201
      if (!isTaken) expect(kinds, JSON.stringify(answer)).toContain(answer.kind)
      expect((await counts()).ballots).toBe(before.ballots + (isTaken ? 1 : 0))
    }),
    { numRuns: 250 },
  )
  expect([...statuses]).toContain(422)
  expect((await send(JSON.stringify(newCast(setup, SYD)), undefined)).status).toBe(401)
})

it('hostile codes are refused by name', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(nastyValue(), async (code) => {
      await t.deps.db.deleteFrom('rate_limit').execute()
      const response = await t.send('POST', '/api/rounds/2026/code', { body: JSON.stringify({ code }) })
      expect([400, 404, 413, 422]).toContain(response.status)
      expect(kinds).toContain((await bodyOf(response)).kind)
    }),
    { numRuns: 100 },
  )
})
