import { type Figure, type PartResult, rounded, type Spread, spreadOf, spreadText } from './measure.ts'
import type { PostgisServer } from './postgis.ts'
import { boxQuestions } from './requests.ts'
import { prepareDatabase, seedIdeas } from './seed.ts'
import { startHttpLoad, startServerProcess } from './serverProcess.ts'
import { explain, type Statement } from './statements.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
const FEATURES = 200
const BOXES = 40
const ROUNDS = 9

interface SizeTime {
  readonly ideas: number
  /** One request after the other. @unit milliseconds */
  readonly ms: Spread
  readonly found: Spread
}

/** How the time of a request for about 200 ideas grows with the ideas there are; the box shrinks as they grow denser. */
export async function measureGrowth(postgis: PostgisServer, database: string): Promise<PartResult> {
  const handle = await prepareDatabase(postgis.urlOf(database))
  const server = await startServerProcess(postgis.urlOf(database))
  const http = startHttpLoad()
  const times: SizeTime[] = []
  const plans: Record<string, string> = {}
  try {
    for (const ideas of SIZES) {
      await seedIdeas(handle.db, ideas)
      const { questions, found } = await boxQuestions(handle, { ideas, features: FEATURES, count: BOXES })
      const order = { port: server.port, paths: questions.paths, passes: 2, connections: 1, headers: {} }
      await http.run({ ...order, passes: 5 })
      const rounds: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const { seconds, requests } = await http.run(order)
        rounds.push((seconds * 1000) / requests)
      }
      times.push({ ideas, ms: spreadOf(rounds), found: spreadOf(found) })
      plans[`Box of ${FEATURES} among ${ideas}`] = await explain(handle.pool, questions.statements[0] as Statement)
    }
  } finally {
    await http.stop()
    await server.stop()
    await handle.close()
  }
  const [first, last] = [times[0] as SizeTime, times.at(-1) as SizeTime]
  const growth: Figure = {
    name: `Box of ${FEATURES} ideas, from ${first.ideas} to ${last.ideas} ideas`,
    bar: { atMost: 3 },
    unit: '× the time',
    // Both ends of the range are the unlucky and the lucky pairing of rounds.
    measured: {
      median: last.ms.median / first.ms.median,
      lowest: last.ms.lowest / first.ms.highest,
      highest: last.ms.highest / first.ms.lowest,
    },
    detail: times.map(({ ideas, ms }) => `${ideas}: ${rounded(ms.median)} ms`).join(', '),
  }
  const notes = times.map(
    ({ ideas, ms, found }) => `${ideas} ideas: ${spreadText(ms)} ms per request, ${spreadText(found)} features in a box.`,
  )
  return { figures: [growth], plans, notes }
}
