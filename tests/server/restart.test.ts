import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { loadAll } from '../../data/load.ts'
import { createApp } from '../../server/app.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { createBossJobs, type RunningJobs } from '../../server/platform/jobs/bossJobs.ts'
import { newIdea } from '../builders/idea.ts'
import { flatPicture, pictureForm } from '../builders/picture.ts'
import { buildRound } from '../builders/round.ts'
import { createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { type OwnPostgres, startOwnPostgres } from '../setup/ownPostgres.ts'

// The pool waits five seconds for a connection; a busy machine takes its own time on top.
const PATIENCE_MS = 15_000
const READS = [
  '/api/rounds',
  '/api/rounds/2026/ideas',
  '/api/rounds/2026/ideas.geojson',
  '/api/districts/at?lng=12.3618&lat=55.7338',
  '/api/ideas/near?lng=12.3618&lat=55.7338&q=b%C3%A6nk',
  '/api/places?q=station',
  '/tiles/ideas/12/2188/1281.mvt',
  '/api/session',
  '/readyz',
]

interface Answer {
  path: string
  status: number
  retryAfter: string | null
  body: string
  ms: number
}

// A server of our own where tests run on a server; the embedded database restarts itself.
let postgres: OwnPostgres | null = null
let t: TestApp
let jobs: RunningJobs
let baseUrl: string
let people: SignedIn[]
let close: () => Promise<void>
beforeAll(async () => {
  postgres = inject('template').kind === 'server' ? await startOwnPostgres() : null
  t = await createTestApp(postgres ? { DATABASE_URL: postgres.url } : {})
  if (postgres) {
    await migrate(t.deps.db)
    await loadAll({ db: t.deps.db, isEmbedded: false, withDemo: false, clock: systemClock, say: () => {} })
  }
  await buildRound(t.deps.db, { year: 2026 })
  people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => t.signIn()))
  jobs = createBossJobs({ pool: t.database.pool, log: t.deps.log })
  const server = createServer(getRequestListener(createApp({ ...t.deps, jobs }).fetch))
  await jobs.start()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  baseUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}, 120_000)
afterAll(async () => {
  await jobs?.stop()
  await close?.()
  await t?.close()
  postgres?.remove()
}, 60_000)

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const began = performance.now()
  const response = await fetch(baseUrl + path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
  const body = await response.text()
  return { path, status: response.status, retryAfter: response.headers.get('retry-after'), body, ms: performance.now() - began }
}

function write(person: SignedIn, path: string, body: unknown): Promise<Answer> {
  const isForm = body instanceof FormData
  const headers = { Origin: t.deps.config.baseUrl, ...person.headers, ...(isForm ? {} : { 'Content-Type': 'application/json' }) }
  return ask(path, { method: 'POST', headers, body: isForm ? body : JSON.stringify(body) })
}

/** Asks without pause until told to stop; notes every answer and the ideas that were acknowledged. */
function startTraffic(answers: Answer[], ideaIds: number[]): () => Promise<void> {
  let isOn = true
  const reader = async (start: number) => {
    for (let turn = start; isOn; turn++) {
      answers.push(await ask(READS[turn % READS.length] as string))
      await pause(15)
    }
  }
  const writer = async (person: SignedIn) => {
    while (isOn) {
      const answer = await write(person, '/api/rounds/2026/ideas', newIdea())
      answers.push(answer)
      if (answer.status === 201) ideaIds.push((JSON.parse(answer.body) as { ideaId: number }).ideaId)
      await pause(40)
    }
  }
  const loops = [reader(0), reader(4), reader(7), ...people.slice(0, 3).map(writer)]
  return async () => {
    isOn = false
    await Promise.all(loops)
  }
}

async function restart(mode: 'fast' | 'immediate', awayMs: number): Promise<void> {
  if (!postgres) return t.database.embedded?.restart()
  postgres.stop(mode)
  await pause(awayMs)
  postgres.start()
}

it.each([
  ['orderly', 'fast' as const],
  ['as after a crash', 'immediate' as const],
])('a database that restarts in the middle, %s: 503 meanwhile, nothing acknowledged is lost', { timeout: 90_000 }, async (_how, mode) => {
  await t.deps.db.deleteFrom('rate_limit').execute()
  const answers: Answer[] = []
  const ideaIds: number[] = []
  const stop = startTraffic(answers, ideaIds)
  for (let wait = 0; wait < 200 && ideaIds.length < 5; wait++) await pause(50)
  const before = ideaIds.length
  await restart(mode, 1_200)
  await pause(1_500)
  await stop()

  const allowed = answers.filter(({ status }) => [200, 201, 204, 429].includes(status))
  const away = answers.filter(({ status }) => status === 503)
  expect(answers.filter((answer) => !allowed.includes(answer) && !away.includes(answer))).toEqual([])
  expect(before, 'ideas before the restart').toBeGreaterThan(0)
  expect(away.length, 'requests while it was away').toBeGreaterThan(0)
  for (const { path, body, retryAfter } of away) {
    const kinds = path === '/readyz' ? ['database-away', 'database-slow'] : ['database-away']
    expect(kinds, path).toContain((JSON.parse(body) as { kind: string }).kind)
    expect(Number(retryAfter), path).toBeGreaterThan(0)
    expect(body).not.toMatch(/ECONN|terminat|socket|postgres|\.ts/i)
  }
  expect(Math.max(...answers.map(({ ms }) => ms)), 'the slowest answer').toBeLessThan(PATIENCE_MS - 1_000)

  process.stdout.write(
    `restart: ${answers.length} answers, ${away.length} while away, the slowest ${Math.round(Math.max(...answers.map(({ ms }) => ms)))} ms\n`,
  )
  // Recovered by itself: the same process, the same pool, jobs included.
  for (const path of READS) expect([path, (await ask(path)).status < 300]).toEqual([path, true])
  const rows = await t.deps.db.selectFrom('idea').where('idea_id', 'in', ideaIds).select('idea_id').execute()
  expect(rows.length).toBe(ideaIds.length)
  expect(new Set(ideaIds).size).toBe(ideaIds.length)
})

it('jobs go on by themselves after the restart', { timeout: 60_000 }, async () => {
  const person = people[5] as SignedIn
  const sent = await write(person, '/api/pictures', pictureForm(await flatPicture(40, 30), { altText: 'En rød flade' }))
  expect(sent.status, sent.body).toBe(201)
  await restart('fast', 200)
  const { pictureId } = JSON.parse(sent.body) as { pictureId: string }
  const status = async () => {
    const answer = await ask(`/api/pictures/${pictureId}`, { headers: person.headers })
    return answer.status === 200 ? (JSON.parse(answer.body) as { status: string }).status : answer.status
  }
  await expect.poll(status, { timeout: 45_000, interval: 250 }).toBe('ready')
})
