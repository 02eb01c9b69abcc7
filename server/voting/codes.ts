import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { type DistrictSettings, type ElectionState, electionProblem } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import { districtOf, lockElectionState, readFrozenElection } from '../elections/setup.ts'
import { commonProblem } from '../kernel/problem.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import {
  cancelBatch,
  insertBatch,
  lockBatch,
  selectBatches,
  selectUsedInRound,
  updateCodeRoundClosed,
  upsertCodeRound,
} from './codeQueries.ts'
import { type CodeBatch, type MadeCodes, type NewCodeBatch, votingProblem } from './contract.ts'
import { codeKeyOf } from './personKey.ts'
import { holdDistrict } from './queries.ts'
import { CODE_ALPHABET, CODE_DRAWN, codeOf, formatCode } from './rules/codes.ts'
import { requireSameKey } from './sameKey.ts'
import { votingKeyOf } from './votingKey.ts'

function drawCodes(count: number): string[] {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(codeOf(Array.from({ length: CODE_DRAWN }, () => randomInt(CODE_ALPHABET.length))))
  return [...codes]
}

/** States in which a vote's boxes are closed. */
const CLOSED: readonly ElectionState[] = ['closed', 'counted', 'published', 'stopped']

export interface CodeOrder {
  year: number
  districtId: string
  meetingId: string | null
  roundNumber: number
  count: number
  actorName: string
  at: Date
}

/** Codes nobody could ever use are not printed: the box takes them where it decides, the rounds where they do. */
function takesCodes({ decidedBy }: DistrictSettings, roundNumber: number): boolean {
  return (decidedBy === 'ballots' && roundNumber === 0) || (decidedBy === 'knock-out' && roundNumber > 0)
}

/**
 * Makes a sheet of codes inside the caller's transaction; they are answered once and kept as salted hashes only. Knock-out rounds
 * have sheets of their own. @errors Problem `no-election`, `wrong-state` unless the vote is frozen or open, `codes-not-for-round`, `voting-key-differs`
 */
export async function createCodeBatch(
  trx: Database,
  { config }: Pick<Deps, 'config'>,
  order: CodeOrder,
): Promise<{ batchId: string; codes: string[] }> {
  const { year, districtId, meetingId, roundNumber, actorName, at } = order
  await lockElectionState(trx, year)
  // The log holds the vote's row: a set-up that is unfrozen at the same time takes this sheet along, or there is none.
  await appendLog(trx, year, { action: 'codes-made', actorName, detail: { districtId, roundNumber, count: order.count }, at })
  const election = await readFrozenElection(trx, year)
  const { settings } = districtOf(election, districtId)
  if (!['frozen', 'open'].includes(election.state)) throw electionProblem('wrong-state', { extra: { state: election.state } })
  if (!settings.channels.includes('code')) throw electionProblem('wrong-state', { detail: 'This district takes no codes.' })
  await requireSameKey({ db: trx, config })
  if (!takesCodes(settings, roundNumber)) throw votingProblem('codes-not-for-round', { extra: { decidedBy: settings.decidedBy } })
  const codes = drawCodes(order.count)
  const batchId = randomUUID()
  const codeKeys = codes.map((code) => codeKeyOf(votingKeyOf(config), year, code))
  const salt = randomBytes(16)
  const made = { createdBy: actorName, createdOn: copenhagenDate(at) }
  await insertBatch(trx, { batchId, year, districtId, meetingId, roundNumber, salt, codeKeys, ...made })
  return { batchId, codes: codes.map(formatCode) }
}

/** The same for the organiser's page, with where the codes are typed in. */
export function makeCodes(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  person: SessionPerson,
  year: number,
  wanted: NewCodeBatch,
): Promise<MadeCodes> {
  return deps.db.transaction().execute(async (trx) => {
    const at = deps.clock.now()
    const { batchId, codes } = await createCodeBatch(trx, deps, { year, ...wanted, actorName: person.displayName, at })
    const batch = (await selectBatches(trx, year)).find((one) => one.batchId === batchId) as CodeBatch
    return { batch, codes, voteUrl: `${deps.config.baseUrl}/stem/kode` }
  })
}

/** The sheets of a vote, without their codes. */
export async function readBatches(db: Database, year: number): Promise<{ items: CodeBatch[] }> {
  return { items: await selectBatches(db, year) }
}

/**
 * Takes a sheet back whose codes nobody has used; afterwards they are unknown. Taking it back twice is fine. What boxes were closed
 * with stays as it was. @errors Problem `no-election`, `wrong-state` once the boxes are closed, `not-found`, `batch-in-use`
 */
export function cancelCodes(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  person: SessionPerson,
  { year, batchId }: { year: number; batchId: string },
): Promise<CodeBatch> {
  return db.transaction().execute(async (trx) => {
    const state = await lockElectionState(trx, year)
    if (CLOSED.includes(state)) throw electionProblem('wrong-state', { extra: { state } })
    const batch = await lockBatch(trx, year, batchId)
    if (batch === undefined) throw commonProblem('not-found')
    if (batch.isInUse) throw votingProblem('batch-in-use')
    if (batch.cancelledAt === null) {
      const { districtId, count } = batch
      const at = clock.now()
      await cancelBatch(trx, batchId, at)
      await appendLog(trx, year, { action: 'codes-cancelled', actorName: person.displayName, detail: { districtId, count }, at })
    }
    return (await selectBatches(trx, year)).find((one) => one.batchId === batchId) as CodeBatch
  })
}

/** Opens a knock-out round to the codes made for it; a ballot names one of the projects that still stand, or none. */
export async function openCodeRound(
  trx: Database,
  round: { year: number; districtId: string; roundNumber: number; projectIds: readonly string[] },
): Promise<void> {
  await upsertCodeRound(trx, round)
}

/** How many have voted by code in a knock-out round; for whom stays in the box. */
export function readRoundTurnout(db: Database, year: number, districtId: string, roundNumber: number): Promise<number> {
  return selectUsedInRound(db, year, districtId, roundNumber)
}

/** Closes a knock-out round to codes: waits for the ballots on their way, and lets none after them. */
export async function closeCodeRound(trx: Database, year: number, districtId: string, roundNumber: number): Promise<void> {
  await holdDistrict(trx, year, districtId, { alone: true })
  await updateCodeRoundClosed(trx, year, districtId, roundNumber)
}
