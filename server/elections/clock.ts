import type { Deps } from '../platform/deps.ts'
import { appendLog } from './log.ts'
import { lockElection, selectDatabaseNow, selectDueElections, selectElection } from './queries.ts'
import { advanceElection } from './writeQueries.ts'

/** How far this machine's clock and the database's may be apart. @unit milliseconds */
const TOLERANCE_MS = 5_000
const ACTOR = 'clock'

type Moving = Pick<Deps, 'db' | 'clock' | 'log'>

/**
 * Whether the time of day can be trusted: two clocks of two programs agree. A clock that a test or a demonstration has set
 * agrees with none and is taken at its word.
 */
async function isClockRight({ db, clock, log }: Moving): Promise<boolean> {
  if (clock.isSetByHand) return true
  const before = clock.now()
  const database = await selectDatabaseNow(db)
  const after = clock.now()
  const isEarly = database.getTime() < before.getTime() - TOLERANCE_MS
  const isLate = database.getTime() > after.getTime() + TOLERANCE_MS
  if (!isEarly && !isLate) return true
  log.warn({ process: after.toISOString(), database: database.toISOString() }, 'the clocks disagree: no vote is opened or ended')
  return false
}

/** Takes one vote on if its time has come; false when there is nothing to do. */
async function moveOne({ db, clock }: Moving, year: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = (await lockElection(trx, year)) ? await selectElection(trx, year) : undefined
    if (row === undefined) return false
    const { state, opensAt, closesAt } = row
    const at = clock.now()
    if (state === 'frozen' && opensAt !== null && opensAt <= at) {
      await advanceElection(trx, year, 'open', at)
      await appendLog(trx, year, { action: 'vote-opened', actorName: ACTOR, detail: { opensAt: opensAt.toISOString() }, at })
      return true
    }
    if (state === 'open' && closesAt !== null && closesAt <= at) {
      await advanceElection(trx, year, 'ended', at)
      await appendLog(trx, year, { action: 'vote-ended', actorName: ACTOR, detail: { closesAt: closesAt.toISOString() }, at })
      return true
    }
    return false
  })
}

/** Opens what is due to open, then ends what is due to end; each in a transaction of its own. */
export async function moveElections(deps: Moving): Promise<void> {
  const due = await selectDueElections(deps.db, deps.clock.now())
  if (due.length === 0 || !(await isClockRight(deps))) return
  for (const { roundYear } of due) {
    // A server that slept through both opens and ends at once; the log says when.
    while (await moveOne(deps, roundYear));
  }
}

/** Votes open and end by the clock: once a minute somebody looks. */
export function handleElectionJobs(deps: Deps): void {
  deps.jobs.handle('move-elections', () => moveElections(deps))
  deps.jobs.schedule('move-elections', '* * * * *')
}
