import type { Database } from '../db/connect.ts'

/** Work done after the answer, by whichever process gets to it. Names and payloads are listed here once. */
export interface JobPayloads {
  'make-picture-variants': { pictureId: string }
  'remove-old-rows': Record<string, never>
  /** Null: every round that is not over. */
  'recheck-feasibility': { roundYear: number | null }
  'load-constraint-layer': { layerId: string }
  'load-constraint-layers': Record<string, never>
  'move-elections': Record<string, never>
}
export type JobName = keyof JobPayloads

export interface Jobs {
  /**
   * Queues a job; with `db` it is queued only if that transaction commits. Of jobs that wait under one `key` in a queue of
   * the policy `short` only the first is kept.
   */
  send<Name extends JobName>(name: Name, payload: JobPayloads[Name], options?: { db?: Database; key?: string }): Promise<void>
  /** Registers what does the job; called while the rooms are put together, before `start`. */
  handle<Name extends JobName>(name: Name, run: (payload: JobPayloads[Name]) => Promise<void>): void
  /** Runs a job again and again by a cron line (Europe/Copenhagen). */
  schedule(name: JobName, cron: string): void
}
