import { randomUUID } from 'node:crypto'
import { insertSession, savePerson } from '../../server/accounts/queries.ts'
import { hashOf, newToken } from '../../server/accounts/tokens.ts'
import { type App, createApp } from '../../server/app.ts'
import type { Role } from '../../server/kernel/roles.ts'
import type { Clock } from '../../server/platform/clock.ts'
import type { Deps } from '../../server/platform/deps.ts'
import type { JobName, JobPayloads, Jobs } from '../../server/platform/jobs/jobs.ts'
import { createLog } from '../../server/platform/log.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import { personKeyOf } from '../../server/voting/personKey.ts'
import { votingKeyOf } from '../../server/voting/votingKey.ts'
import { openTestDatabase } from './database.ts'
import type { TestDatabase } from './keptDatabase.ts'

/** A clock that stands still until it is told. */
export interface TestClock extends Clock {
  set(instant: string | Date): void
}

export function testClock(start = '2026-05-04T10:00:00Z'): TestClock {
  let now = new Date(start)
  return {
    isSetByHand: true,
    now: () => new Date(now),
    set: (instant) => {
      now = new Date(instant)
    },
  }
}

/** Jobs that run when the test says so, in the order they were sent. */
export interface HeldJobs extends Jobs {
  runAll(): Promise<void>
}

export function heldJobs(): HeldJobs {
  const handlers = new Map<JobName, (payload: never) => Promise<void>>()
  const waiting: { name: JobName; payload: unknown }[] = []
  return {
    send: async (name, payload) => {
      waiting.push({ name, payload })
    },
    handle: (name, run) => {
      handlers.set(name, run as (payload: never) => Promise<void>)
    },
    schedule: () => {},
    runAll: async () => {
      for (const { name, payload } of waiting.splice(0)) await handlers.get(name)?.(payload as JobPayloads[JobName] as never)
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a test reads it compares at once
type Loose = any

/** The body of an answer, to be compared. */
export async function bodyOf<Body = Loose>(response: Response): Promise<Body> {
  return (await response.json()) as Body
}

export interface SignedIn {
  personId: string
  headers: Record<string, string>
}

export interface TestApp {
  app: App
  deps: Deps
  database: TestDatabase
  clock: TestClock
  jobs: HeldJobs
  /** A person with a session, as the headers of a request from their browser. */
  signIn(role?: Role, districtId?: string | null, voter?: { rollNumber?: string | null; ageYears?: number | null }): Promise<SignedIn>
  /** A request of a visitor or of `as`; bodies become JSON. */
  send(method: string, path: string, options?: { as?: SignedIn; body?: unknown; headers?: Record<string, string> }): Promise<Response>
  /** The body of a GET. */
  read<Body = Loose>(path: string, as?: SignedIn): Promise<Body>
  close(): Promise<void>
}

/** The whole application over a database of its own, without a port. */
export async function createTestApp(environment: Record<string, string> = {}, clock = testClock()): Promise<TestApp> {
  const database = await openTestDatabase(environment)
  const jobs = heldJobs()
  const { db, isEmbedded, encodesTiles, config } = database
  const storage = createFolderStorage(config.storageDir)
  const deps: Deps = { config, db, isEmbedded, encodesTiles, clock, log: createLog(config.logLevel), jobs, storage }
  const app = createApp(deps)
  const origin = new URL(config.baseUrl).origin
  const send: TestApp['send'] = async (method, path, { as, body, headers } = {}) =>
    app.request(`${origin}${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { Origin: origin }),
        ...(body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
        ...as?.headers,
        ...headers,
      },
      body: body === undefined || body instanceof FormData ? body : typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    app,
    deps,
    database,
    clock,
    jobs,
    signIn: async (role = 'citizen', districtId = null, { rollNumber = randomUUID(), ageYears = 40 } = {}) => {
      const personId = await savePerson(db, { issuer: 'test', subject: randomUUID(), displayName: `Test ${role}`, role, districtId })
      const [token, csrfToken] = [newToken(), newToken()]
      const createdAt = clock.now()
      const expiresAt = new Date(createdAt.getTime() + 12 * 3_600_000)
      const voterKey = rollNumber === null ? null : personKeyOf(votingKeyOf(config), { rollNumber })
      await insertSession(db, { tokenHash: hashOf(token), personId, csrfToken, voterKey, ageYears, createdAt, expiresAt })
      return { personId, headers: { Cookie: `session=${token}`, 'X-CSRF-Token': csrfToken } }
    },
    send,
    read: async (path, as) => bodyOf(await send('GET', path, { as })),
    close: () => database.close(),
  }
}
