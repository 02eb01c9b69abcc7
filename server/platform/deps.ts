import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/connect.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { Storage } from './storage/storage.ts'

/** What every room gets: made once in `main`, replaced one by one in tests. */
export interface Deps {
  readonly config: Config
  readonly db: Database
  readonly isEmbedded: boolean
  readonly encodesTiles: boolean
  readonly clock: Clock
  readonly log: Log
  readonly jobs: Jobs
  readonly storage: Storage
}
