import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import type { Database, DatabaseHandle } from '../../server/platform/db/connect.ts'
import { makeKeys } from '../../server/voting/audit.ts'
import { closeBoxes } from '../../server/voting/box.ts'
import { castBallots } from '../../server/voting/castQueries.ts'
import { createCodeBatch } from '../../server/voting/codes.ts'
import { newCast, setupHash } from '../builders/castVote.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { buildVoters } from '../builders/voteSessions.ts'
import { runOnServer } from '../setup/templateDatabase.ts'
import { type Figure, type PartResult, rounded, type Spread, spreadOf } from './measure.ts'
import { prepareRawLoad } from './pgbench.ts'
import { startPostgis } from './postgis.ts'
import { BENCH_YEAR, prepareDatabase } from './seed.ts'
import { startServerProcess } from './serverProcess.ts'
import { explain, recordStatement } from './statements.ts'
import type { VoteAnswer, VoteOrder } from './voteLoad.ts'

const VOTERS = Number(process.env.BENCH_VOTERS ?? 10_000)
// Beside them, who send their ballot once: what one ballot costs against the raw inserts.
const CALM_VOTERS = VOTERS / 2
const TURNS = 4
const CONNECTIONS = 32
const RAW_CLIENTS = 16
const RAW_S = 4
const CODES_A_SHEET = 2_000
const VOTING_KEY = 'a key for the bench and for nothing else'

const districtOf = (index: number) => VOTE_DISTRICTS[index % VOTE_DISTRICTS.length]?.districtId as string
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** An open vote with auditors, in the round of today. */
function openVote(db: Database): Promise<FrozenSetup> {
  const auditorKeys = [makeKeys().publicKey, makeKeys().publicKey]
  return buildVote(db, { year: BENCH_YEAR, opensAt: day(-1), closesAt: day(1), auditorKeys })
}

async function makeCodes(db: Database, districtId: string, count: number): Promise<string[]> {
  const codes: string[] = []
  while (codes.length < count) {
    const order = { year: BENCH_YEAR, districtId, meetingId: null, roundNumber: 0, actorName: 'Bench', at: new Date() }
    const config = { votingKey: VOTING_KEY, localDir: '' } as Parameters<typeof createCodeBatch>[1]['config']
    const wanted = Math.min(CODES_A_SHEET, count - codes.length)
    codes.push(...(await db.transaction().execute((trx) => createCodeBatch(trx, { config }, { ...order, count: wanted }))).codes)
  }
  return codes
}

/** Half of the voters at home, half with codes; each of the first sends its ballot one, two or three times, the calm ones once. */
async function makeVoters(db: Database, setup: FrozenSetup): Promise<Record<'hasty' | 'calm', VoteOrder['voters']>> {
  const half = (VOTERS + CALM_VOTERS) / 2
  const home = await buildVoters(
    db,
    VOTING_KEY,
    Array.from({ length: half }, (_, index) => districtOf(index)),
  )
  const codes = new Map<string, string[]>()
  for (const { districtId } of VOTE_DISTRICTS)
    codes.set(districtId, await makeCodes(db, districtId, Math.ceil(half / VOTE_DISTRICTS.length)))
  const choicesOf = (districtId: string, index: number) => {
    const lines = setup.districts.find((district) => district.districtId === districtId)?.lines ?? []
    return { projectIds: lines.filter((_, place) => (index >> place) % 2 === 0).map(({ projectId }) => projectId) }
  }
  const timesOf = (index: number) => (index < VOTERS / 2 ? 1 + (index % 3) : 1)
  const voters = home.flatMap(({ headers, districtId }, index) => {
    const body = (more: object) => JSON.stringify(newCast(setup, districtId, { choices: choicesOf(districtId, index), ...more }))
    return [
      { headers, body: body({}), times: timesOf(index) },
      { headers: {}, body: body({ code: codes.get(districtId)?.pop() }), times: timesOf(index) },
    ]
  })
  return { hasty: voters.slice(0, VOTERS), calm: voters.slice(VOTERS) }
}

async function sendVotes(order: VoteOrder): Promise<VoteAnswer> {
  const child = fork(join(import.meta.dirname, 'voteLoad.ts'))
  try {
    child.send(order)
    const [answer] = (await once(child, 'message')) as [VoteAnswer | { error: string }]
    if ('error' in answer) throw new Error(`The voters failed: ${answer.error}`)
    return answer
  } finally {
    child.kill('SIGTERM')
  }
}

/** The least a vote could be: a mark and a ballot, into tables like ours, in one transaction. */
const RAW = {
  sql: `begin;
    insert into raw_mark values (2026, sha256(uuid_send(gen_random_uuid())), 'maaloev', 'home');
    insert into raw_ballot values (gen_random_uuid(), 2026, 'maaloev', 0, '2026-maaloev-baenke,2026-maaloev-shelter');
    commit`,
  parameters: [],
}

async function countBoxes(db: Database) {
  const { rows } = await sql<{ marks: number; codes: number; ballots: number; receipts: number }>`
    select (select count(*) from voter_mark) as marks, (select count(*) from voting_code where is_used) as codes,
      (select count(*) from ballot) as ballots, (select count(*) from receipt) as receipts`.execute(db)
  return rows[0] as (typeof rows)[number]
}

const exactly = (value: number): Spread => ({ median: value, lowest: value, highest: value })

interface Sent {
  readonly ballots: number
  readonly requests: number
  readonly answer: VoteAnswer
}

interface Turn {
  readonly raw: number
  readonly hasty: Sent
  readonly calm: Sent
}

const perSecond = (number: number, { answer }: Sent) => number / answer.seconds

function figuresOf(turns: readonly Turn[], counts: Awaited<ReturnType<typeof countBoxes>>): Figure[] {
  const answers = turns.flatMap(({ hasty, calm }) => [hasty.answer, calm.answer])
  const tookMs = turns
    .flatMap(({ hasty }) => hasty.answer)
    .flatMap((answer) => answer.tookMs)
    .sort((a, b) => a - b)
  const receipts = answers.flatMap((answer) => answer.receipts)
  const statuses = answers.flatMap((answer) => Object.entries(answer.statuses))
  const failed = statuses.filter(([status]) => status.startsWith('5')).reduce((sum, [, count]) => sum + count, 0)
  const p = (share: number) => (tookMs[Math.floor(tookMs.length * share)] ?? 0) / 1000
  const held = [counts.marks + counts.codes, counts.ballots, counts.receipts, VOTERS + CALM_VOTERS]
  const rates = (rate: (turn: Turn) => number) => spreadOf(turns.map(rate))
  return [
    {
      name: `Ballots in the box, ${VOTERS} voters, two processes`,
      bar: { atLeast: 300 },
      unit: 'ballots/s',
      measured: rates(({ hasty }) => perSecond(hasty.ballots, hasty)),
      detail: `${CONNECTIONS} connections; each ballot sent 1 to 3 times at once`,
    },
    {
      name: 'Ballots against the raw two inserts, each sent once',
      bar: { atLeast: 0.3 },
      unit: '× raw',
      measured: rates(({ calm, raw }) => perSecond(calm.ballots, calm) / raw),
      detail: `${rounded(rates(({ calm }) => perSecond(calm.ballots, calm)).median)} ballots/s of ${CALM_VOTERS} more voters; raw ${rounded(rates(({ raw }) => raw).median)} transactions/s by ${RAW_CLIENTS} clients`,
    },
    {
      name: 'Answers against the raw two inserts, each ballot sent 1 to 3 times at once',
      bar: null,
      unit: '× raw',
      measured: rates(({ hasty, raw }) => perSecond(hasty.requests, hasty) / raw),
      detail: `${rounded(rates(({ hasty }) => perSecond(hasty.requests, hasty)).median)} answers/s; counting each ballot once it is ${rounded(rates(({ hasty, raw }) => perSecond(hasty.ballots, hasty) / raw).median)} × raw`,
    },
    {
      name: 'Slower than 99 of 100',
      bar: { atMost: 1 },
      unit: 's',
      measured: exactly(p(0.99)),
      detail: `half took ${rounded(p(0.5) * 1000)} ms, the slowest ${rounded(p(1 - 1e-9))} s`,
    },
    {
      name: 'Voters without exactly one receipt',
      bar: { atMost: 0 },
      unit: 'voters',
      measured: exactly(receipts.filter(({ length }) => length !== 1).length),
      detail: `${receipts.length} voters`,
    },
    {
      name: 'Marks and codes, ballots, receipts: largest difference',
      bar: { atMost: 0 },
      unit: 'rows',
      measured: exactly(Math.max(...held) - Math.min(...held)),
      detail: JSON.stringify(counts).replaceAll('"', ''),
    },
    {
      name: 'Answers that failed',
      bar: { atMost: 0 },
      unit: 'answers',
      measured: exactly(failed),
      detail: statuses.map(([status, count]) => `${count} × ${status}`).join(', '),
    },
  ]
}

async function planOfCast({ pool }: DatabaseHandle, setup: FrozenSetup): Promise<string> {
  const bytes = (number: number) => Buffer.alloc(32, number)
  const row = {
    ...{
      year: BENCH_YEAR,
      districtId: districtOf(0),
      setupSha256: setupHash(setup),
      at: new Date(),
      isTimeSetByHand: false,
      fault: null,
      ballot: '',
      sealed: null,
    },
    sender: { personHash: bytes(1) },
    receiptHash: bytes(2),
    retryHash: bytes(3),
  }
  const statement = await recordStatement(pool, (recorded) => castBallots(recorded, [row]))
  // Recording has cast one; its like is explained for somebody else.
  const another = (value: unknown) => (Array.isArray(value) && Buffer.isBuffer(value[0]) ? [bytes(10 + (value[0][0] as number))] : value)
  return explain(pool, { ...statement, parameters: statement.parameters.map(another) })
}

/** A vote evening: many voters, two processes, one database that writes to its disk before it answers. */
export async function measureVotes(): Promise<PartResult> {
  const postgis = await startPostgis({ fsync: 'on' })
  const database = 'bench_votes'
  try {
    await runOnServer(postgis.urlOf('postgres'), `create database ${database}`)
    const handle = await prepareDatabase(postgis.urlOf(database))
    const setup = await openVote(handle.db)
    const voters = await makeVoters(handle.db, setup)
    await sql`create table raw_mark (like voter_mark including all); create table raw_ballot (like ballot including all)`.execute(handle.db)
    await sql`vacuum analyze`.execute(handle.db)
    const raw = prepareRawLoad(postgis, database, [RAW])
    const environment = { VOTING_KEY, DATABASE_POOL_SIZE: '10' }
    const servers = [
      await startServerProcess(postgis.urlOf(database), environment),
      await startServerProcess(postgis.urlOf(database), environment),
    ]
    const turns: Turn[] = []
    try {
      const ports = servers.map(({ port }) => port)
      const send = async (group: VoteOrder['voters'], turn: number): Promise<Sent> => {
        const share = Math.ceil(group.length / TURNS)
        const part = group.slice(turn * share, (turn + 1) * share)
        const order = { ports, path: `/api/rounds/${BENCH_YEAR}/ballots`, connections: CONNECTIONS, voters: part }
        return { ballots: part.length, requests: part.reduce((sum, { times }) => sum + times, 0), answer: await sendVotes(order) }
      }
      for (let turn = 0; turn < TURNS; turn += 1)
        turns.push({
          raw: await raw.measure(RAW_CLIENTS, RAW_S),
          hasty: await send(voters.hasty, turn),
          calm: await send(voters.calm, turn),
        })
    } finally {
      for (const server of servers) await server.stop()
      raw.remove()
    }
    const figures = figuresOf(turns, await countBoxes(handle.db))
    const plan = await planOfCast(handle, setup)
    const began = performance.now()
    await handle.db.transaction().execute((trx) => closeBoxes(trx, BENCH_YEAR, { actorName: 'Bench', at: new Date() }))
    const closing = {
      name: 'Closing the boxes',
      bar: null,
      unit: 's',
      measured: exactly((performance.now() - began) / 1000),
      detail: 'rewritten in order, roots made',
    }
    await handle.close()
    const notes = [
      `${TURNS} turns of raw and voters; half at home with a session, half with codes; receipts sealed for two auditors.`,
      'fsync=on in this part: what is answered is on the disk.',
    ]
    return { figures: [...figures, closing], plans: { 'The cast': plan }, notes }
  } finally {
    await postgis.stop()
  }
}
