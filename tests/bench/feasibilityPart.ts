import { sql } from 'kysely'
import { selectHitsAt } from '../../server/feasibility/queries.ts'
import { recheckIdeas } from '../../server/feasibility/records.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { systemClock } from '../../server/platform/clock.ts'
import type { Database, DatabaseHandle } from '../../server/platform/db/connect.ts'
import { seedConstraints } from './constraintSeed.ts'
import type { LoadAnswer } from './httpLoad.ts'
import { type Figure, type PartResult, rounded, type Spread, spreadOf, spreadText } from './measure.ts'
import { prepareRawLoad } from './pgbench.ts'
import type { PostgisServer } from './postgis.ts'
import { BENCH_YEAR, prepareDatabase, seedIdeas } from './seed.ts'
import { type HttpLoad, startHttpLoad, startServerProcess } from './serverProcess.ts'
import { explain, recordStatements, type Statement } from './statements.ts'

const FEATURES = 300_000
const GROWTH = [30_000, 300_000, 3_000_000]
const IDEAS = 3_000
const PLACES = 120
const ROUNDS = 5
const RAW_S = 2
const PASSES = 4
const CHECK = '/api/feasibility/check'

interface Subject {
  readonly name: string
  readonly places: readonly PlaceGeometry[]
  readonly p95Ms: number
}

/** Random points about the municipality's middle, and squares of 1,000 m² there; the same each time. @crs EPSG:4326 */
async function samplePlaces(db: Database, reachM: number): Promise<{ points: PlaceGeometry[]; squares: PlaceGeometry[] }> {
  const { rows } = await sql<{ point: PlaceGeometry; square: PlaceGeometry }>`
    select ST_AsGeoJSON(ST_Transform(geom, 4326), 7)::json as point,
      ST_AsGeoJSON(ST_Transform(ST_Expand(geom, sqrt(1000) / 2), 4326), 7)::json as square
    from (
      select (ST_Dump(ST_GeneratePoints(ST_Expand(ST_Centroid(ST_Collect(label_point)), ${reachM}), ${PLACES}, 151))).geom from current_district_area
    ) place`.execute(db)
  return { points: rows.map(({ point }) => point), squares: rows.map(({ square }) => square) }
}

async function recordChecks({ db, pool }: DatabaseHandle, places: readonly PlaceGeometry[]): Promise<Statement[]> {
  const { mark } = await selectHitsAt(db, places.slice(0, 1), '')
  return recordStatements(pool, places, (recorded, place) => selectHitsAt(recorded, [place], mark ?? ''))
}

type Ask = (places: readonly PlaceGeometry[], connections: number, passes: number) => Promise<LoadAnswer>

function asking(http: HttpLoad, port: number): Ask {
  return (places, connections, passes) =>
    http.run({
      port,
      paths: places.map(() => CHECK),
      bodies: places.map((geometry) => JSON.stringify({ geometry })),
      passes,
      connections,
      headers: { Origin: `http://localhost:${port}` },
    })
}

async function measureSubject(postgis: PostgisServer, database: string, handle: DatabaseHandle, ask: Ask, subject: Subject) {
  const { name, places } = subject
  const statements = await recordChecks(handle, places)
  const raw = prepareRawLoad(postgis, database, statements)
  const rounds: { raw: number; http: number; p95Ms: number }[] = []
  try {
    await ask(places, 8, PASSES)
    for (let round = 0; round < ROUNDS; round += 1) {
      const rawRate = await raw.measure(8, RAW_S)
      const many = await ask(places, 8, PASSES)
      const { p95Ms } = await ask(places, 1, 2)
      rounds.push({ raw: rawRate, http: many.requests / many.seconds, p95Ms })
    }
  } finally {
    raw.remove()
  }
  const [rawRates, httpRates] = [spreadOf(rounds.map((round) => round.raw)), spreadOf(rounds.map((round) => round.http))]
  const figures: Figure[] = [
    {
      name: `Check of ${name}, 95 of 100 requests`,
      bar: { atMost: subject.p95Ms },
      unit: 'ms',
      measured: spreadOf(rounds.map(({ p95Ms }) => p95Ms)),
      detail: `one connection, ${2 * places.length} requests per round`,
    },
    {
      name: `Check of ${name}, 8 connections`,
      bar: name === 'a point' ? { atLeast: 0.8 } : null,
      unit: '× raw',
      measured: spreadOf(rounds.map(({ raw: rate, http }) => http / rate)),
      detail: `${spreadText(httpRates)} requests/s against ${spreadText(rawRates)} statements/s`,
    },
  ]
  return { figures, plan: await explain(handle.pool, statements[0] as Statement) }
}

async function measureRecheck(handle: DatabaseHandle): Promise<Figure> {
  await seedIdeas(handle.db, IDEAS)
  const seconds: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await sql`truncate feasibility_record`.execute(handle.db)
    const began = performance.now()
    const { checked, written } = await recheckIdeas({ db: handle.db, clock: systemClock }, BENCH_YEAR)
    seconds.push((performance.now() - began) / 1000)
    if (checked !== IDEAS || written !== IDEAS)
      throw new Error(`${checked} ideas were checked and ${written} records written, not ${IDEAS}.`)
  }
  return {
    name: `A round of ${IDEAS} ideas checked again`,
    bar: { atMost: 20 },
    unit: 's',
    measured: spreadOf(seconds),
    detail: 'each with a new record',
  }
}

/** Checks of places as people send them, against the very statement they lead to, and a whole round. */
export async function measureFeasibility(postgis: PostgisServer, database: string): Promise<PartResult> {
  const handle = await prepareDatabase(postgis.urlOf(database))
  const features = await seedConstraints(handle.db, FEATURES)
  const { points, squares } = await samplePlaces(handle.db, 3_000)
  const server = await startServerProcess(postgis.urlOf(database), { TRUSTED_PROXIES: '1' })
  const http = startHttpLoad()
  try {
    const ask = asking(http, server.port)
    const point = await measureSubject(postgis, database, handle, ask, { name: 'a point', places: points, p95Ms: 15 })
    const square = await measureSubject(postgis, database, handle, ask, { name: '1,000 m²', places: squares, p95Ms: 25 })
    return {
      figures: [...point.figures, ...square.figures, await measureRecheck(handle)],
      plans: { 'A point': point.plan, '1,000 m²': square.plan },
      notes: [`${features} features in all mapped layers; ${ROUNDS} rounds of raw and request by turns; medians with lowest and highest.`],
    }
  } finally {
    await http.stop()
    await server.stop()
    await handle.close()
  }
}

/** How the time of a point's check grows with the features there are; the ground grows with them. */
export async function measureFeasibilityGrowth(postgis: PostgisServer, database: string): Promise<PartResult> {
  const handle = await prepareDatabase(postgis.urlOf(database))
  const server = await startServerProcess(postgis.urlOf(database), { TRUSTED_PROXIES: '1' })
  const http = startHttpLoad()
  const times: { features: number; ms: Spread }[] = []
  try {
    const ask = asking(http, server.port)
    for (const size of GROWTH) {
      const features = await seedConstraints(handle.db, size)
      const { points } = await samplePlaces(handle.db, 1_000)
      await ask(points, 1, 3)
      const rounds: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const { seconds, requests } = await ask(points, 1, 1)
        rounds.push((seconds * 1000) / requests)
      }
      times.push({ features, ms: spreadOf(rounds) })
    }
  } finally {
    await http.stop()
    await server.stop()
    await handle.close()
  }
  const [first, last] = [times[0], times.at(-1)] as [(typeof times)[number], (typeof times)[number]]
  const growth: Figure = {
    name: `Check of a point, from ${first.features} to ${last.features} features`,
    bar: { atMost: 3 },
    unit: '× the time',
    measured: {
      median: last.ms.median / first.ms.median,
      lowest: last.ms.lowest / first.ms.highest,
      highest: last.ms.highest / first.ms.lowest,
    },
    detail: times.map(({ features, ms }) => `${features}: ${rounded(ms.median)} ms`).join(', '),
  }
  return { figures: [growth], plans: {}, notes: times.map(({ features, ms }) => `${features} features: ${spreadText(ms)} ms per check.`) }
}
