import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createBossJobs, type RunningJobs } from '../../server/platform/jobs/bossJobs.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

let database: TestDatabase
const running: RunningJobs[] = []
const logged: string[] = []
const log = pino({ base: null }, { write: (line: string) => void logged.push(line) })

beforeAll(async () => {
  database = await openTestDatabase()
})
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop()
  await database.pool.query('delete from pgboss.job')
  logged.splice(0)
})
afterAll(() => database.close())

async function start(run: (pictureId: string) => Promise<void>, prepare: (jobs: RunningJobs) => void = () => {}) {
  const jobs = createBossJobs({ pool: database.pool, log })
  jobs.handle('make-picture-variants', ({ pictureId }) => run(pictureId))
  prepare(jobs)
  await jobs.start()
  running.push(jobs)
  return jobs
}

async function until(isTrue: () => boolean | Promise<boolean>, ms = 15_000): Promise<number> {
  const began = performance.now()
  while (!(await isTrue())) {
    if (performance.now() - began > ms) throw new Error(`still not so after ${ms} ms`)
    await pause(20)
  }
  return performance.now() - began
}

it('does a job soon after it is sent', async () => {
  const done: string[] = []
  const jobs = await start(async (pictureId) => void done.push(pictureId))
  await pause(200)
  await jobs.send('make-picture-variants', { pictureId: 'a' })
  expect(await until(() => done.includes('a'))).toBeLessThan(1500)
})

it('queues with a transaction: all of it or nothing, on its own connection', async () => {
  const done: string[] = []
  const jobs = await start(async (pictureId) => void done.push(pictureId))
  await database.db.transaction().execute(async (trx) => {
    await jobs.send('make-picture-variants', { pictureId: 'committed' }, { db: trx })
    await pause(300)
    expect(done).toEqual([])
  })
  await expect(
    database.db.transaction().execute(async (trx) => {
      await jobs.send('make-picture-variants', { pictureId: 'undone' }, { db: trx })
      throw new Error('refused')
    }),
  ).rejects.toThrow('refused')
  await until(() => done.includes('committed'))
  await pause(1500)
  expect(done).toEqual(['committed'])
})

it('takes many transactions that queue at once', async () => {
  const done = new Set<string>()
  const jobs = await start(async (pictureId) => void done.add(pictureId))
  const ids = Array.from({ length: 30 }, (_, index) => `p${index}`)
  await Promise.all(
    ids.map((pictureId) => database.db.transaction().execute((trx) => jobs.send('make-picture-variants', { pictureId }, { db: trx }))),
  )
  await until(() => done.size === ids.length, 40_000)
})

it('keeps one of those that wait under one key, also when many ask at once', async () => {
  const done: (number | null)[] = []
  let mayEnd = () => {}
  const held = new Promise<void>((end) => {
    mayEnd = end
  })
  const jobs = await start(
    async () => {},
    (own) =>
      own.handle('recheck-feasibility', async ({ roundYear }) => {
        await held
        done.push(roundYear)
      }),
  )
  const ask = (roundYear: number | null) =>
    database.db.transaction().execute((trx) => jobs.send('recheck-feasibility', { roundYear }, { db: trx, key: String(roundYear) }))
  const waiting = () => database.pool.query(`select count(*) from pgboss.job where name = 'recheck-feasibility' and state = 'created'`)
  await ask(2026)
  await until(async () => (await waiting()).rows[0].count === 0)
  // One is under way; what is asked now waits for the next time, once per key.
  await Promise.all(Array.from({ length: 8 }, (_, index) => ask(index % 2 === 0 ? 2026 : null)))
  expect((await waiting()).rows[0].count).toBe(2)
  mayEnd()
  await until(() => done.length === 3)
  expect(done.toSorted()).toEqual([2026, 2026, null])
})

it('tries again later, and neither logs nor keeps what an error says', async () => {
  let attempts = 0
  const jobs = await start(async () => {
    attempts += 1
    if (attempts === 1) throw new Error('Anna Jensen, Bydammen 4')
  })
  await jobs.send('make-picture-variants', { pictureId: 'again' })
  await until(() => attempts === 2)
  const failure = logged.map((line) => JSON.parse(line)).find((line) => line.msg === 'job failed')
  expect(failure).toMatchObject({ job: 'make-picture-variants', attempt: 1, error: 'Error' })
  const kept = await database.pool.query('select output::text from pgboss.job')
  expect(JSON.stringify([logged, kept.rows])).not.toContain('Anna')
})

it('is taken over by another process, done once', async () => {
  const done: string[] = []
  await start(async (pictureId) => void done.push(pictureId))
  const other = createBossJobs({ pool: database.pool, log })
  await other.start()
  running.push(other)
  await other.send('make-picture-variants', { pictureId: 'shared' })
  await until(() => done.length > 0)
  await pause(1500)
  expect(done).toEqual(['shared'])
})

it('lets a running job end before it stops, and keeps what it has not begun', async () => {
  const done: string[] = []
  const jobs = await start(async (pictureId) => {
    await pause(800)
    done.push(pictureId)
  })
  await jobs.send('make-picture-variants', { pictureId: 'slow' })
  await pause(300)
  await jobs.send('make-picture-variants', { pictureId: 'next' })
  await jobs.stop()
  expect(done).toEqual(['slow'])
  await start(async (pictureId) => void done.push(pictureId))
  await until(() => done.includes('next'))
})

it('keeps its schedules to what is asked for', async () => {
  const schedules = async () => (await database.pool.query('select name, cron, timezone from pgboss.schedule')).rows
  await start(
    async () => {},
    (jobs) => jobs.schedule('remove-old-rows', '15 3 * * *'),
  )
  expect(await schedules()).toEqual([{ name: 'remove-old-rows', cron: '15 3 * * *', timezone: 'Europe/Copenhagen' }])
  await start(
    async () => {},
    (jobs) => jobs.schedule('remove-old-rows', '30 4 * * *'),
  )
  expect(await schedules()).toMatchObject([{ cron: '30 4 * * *' }])
})

it('refuses what comes in the wrong order', async () => {
  const jobs = createBossJobs({ pool: database.pool, log })
  await expect(jobs.send('remove-old-rows', {})).rejects.toThrow('before the start')
  jobs.handle('remove-old-rows', async () => {})
  expect(() => jobs.handle('remove-old-rows', async () => {})).toThrow('two handlers')
})

it('starts in less than two seconds, the first time too', async () => {
  await database.pool.query('drop schema pgboss cascade')
  for (const _time of ['first', 'next']) {
    const began = performance.now()
    const jobs = await start(async () => {})
    expect(performance.now() - began).toBeLessThan(2000)
    await jobs.stop()
  }
})

it('goes on by itself after the database was away', async () => {
  const done: string[] = []
  const jobs = await start(async (pictureId) => void done.push(pictureId))
  await jobs.send('make-picture-variants', { pictureId: 'before' })
  await until(() => done.includes('before'))
  if (database.embedded) await database.embedded.restart()
  else
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
  // The first connection of the pool may still be the old one: senders see the outage, the queue gets over it.
  await until(() =>
    jobs.send('make-picture-variants', { pictureId: 'after' }).then(
      () => true,
      () => false,
    ),
  )
  await until(() => done.includes('after'))
})
