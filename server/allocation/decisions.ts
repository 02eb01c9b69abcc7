import { randomUUID } from 'node:crypto'
import { appendLog } from '../elections/log.ts'
import { readElection } from '../elections/setup.ts'
import { commonProblem, Problem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { readRound, readShares } from '../rounds/service.ts'
import { allocationProblem, type DecisionRecord, type NewDecisionRecord } from './contract.ts'
import { insertDecision, selectDecision, selectDecisions } from './queries.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** The decisions about a round, newest first, corrected ones included. @errors Problem `not-found` without such a round */
export async function readDecisions(reading: Reading, year: number): Promise<DecisionRecord[]> {
  await readRound(reading, year)
  return selectDecisions(reading.db, year)
}

/** Writes into the log of the round's vote, where it had one here. */
async function logIfElection(trx: Database, year: number, entry: Parameters<typeof appendLog>[2]): Promise<void> {
  const hasElection = await readElection(trx, year).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.kind === 'no-election') return false
      throw error
    },
  )
  if (hasElection) await appendLog(trx, year, entry)
}

/**
 * Adds what a political body decided about a round's result. A correction names the record it puts right, which stays.
 * @errors Problem `not-found` for round, district or the record to correct, `record-corrected` when another one came first
 */
export function addDecision(deps: Reading, person: SessionPerson, year: number, sent: NewDecisionRecord): Promise<DecisionRecord> {
  return deps.db.transaction().execute(async (trx) => {
    const reading = { db: trx, clock: deps.clock }
    const shares = await readShares(reading, year)
    if (sent.districtId !== null && !shares.some(({ districtId }) => districtId === sent.districtId)) throw commonProblem('not-found')
    const corrected = sent.correctsId === null ? null : await selectDecision(trx, year, sent.correctsId)
    if (corrected === undefined) throw commonProblem('not-found')
    const at = deps.clock.now()
    const decisionRecordId = randomUUID()
    const { personId: authorId, displayName: authorName } = person
    if (!(await insertDecision(trx, { ...sent, decisionRecordId, year, authorId, authorName, at }))) {
      const newer = sent.correctsId === null ? undefined : await selectDecision(trx, year, sent.correctsId)
      throw allocationProblem('record-corrected', { extra: { correctedById: newer?.correctedById ?? null } })
    }
    const { body, decidedOn, districtId, correctsId } = sent
    await logIfElection(trx, year, {
      action: 'record-decision',
      actorName: authorName,
      detail: { body, decidedOn, districtId, correctsId },
      at,
    })
    return (await selectDecision(trx, year, decisionRecordId)) as DecisionRecord
  })
}
