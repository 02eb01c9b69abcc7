import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadAll } from '../../data/load.ts'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { type Database, type DatabaseHandle, openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { closeBoxes, readBallotsForCount } from '../../server/voting/box.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import type { Cast } from '../../server/voting/contract.ts'
import { newCast } from '../builders/castVote.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { buildVoters } from '../builders/voteSessions.ts'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'
import { type ChildServer, endChild, startChild } from '../setup/childServer.ts'
import { type ClonedDatabase, cloneDatabase } from '../setup/database.ts'
import { type OwnPostgres, startOwnPostgres } from '../setup/ownPostgres.ts'

const VOTING_KEY = 'a key for tests and for nothing else'

interface Counts {
  marks: number
  codes: number
  ballots: number
  receipts: number
}

async function countsOf(db: Database): Promise<Counts | undefined> {
  const { rows } = await sql<Counts>`
    select (select count(*) from voter_mark) as marks, (select count(*) from voting_code where is_used) as codes,
      (select count(*) from ballot) as ballots, (select count(*) from receipt) as receipts`.execute(db)
  return rows[0]
}

const codesOf = (db: Database, config: { votingKey: string | null; localDir: string }, districtId: string, count: number, year: number) =>
  db.transaction().execute(async (trx) => {
    const order = { year, districtId, meetingId: null, roundNumber: 0, count, actorName: 'Test', at: new Date() }
    return (await createCodeBatch(trx, { config } as Parameters<typeof createCodeBatch>[1], order)).codes
  })

interface Sender {
  body: Cast
  headers: Record<string, string>
  /** Receipts it was answered, of every 201. */
  receipts: string[]
  refusals: string[]
}

describe('an evening on which everything fails', () => {
  const VOTERS = 240
  const isServer = () => inject('template').kind === 'server'
  let postgres: OwnPostgres | null = null
  let clone: ClonedDatabase | null = null
  let environments: Record<string, string>[]
  const running: (ChildServer | null)[] = []
  let senders: Sender[]

  const open = (): Promise<DatabaseHandle> => openDatabase(readConfig({ ...environments[0], NODE_ENV: 'test' }))

  beforeAll(async () => {
    postgres = isServer() ? await startOwnPostgres() : null
    clone = await cloneDatabase()
    const shared: Record<string, string> = { ...clone.environment, NODE_ENV: 'development', DEMO: 'false', VOTING_KEY }
    environments = postgres
      ? [1, 2].map((number) => ({ ...shared, DATABASE_URL: (postgres as OwnPostgres).url, LOCAL_DIR: `${shared.LOCAL_DIR}/${number}` }))
      : [shared]
    const { db, close, isEmbedded } = await open()
    await migrate(db)
    if (!isEmbedded) await loadAll({ db, isEmbedded, withDemo: false, clock: systemClock, say: () => {} })
    const year = new Date().getUTCFullYear()
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const setup = await buildVote(db, { year, opensAt: at(-1), closesAt: at(1) })
    const districtOf = (index: number) => VOTE_DISTRICTS[index % 4]?.districtId as string
    const voters = await buildVoters(
      db,
      VOTING_KEY,
      Array.from({ length: VOTERS / 2 }, (_, index) => districtOf(index)),
    )
    const config = { votingKey: VOTING_KEY, localDir: '' }
    const codes = new Map<string, string[]>()
    for (const { districtId } of VOTE_DISTRICTS) codes.set(districtId, await codesOf(db, config, districtId, VOTERS / 8, year))
    senders = voters.flatMap(({ headers, districtId }, index) => [
      { headers, body: newCast(setup, districtId), receipts: [], refusals: [] },
      { headers: {}, body: newCast(setup, districtOf(index), { code: codes.get(districtOf(index))?.pop() }), receipts: [], refusals: [] },
    ])
    await close()
  }, 180_000)
  afterAll(async () => {
    for (const child of running) if (child) await endChild(child)
    postgres?.remove()
    await clone?.remove()
  }, 60_000)

  const urls: (string | null)[] = []
  async function start(index: number): Promise<void> {
    const child = startChild(environments[index] as Record<string, string>)
    running[index] = child
    urls[index] = (await child.ready).url
  }
  async function kill(index: number): Promise<void> {
    urls[index] = null
    running[index]?.kill('SIGKILL')
    await running[index]?.ended
  }

  /** Sends the same ballot until it is answered 201 so often, at whichever process is there. */
  async function sendUntilTaken(sender: Sender, times: number, turn: number): Promise<void> {
    const year = new Date().getUTCFullYear()
    for (let tried = 0; sender.receipts.length < times; tried += 1) {
      if (tried > 600) throw new Error(`not taken: ${sender.refusals.slice(-3).join(', ')}`)
      const url = urls[(turn + tried) % environments.length]
      const answer =
        url &&
        (await fetch(`${url}/api/rounds/${year}/ballots`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Origin: new URL(url).origin, ...sender.headers },
          body: JSON.stringify(sender.body),
          signal: AbortSignal.timeout(20_000),
        }).then(
          async (response) => ({ status: response.status, body: JSON.parse(await response.text()) }),
          (error: Error) => ({ status: 0, body: { kind: error.name } }),
        ))
      if (answer && answer.status === 201) sender.receipts.push(answer.body.receipt)
      else {
        if (answer) sender.refusals.push(`${answer.status} ${answer.body.kind}`)
        await pause(40)
      }
    }
  }

  it('a process killed with kill -9 and a database that crashes: every acknowledged ballot is there, none twice', {
    timeout: 240_000,
  }, async () => {
    await Promise.all(environments.map((_, index) => start(index)))
    const taken = () => senders.filter(({ receipts }) => receipts.length > 0).length
    let next = 0
    // Each third of the voters meets one failure in its middle.
    let allowed = 0
    const workers = Array.from({ length: 12 }, async () => {
      while (next < senders.length) {
        if (next >= allowed) await pause(5)
        else {
          const turn = next++
          await sendUntilTaken(senders[turn] as Sender, 2, turn)
        }
      }
    })
    const failures = [
      async () => {
        await kill(0)
        await start(0)
      },
      async () => {
        postgres?.stop('immediate')
        await pause(700)
        postgres?.start()
      },
      async () => {
        await kill(environments.length - 1)
        await start(environments.length - 1)
      },
    ]
    for (const [third, fail] of failures.entries()) {
      allowed = ((third + 1) * VOTERS) / 3
      while (taken() < ((third + 0.3) * VOTERS) / 3) await pause(2)
      await fail()
    }
    await Promise.all(workers)

    // Sent again and again, each got one receipt; what was refused meanwhile was away, nothing else.
    for (const { receipts } of senders) expect(new Set(receipts).size).toBe(1)
    const refusals = senders.flatMap((sender) => sender.refusals)
    expect(refusals.filter((refusal) => !/^0 |^503 database-away/.test(refusal))).toEqual([])
    expect(refusals.length, 'requests that met a failure').toBeGreaterThan(0)
    for (const child of running) {
      child?.kill('SIGINT')
      await child?.ended
    }
    const { db, close } = await open()
    try {
      expect(await countsOf(db)).toEqual({ marks: VOTERS / 2, codes: VOTERS / 2, ballots: VOTERS, receipts: VOTERS })
      const rows = await sql<{ hash: string }>`select encode(receipt_hash, 'hex') as hash from receipt`.execute(db)
      expect(rows.rows.map(({ hash }) => hash).sort()).toEqual(senders.map(({ receipts }) => receipts[0]).sort())
    } finally {
      await close()
    }
    process.stdout.write(`bad evening: ${VOTERS} ballots, ${refusals.length} requests met a failure, none lost, none twice\n`)
  })
})

describe('closing in the middle of requests', () => {
  let t: TestApp
  let setup: FrozenSetup
  beforeAll(async () => {
    t = await createTestApp()
    setup = await buildVote(t.deps.db)
  })
  afterAll(() => t.close())

  it('every ballot is in before the box closes, or refused by name; two closings at once are one', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => t.signIn('citizen', 'maaloev')))
    const codes = await codesOf(t.deps.db, t.deps.config, 'maaloev', 40, 2026)
    const close = () => t.deps.db.transaction().execute((trx) => closeBoxes(trx, 2026, { actorName: 'Test organiser', at: t.clock.now() }))
    const send = async (index: number) => {
      const [as, code] = [people[index / 2], codes[(index - 1) / 2]]
      const response = await t.send('POST', '/api/rounds/2026/ballots', { as, body: newCast(setup, 'maaloev', code ? { code } : {}) })
      return { status: response.status, ...(await bodyOf(response)) }
    }
    const first = Array.from({ length: 30 }, (_, index) => send(index))
    await Promise.race(first)
    const closing = [close(), close()]
    const second = Array.from({ length: 50 }, (_, index) => send(30 + index))
    await Promise.all(closing)
    const answers = await Promise.all([...first, ...second])
    const taken = answers.filter(({ status }) => status === 201)
    expect(answers.filter(({ status, kind }) => status !== 201 && kind !== 'voting-closed')).toEqual([])
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.length).toBeLessThan(80)
    const counts = (await countsOf(t.deps.db)) as Counts
    expect([counts.ballots, counts.receipts, counts.marks + counts.codes]).toEqual([taken.length, taken.length, taken.length])
    const ballots = await t.deps.db.transaction().execute((trx) => readBallotsForCount(trx, 2026, 'maaloev'))
    expect(ballots.length).toBe(taken.length)
    const { districts } = await t.read('/api/rounds/2026/receipts')
    expect(districts.find(({ districtId }: { districtId: string }) => districtId === 'maaloev').receipts).toEqual(
      taken.map(({ receipt }) => receipt).sort(),
    )
  })
})
