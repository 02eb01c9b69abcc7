import { appendLog } from '../elections/log.ts'
import { readElection } from '../elections/setup.ts'
import { Problem } from '../kernel/problem.ts'
import { StartError } from '../platform/config.ts'
import type { Deps } from '../platform/deps.ts'
import type { SealedExport } from './audit.ts'
import { deleteSealed, selectSealed } from './boxQueries.ts'

type OpeningDeps = Pick<Deps, 'db' | 'clock'>

// Openings are handed out and destroyed where the database is, by whoever may use the command there.
const ACTOR = 'command'

/** Until then somebody may still ask for the auditors' check. */
const OVER: readonly string[] = ['published', 'stopped']

function withoutVote(year: number) {
  return (error: unknown): never => {
    if (error instanceof Problem && error.kind === 'no-election') throw new StartError(`There is no vote of ${year}.`)
    throw error
  }
}

/** The sealed openings of a closed vote, for its auditors; the vote's log tells that they were handed out. @errors StartError */
export function exportOpenings({ db, clock }: OpeningDeps, year: number): Promise<SealedExport> {
  const work = db.transaction().execute(async (trx): Promise<SealedExport> => {
    const rows = await selectSealed(trx, year)
    if (rows.length === 0) throw new StartError(`There are no receipts of ${year}, or its boxes are not closed.`)
    const receipts = rows.map(({ sealed, ...row }) => ({ ...row, sealed: sealed?.toString('base64') ?? null }))
    const count = receipts.filter(({ sealed }) => sealed !== null).length
    await appendLog(trx, year, { action: 'openings-exported', actorName: ACTOR, detail: { count }, at: clock.now() })
    return { format: 'borgermillionen-sealed-1', roundYear: year, receipts }
  })
  return work.catch(withoutVote(year))
}

/**
 * Destroys the sealed openings of a vote that is published or stopped, and says so in its log; answers how many there were.
 * @errors StartError when the vote is not over, or there are none
 */
export function destroyOpenings({ db, clock }: OpeningDeps, year: number): Promise<number> {
  const work = db.transaction().execute(async (trx) => {
    const count = await deleteSealed(trx, year)
    // Holds the vote, so that its state is the one the openings go with.
    await appendLog(trx, year, { action: 'openings-destroyed', actorName: ACTOR, detail: { count }, at: clock.now() })
    const { state } = await readElection(trx, year)
    if (!OVER.includes(state))
      throw new StartError(
        `The vote of ${year} is ${state}: its openings are destroyed when it is published or stopped. Nothing was changed.`,
      )
    if (count === 0) throw new StartError(`There are no sealed openings of ${year}.`)
    return count
  })
  return work.catch(withoutVote(year))
}
