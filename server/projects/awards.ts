import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import { insertProjectEvents, lockProject, updateAward } from './writeQueries.ts'

export interface ProjectAward {
  projectId: string
  /** 0: it lost. @unit whole kroner */
  amountDkk: number
  /** Danish, shown beside the amount. */
  note: string | null
  /** Why it lost what it had won; public. */
  passedOnReason?: string
}

/**
 * Writes what a vote gave projects, and that it gave others nothing; the history of each says so. Runs inside the transaction given.
 * @errors Problem `not-found` for a project that is not there
 */
export async function awardProjects(
  trx: Database,
  awards: readonly ProjectAward[],
  { at, actorId }: { at: Date; actorId: string | null },
): Promise<void> {
  // Whoever changes several projects takes them in the order of their names, so that nobody waits in a circle.
  for (const { projectId, amountDkk, note, passedOnReason } of awards.toSorted((a, b) => (a.projectId < b.projectId ? -1 : 1))) {
    const project = await lockProject(trx, projectId)
    if (project === undefined) throw commonProblem('not-found')
    await updateAward(trx, projectId, { amountDkk, note })
    const kind = amountDkk > 0 ? 'awarded' : passedOnReason === undefined ? 'not-awarded' : 'award-passed-on'
    await insertProjectEvents(trx, [{ projectId, kind, actorId, at, reason: passedOnReason }])
  }
}
