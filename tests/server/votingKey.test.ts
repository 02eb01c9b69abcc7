import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { prepareVoting } from '../../server/voting/prepare.ts'
import { loadRoll } from '../../server/voting/roll.ts'
import { markAtDoor } from '../../server/voting/service.ts'
import { newCast } from '../builders/castVote.ts'
import { buildRound } from '../builders/round.ts'
import { buildVote, type VoteOptions } from '../builders/vote.ts'
import { startAccountsServer } from '../setup/accountsServer.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { CookieBrowser } from '../setup/cookieBrowser.ts'

const NORD = 'ballerup-nord'
const [OLD, NEW] = ['a', 'b'].map((letter) => letter.repeat(40)) as [string, string]

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ VOTING_KEY: OLD })
})
afterAll(() => t.close())
beforeEach(async () => {
  for (const table of ['election', 'voter', 'voting_key'] as const) await t.deps.db.deleteFrom(table).execute()
  await start(OLD)
})

const configWith = (votingKey: string) => ({ ...t.deps.config, votingKey })
const start = (votingKey: string) => prepareVoting(t.deps.db, configWith(votingKey))
const vote = (options: VoteOptions = {}) => buildVote(t.deps.db, options)
const codes = (votingKey = OLD) =>
  t.deps.db.transaction().execute((trx) => {
    const order = { year: 2026, districtId: NORD, meetingId: null, roundNumber: 0, count: 1, actorName: 'Test', at: t.clock.now() }
    return createCodeBatch(trx, { config: configWith(votingKey) }, order)
  })
const ballots = () => t.deps.db.selectFrom('ballot').select('ballot_id').execute()

/** What a second process with the given key answers, on the same database. */
const processWith = (votingKey: string) => {
  const app = createApp({ ...t.deps, config: configWith(votingKey) })
  return async (method: string, path: string, { as, body }: { as?: SignedIn; body?: object } = {}) => {
    const headers = { Origin: t.deps.config.baseUrl, 'Content-Type': 'application/json', ...as?.headers }
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await app.request(`${t.deps.config.baseUrl}/api/rounds/2026/${path}`, request)
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...(await bodyOf(response)) }
  }
}

describe('a process with another key', () => {
  it.each(['frozen', 'open', 'ended'] as const)(
    'does not start while a vote of residents is %s, before anybody has voted',
    async (state) => {
      await vote({ state })
      await expect(start(NEW)).rejects.toThrow(/^VOTING_KEY is another one/)
      await start(OLD)
    },
  )

  it.each([
    [
      'codes of a vote that was thawed',
      async () => {
        await vote({ state: 'frozen' })
        await codes()
        const draft = { state: 'draft', frozen_at: null, frozen_setup: null, frozen_sha256: null, opens_at: null, closes_at: null } as const
        await t.deps.db.updateTable('election').set(draft).execute()
      },
    ],
    [
      'a roll that was loaded before its vote was begun',
      async () => {
        if (!(await t.deps.db.selectFrom('round').where('year', '=', 2031).select('year').executeTakeFirst()))
          await buildRound(t.deps.db, { year: 2031 })
        const columns = { district: 'district', number: 'number' }
        await loadRoll(t.deps.db, t.deps.config, { year: 2031, text: 'district,number\nmaaloev,1', columns, at: t.clock.now() })
      },
    ],
  ])('does not start while %s waits for the first one', async (_what, make) => {
    await make()
    await expect(start(NEW)).rejects.toThrow(/^VOTING_KEY is another one/)
  })

  it('may start before the freezing and after the closing; then nobody is signed in any more', async () => {
    for (const state of ['draft', 'closed'] as const) {
      await t.deps.db.deleteFrom('election').execute()
      await vote({ state })
      const person = await t.signIn()
      await start(NEW)
      expect((await bodyOf(await t.send('GET', '/api/session', { as: person }))).person).toBeNull()
      await start(OLD)
    }
  })
})

describe('a process that was running when the key was changed', () => {
  let setup: FrozenSetup
  beforeEach(async () => {
    await start(NEW)
    setup = await vote()
  })

  it('takes no ballot under the old key, says so and loses nothing: nobody votes twice by two keys', async () => {
    const [behind, ahead] = [processWith(OLD), processWith(NEW)]
    const as = await t.signIn('citizen', NORD)
    const { codes: made } = await codes(NEW)
    const body = newCast(setup, NORD)
    const refused = { status: 503, kind: 'voting-key-differs', retryAfter: '30' }
    const tryBehind = async () => {
      expect(await behind('POST', 'ballots', { as, body })).toMatchObject(refused)
      expect(await behind('POST', 'ballots', { body: newCast(setup, NORD, { code: made[0] }) })).toMatchObject(refused)
      expect(await behind('POST', 'code', { body: { code: made[0] } })).toMatchObject(refused)
      expect(await behind('GET', 'voter', { as })).toMatchObject(refused)
    }
    await tryBehind()
    expect(await ballots()).toEqual([])
    expect(await ahead('POST', 'ballots', { as, body })).toMatchObject({ status: 201, receipt: expect.any(String) })
    expect(await ahead('POST', 'ballots', { body: newCast(setup, NORD, { code: made[0] }) })).toMatchObject({ status: 201 })
    await tryBehind()
    expect(await ahead('POST', 'ballots', { as, body: newCast(setup, NORD) })).toMatchObject({ status: 409, kind: 'already-voted' })
    expect(await ballots()).toHaveLength(2)
    expect(await t.deps.db.selectFrom('rate_limit').where('bucket', 'like', 'voting-code:%').select('bucket').execute()).toEqual([])
  })

  it('neither marks anybody at the door nor makes codes', async () => {
    const visitor = { year: 2026, districtId: NORD, person: { rollNumber: '1' } }
    const mark = (key: string) => t.deps.db.transaction().execute((trx) => markAtDoor(trx, { config: configWith(key) }, visitor))
    await expect(mark(OLD)).rejects.toMatchObject({ kind: 'voting-key-differs' })
    await expect(codes(OLD)).rejects.toMatchObject({ kind: 'voting-key-differs' })
    await mark(NEW)
    await expect(mark(NEW)).rejects.toMatchObject({ kind: 'already-voted' })
  })

  it('asks for the kept fingerprint once per vote, not once per ballot', async () => {
    const ahead = processWith(NEW)
    const people = [await t.signIn('citizen', NORD), await t.signIn('citizen', NORD)]
    expect(await ahead('POST', 'ballots', { as: people[0], body: newCast(setup, NORD) })).toMatchObject({ status: 201 })
    // Whoever asked again would find another one.
    await t.deps.db
      .updateTable('voting_key')
      .set({ fingerprint: Buffer.alloc(32) })
      .execute()
    expect(await ahead('POST', 'ballots', { as: people[1], body: newCast(setup, NORD) })).toMatchObject({ status: 201 })
  })
})

it('signs nobody in under the old key: their session would name somebody else', async () => {
  const server = await startAccountsServer()
  try {
    await prepareVoting(server.deps.db, server.deps.config)
    const signIn = async () => {
      const browser = new CookieBrowser(server.baseUrl)
      const end = await browser.signIn('maaloev', '/auth/sign-in?returnTo=%2Fstem')
      return [end.headers.get('location'), (await browser.session()).person?.displayName ?? null]
    }
    expect(await signIn()).toEqual(['/stem', 'Testborger Måløv'])
    await prepareVoting(server.deps.db, { ...server.deps.config, votingKey: NEW })
    expect(await signIn()).toEqual(['/stem?signInProblem=voting-key-differs', null])
  } finally {
    await server.close()
  }
})
