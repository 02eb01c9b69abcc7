import type pg from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import { StartError } from '../config.ts'
import { describeFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { queueOverPool } from './bossDatabase.ts'
import type { JobName, JobPayloads, Jobs } from './jobs.ts'
import { QUEUES } from './queues.ts'

const TIME_ZONE = 'Europe/Copenhagen'
// Finds what other processes queued; what this process queues wakes it at once.
const POLLING_S = 1
// A transaction tells nobody here when it commits: look once shortly after, then polling finds it.
const AFTER_COMMIT_MS = 120
const STOP_MS = 10_000
const OUTAGE_LOG_MS = 30_000

type Run = (payload: never) => Promise<void>

export interface RunningJobs extends Jobs {
  /** Makes the tables and queues where missing and begins to work. @errors StartError when the database refuses them */
  start(): Promise<void>
  /** Lets running jobs end and takes no new ones. */
  stop(): Promise<void>
}

function createBoss(pool: pg.Pool, schedules: number): PgBoss {
  return new PgBoss({
    db: queueOverPool(pool),
    schedule: schedules > 0,
    superviseIntervalSeconds: 20,
    monitorIntervalSeconds: 20,
    flowIntervalSeconds: 600,
    reindex: false,
    monitorVacuum: false,
    // Host names and process ids belong in nobody's backup.
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
}

/** An outage is one sentence every half minute, not one per poll. */
function logOutages(boss: PgBoss, log: Log): void {
  let loggedAt = Number.NEGATIVE_INFINITY
  boss.on('error', (error) => {
    if (performance.now() - loggedAt < OUTAGE_LOG_MS) return
    loggedAt = performance.now()
    log.warn({ code: (error as { code?: string }).code ?? null, cause: error.message }, 'jobs wait for the database')
  })
}

async function createQueues(boss: PgBoss): Promise<void> {
  const existing = new Set((await boss.getQueues(Object.keys(QUEUES))).map((queue) => queue.name))
  for (const [name, options] of Object.entries(QUEUES)) {
    const { policy: _fixed, ...changeable } = options
    await (existing.has(name) ? boss.updateQueue(name, changeable) : boss.createQueue(name, options))
  }
}

async function createSchedules(boss: PgBoss, schedules: Map<JobName, string>): Promise<void> {
  for (const old of await boss.getSchedules()) {
    if (!schedules.has(old.name as JobName)) await boss.unschedule(old.name)
  }
  for (const [name, cron] of schedules) await boss.schedule(name, cron, {}, { tz: TIME_ZONE, missed: 'once' })
}

async function work(boss: PgBoss, name: JobName, run: Run, log: Log): Promise<string> {
  const worker: string = await boss.work<JobPayloads[JobName]>(name, { pollingIntervalSeconds: POLLING_S }, async ([job]) => {
    if (!job) return
    // Where one was waiting there may be more: look again right after this one.
    boss.notifyWorker(worker)
    try {
      await run(job.data as never)
    } catch (error) {
      const failure = describeFailure(error)
      log.error({ job: name, jobId: job.id, attempt: job.retryCount + 1, ...failure }, 'job failed')
      // What is thrown here is kept in the queue's table.
      throw new Error(failure.code ?? failure.error)
    }
  })
  return worker
}

function refusal(error: unknown): unknown {
  if ((error as { code?: string }).code !== '42501') return error
  return new StartError(
    'The database user may not create the schema "pgboss" for background jobs. Let an administrator run: GRANT CREATE ON DATABASE <database> TO <user>;',
  )
}

/** Background jobs kept in the database (pg-boss), so that any process may do them and none is lost with a process. */
export function createBossJobs({ pool, log }: { pool: pg.Pool; log: Log }): RunningJobs {
  const runs = new Map<JobName, Run>()
  const schedules = new Map<JobName, string>()
  const workers = new Map<JobName, string>()
  let boss: PgBoss | null = null

  const wake = (name: JobName) => {
    const worker = workers.get(name)
    if (worker !== undefined) boss?.notifyWorker(worker)
  }

  return {
    handle(name, run) {
      if (boss || runs.has(name)) throw new Error(`job ${name} ${boss ? 'is handled after the start' : 'has two handlers'}`)
      runs.set(name, run as Run)
    },
    schedule(name, cron) {
      if (boss) throw new Error(`job ${name} is scheduled after the start`)
      schedules.set(name, cron)
    },
    async send(name, payload, options = {}) {
      if (!boss) throw new Error(`job ${name} is sent before the start`)
      const inTransaction = options.db?.isTransaction === true
      const key = options.key === undefined ? {} : { singletonKey: options.key }
      await boss.send(name, payload, options.db ? { db: fromKysely(options.db), ...key } : key)
      if (inTransaction) setTimeout(wake, AFTER_COMMIT_MS, name).unref()
      else wake(name)
    },
    async start() {
      const starting = createBoss(pool, schedules.size)
      logOutages(starting, log)
      try {
        await starting.start()
        await createQueues(starting)
        if (schedules.size > 0) await createSchedules(starting, schedules)
      } catch (error) {
        await starting.stop({ graceful: false })
        throw refusal(error)
      }
      boss = starting
      for (const [name, run] of runs) workers.set(name, await work(starting, name, run, log))
    },
    async stop() {
      const stopping = boss
      boss = null
      await stopping?.stop({ graceful: true, timeout: STOP_MS })
    },
  }
}
