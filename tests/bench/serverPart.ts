import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseHandle } from '../../server/platform/db/connect.ts'
import type { LoadAnswer } from './httpLoad.ts'
import { type Figure, type PartResult, rounded, type Spread, spreadOf, spreadText } from './measure.ts'
import { MOST_STATEMENTS, prepareRawLoad, type RawLoad, type RawProtocol } from './pgbench.ts'
import type { PostgisServer } from './postgis.ts'
import { boxQuestions, districtQuestions, type Questions, tileQuestions } from './requests.ts'
import { prepareDatabase, seedIdeas } from './seed.ts'
import { type HttpLoad, startHttpLoad, startServerProcess } from './serverProcess.ts'
import { countTransactions, explain } from './statements.ts'

const IDEAS = 100_000
const FEATURES = 200
const ROUNDS = 5
const RAW_S = 2
const SLICE_S = 2
const MANY = 8
const WARM_UP_MS = 10_000
// The server asks at most once a second which version is committed.
const VERSION_NOTICED_MS = 1_200
// A session reports what it did to the statistics at most once a second, or when it has been idle.
const STATISTICS_MS = 11_000

interface Bench {
  readonly handle: DatabaseHandle
  readonly http: HttpLoad
  readonly port: number
  readonly database: string
}

interface Subject {
  readonly name: string
  readonly questions: Questions
  readonly raw: RawLoad
  readonly bar: number
  /** Whether the server keeps answers: then each round begins by making them out of date. */
  readonly isCached: boolean
  readonly encoding: string
}

/** Makes every tile of ideas out of date, as a new idea would. */
async function forgetTiles({ handle }: Bench): Promise<void> {
  await handle.pool.query(`update collection_version set version = version + 1 where collection = 'ideas'`)
  await wait(VERSION_NOTICED_MS)
}

function ask(bench: Bench, { questions }: Subject, passes: number, connections: number, encoding?: string): Promise<LoadAnswer> {
  const headers: Record<string, string> = encoding === undefined ? {} : { 'Accept-Encoding': encoding }
  return bench.http.run({ port: bench.port, paths: questions.paths, passes, connections, headers })
}

const rateOf = ({ requests, seconds }: LoadAnswer) => requests / seconds

/** Passes over the questions that take about a slice of time at this rate. */
function passesFor(rate: number, { questions }: Subject): number {
  return Math.max(1, Math.round((rate * SLICE_S) / questions.paths.length))
}

/** Requests for about a slice of time; what the server keeps is made out of date before each pass. */
async function askForSlice(bench: Bench, subject: Subject, rate: number, connections: number, encoding?: string): Promise<number> {
  const passes = passesFor(rate, subject)
  if (!subject.isCached) return rateOf(await ask(bench, subject, passes, connections, encoding))
  let [requests, seconds] = [0, 0]
  for (let pass = 0; pass < passes; pass += 1) {
    await forgetTiles(bench)
    const answer = await ask(bench, subject, 1, connections, encoding)
    requests += answer.requests
    seconds += answer.seconds
  }
  return requests / seconds
}

interface Pair {
  readonly raw: Spread
  readonly http: Spread
  readonly ratio: Spread
}

interface Way {
  readonly connections: number
  readonly encoding?: string
  readonly protocol?: RawProtocol
}

/** Raw statements and requests by turns, so that both meet the same moods of the machine. */
async function compare(bench: Bench, subject: Subject, { connections, encoding, protocol }: Way): Promise<Pair> {
  const guess = await askForSlice(bench, subject, 1, connections, encoding)
  const rounds: { raw: number; http: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const raw = await subject.raw.measure(connections, RAW_S, protocol)
    rounds.push({ raw, http: await askForSlice(bench, subject, guess, connections, encoding) })
  }
  return pairOf(rounds)
}

function pairOf(rounds: readonly { raw: number; http: number }[]): Pair {
  return {
    raw: spreadOf(rounds.map(({ raw }) => raw)),
    http: spreadOf(rounds.map(({ http }) => http)),
    ratio: spreadOf(rounds.map(({ raw, http }) => http / raw)),
  }
}

function ratioFigure(name: string, bar: number | null, { raw, http, ratio }: Pair): Figure {
  const detail = `${spreadText(http)} requests/s against ${spreadText(raw)} statements/s`
  return { name, bar: bar === null ? null : { atLeast: bar }, unit: '× raw', measured: ratio, detail }
}

/** How many statements the database finishes for each request; the proof that nothing was answered from memory. */
async function statementsPerRequest(bench: Bench, subject: Subject): Promise<number> {
  const count = async () => {
    await wait(STATISTICS_MS)
    return { at: performance.now(), finished: await countTransactions(bench.handle.pool, bench.database) }
  }
  if (subject.isCached) await forgetTiles(bench)
  const idle = await count()
  const before = await count()
  const { requests } = await ask(bench, subject, 1, MANY)
  const after = await count()
  // What the job queue asks all the time is taken off.
  const queuePerMs = (before.finished - idle.finished) / (before.at - idle.at)
  return (after.finished - before.finished - queuePerMs * (after.at - before.at)) / requests
}

async function measureSubject(bench: Bench, subject: Subject): Promise<Figure[]> {
  const many = await compare(bench, subject, { connections: MANY })
  const prepared = await compare(bench, subject, { connections: MANY, protocol: 'prepared' })
  const coded = await compare(bench, subject, { connections: MANY, encoding: subject.encoding })
  const one = await compare(bench, subject, { connections: 1 })
  return [
    ratioFigure(`${subject.name}, ${MANY} connections`, subject.bar, many),
    ratioFigure(`${subject.name}, ${MANY} connections, raw prepared once per connection`, null, prepared),
    ratioFigure(`${subject.name}, ${MANY} connections, answers compressed (${subject.encoding})`, null, coded),
    ratioFigure(`${subject.name}, one connection`, null, one),
  ]
}

/** A tile from the cache against the raw statement, by turns, as a browser asks for it. */
async function measureCached(bench: Bench, tiles: Subject): Promise<Figure> {
  const rounds: { raw: number; http: number }[] = []
  const guess = rateOf(await ask(bench, tiles, 2, MANY, 'gzip'))
  for (let round = 0; round < ROUNDS; round += 1) {
    const raw = await tiles.raw.measure(MANY, RAW_S)
    rounds.push({ raw, http: rateOf(await ask(bench, tiles, passesFor(guess, tiles), MANY, 'gzip')) })
  }
  return ratioFigure(`Tile from the cache, ${MANY} connections`, 20, pairOf(rounds))
}

/** Some seconds of every question, so that code and buffers are warm. */
async function warmUp(bench: Bench, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    const until = performance.now() + WARM_UP_MS
    do {
      if (subject.isCached) await forgetTiles(bench)
      await ask(bench, subject, 1, MANY)
      await ask(bench, subject, 1, MANY, subject.encoding)
    } while (performance.now() < until)
  }
}

async function makeSubjects(postgis: PostgisServer, database: string, handle: DatabaseHandle): Promise<Subject[]> {
  const raw = ({ statements }: Questions) => prepareRawLoad(postgis, database, statements)
  const tiles = await tileQuestions(handle, [14, 15], MOST_STATEMENTS)
  const boxes = (await boxQuestions(handle, { ideas: IDEAS, features: FEATURES, count: 100 })).questions
  const places = await districtQuestions(handle, 120)
  return [
    { name: 'Tile, not cached', questions: tiles, raw: raw(tiles), bar: 0.9, isCached: true, encoding: 'gzip' },
    { name: `Box of ${FEATURES} ideas`, questions: boxes, raw: raw(boxes), bar: 0.9, isCached: false, encoding: 'gzip, br' },
    { name: 'District at a place', questions: places, raw: raw(places), bar: 0.5, isCached: false, encoding: 'gzip, br' },
  ]
}

/** Requests against the very statements they lead to, on the same server in the same minutes. */
export async function measureServer(postgis: PostgisServer, database: string): Promise<PartResult> {
  const handle = await prepareDatabase(postgis.urlOf(database))
  await seedIdeas(handle.db, IDEAS)
  const subjects = await makeSubjects(postgis, database, handle)
  const server = await startServerProcess(postgis.urlOf(database))
  const http = startHttpLoad()
  const bench: Bench = { handle, http, port: server.port, database }
  try {
    await warmUp(bench, subjects)
    const figures: Figure[] = []
    for (const subject of subjects) figures.push(...(await measureSubject(bench, subject)))
    figures.push(await measureCached(bench, subjects[0] as Subject))
    const notes = [`${IDEAS} ideas; ${ROUNDS} rounds of raw and request by turns; medians with lowest and highest.`]
    const plans: Record<string, string> = {}
    for (const subject of subjects) {
      const perRequest = await statementsPerRequest(bench, subject)
      notes.push(
        `${subject.name}: ${rounded(perRequest)} statements finished per request (over ${subject.questions.paths.length}; the job queue’s own taken off).`,
      )
      plans[subject.name] = await explain(handle.pool, subject.questions.statements[0] as Questions['statements'][number])
    }
    return { figures, plans, notes }
  } finally {
    for (const { raw } of subjects) raw.remove()
    await http.stop()
    await server.stop()
    await handle.close()
  }
}
