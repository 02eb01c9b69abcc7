import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseHandle } from '../../server/platform/db/connect.ts'
import type { LoadAnswer } from './httpLoad.ts'
import { type Figure, type Spread, spreadOf, spreadText } from './measure.ts'
import type { RawLoad, RawProtocol } from './pgbench.ts'
import type { Questions } from './requests.ts'
import type { HttpLoad } from './serverProcess.ts'
import { countTransactions } from './statements.ts'

export const ROUNDS = 5
export const MANY = 8
export const RAW_S = 2
const SLICE_S = 2
const WARM_UP_MS = 10_000
// The server asks at most once a second which version is committed.
const VERSION_NOTICED_MS = 1_200
// A session reports what it did to the statistics at most once a second, or when it has been idle.
const STATISTICS_MS = 11_000

export interface Bench {
  readonly handle: DatabaseHandle
  readonly http: HttpLoad
  readonly port: number
  readonly database: string
}

export interface Subject {
  readonly name: string
  readonly questions: Questions
  readonly raw: RawLoad
  readonly bar: number
  /** Collection whose tiles the server keeps: then each round begins by making them out of date. Null where nothing is kept. */
  readonly cachedAs: 'ideas' | 'constraints' | null
  readonly encoding: string
  /** How long each turn of raw statements lasts; longer where one takes long, so that new connections' start weighs little. @unit seconds */
  readonly rawS?: number
}

/** Makes every tile of the subject's collection out of date, as new data would. */
async function forgetTiles({ handle }: Bench, { cachedAs }: Subject): Promise<void> {
  await handle.pool.query('update collection_version set version = version + 1 where collection = $1', [cachedAs])
  await wait(VERSION_NOTICED_MS)
}

export function ask(bench: Bench, { questions }: Subject, passes: number, connections: number, encoding?: string): Promise<LoadAnswer> {
  const headers: Record<string, string> = encoding === undefined ? {} : { 'Accept-Encoding': encoding }
  return bench.http.run({ port: bench.port, paths: questions.paths, passes, connections, headers })
}

export const rateOf = ({ requests, seconds }: LoadAnswer) => requests / seconds

/** Passes over the questions that take about a slice of time at this rate. */
export function passesFor(rate: number, { questions }: Subject): number {
  return Math.max(1, Math.round((rate * SLICE_S) / questions.paths.length))
}

/** Requests for about a slice of time; what the server keeps is made out of date before each pass. */
async function askForSlice(bench: Bench, subject: Subject, rate: number, connections: number, encoding?: string): Promise<number> {
  const passes = passesFor(rate, subject)
  if (subject.cachedAs === null) return rateOf(await ask(bench, subject, passes, connections, encoding))
  let [requests, seconds] = [0, 0]
  for (let pass = 0; pass < passes; pass += 1) {
    await forgetTiles(bench, subject)
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
export async function compare(bench: Bench, subject: Subject, { connections, encoding, protocol }: Way): Promise<Pair> {
  const guess = await askForSlice(bench, subject, 1, connections, encoding)
  const rounds: { raw: number; http: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const raw = await subject.raw.measure(connections, subject.rawS ?? RAW_S, protocol)
    rounds.push({ raw, http: await askForSlice(bench, subject, guess, connections, encoding) })
  }
  return pairOf(rounds)
}

export function pairOf(rounds: readonly { raw: number; http: number }[]): Pair {
  return {
    raw: spreadOf(rounds.map(({ raw }) => raw)),
    http: spreadOf(rounds.map(({ http }) => http)),
    ratio: spreadOf(rounds.map(({ raw, http }) => http / raw)),
  }
}

export function ratioFigure(name: string, bar: number | null, { raw, http, ratio }: Pair): Figure {
  const detail = `${spreadText(http)} requests/s against ${spreadText(raw)} statements/s`
  return { name, bar: bar === null ? null : { atLeast: bar }, unit: '× raw', measured: ratio, detail }
}

/** How many statements the database finishes for each request; the proof that nothing was answered from memory. */
export async function statementsPerRequest(bench: Bench, subject: Subject): Promise<number> {
  const count = async () => {
    await wait(STATISTICS_MS)
    return { at: performance.now(), finished: await countTransactions(bench.handle.pool, bench.database) }
  }
  if (subject.cachedAs !== null) await forgetTiles(bench, subject)
  const idle = await count()
  const before = await count()
  const { requests } = await ask(bench, subject, 1, MANY)
  const after = await count()
  // What the job queue asks all the time is taken off.
  const queuePerMs = (before.finished - idle.finished) / (before.at - idle.at)
  return (after.finished - before.finished - queuePerMs * (after.at - before.at)) / requests
}

export async function measureSubject(bench: Bench, subject: Subject): Promise<Figure[]> {
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

/** Some seconds of every question, so that code and buffers are warm. */
export async function warmUp(bench: Bench, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    const until = performance.now() + WARM_UP_MS
    do {
      if (subject.cachedAs !== null) await forgetTiles(bench, subject)
      await ask(bench, subject, 1, MANY)
      await ask(bench, subject, 1, MANY, subject.encoding)
    } while (performance.now() < until)
  }
}
