import type { DatabaseHandle } from '../../server/platform/db/connect.ts'
import {
  ask,
  type Bench,
  MANY,
  measureSubject,
  pairOf,
  passesFor,
  RAW_S,
  ROUNDS,
  rateOf,
  ratioFigure,
  type Subject,
  statementsPerRequest,
  warmUp,
} from './againstRaw.ts'
import { type Figure, type PartResult, rounded } from './measure.ts'
import { MOST_STATEMENTS, prepareRawLoad } from './pgbench.ts'
import type { PostgisServer } from './postgis.ts'
import { boxQuestions, districtQuestions, type Questions, tileQuestions } from './requests.ts'
import { prepareDatabase, seedIdeas } from './seed.ts'
import { startHttpLoad, startServerProcess } from './serverProcess.ts'
import { explain } from './statements.ts'

const IDEAS = 100_000
const FEATURES = 200

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

async function makeSubjects(postgis: PostgisServer, database: string, handle: DatabaseHandle): Promise<Subject[]> {
  const raw = ({ statements }: Questions) => prepareRawLoad(postgis, database, statements)
  const tiles = await tileQuestions(handle, [14, 15], MOST_STATEMENTS)
  const boxes = (await boxQuestions(handle, { ideas: IDEAS, features: FEATURES, count: 100 })).questions
  const places = await districtQuestions(handle, 120)
  return [
    { name: 'Tile, not cached', questions: tiles, raw: raw(tiles), bar: 0.9, cachedAs: 'ideas', encoding: 'gzip' },
    { name: `Box of ${FEATURES} ideas`, questions: boxes, raw: raw(boxes), bar: 0.9, cachedAs: null, encoding: 'gzip, br' },
    { name: 'District at a place', questions: places, raw: raw(places), bar: 0.5, cachedAs: null, encoding: 'gzip, br' },
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
