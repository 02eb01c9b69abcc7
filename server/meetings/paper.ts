import { randomUUID } from 'node:crypto'
import { electionProblem } from '../elections/contract.ts'
import { districtOf, readFrozenElection } from '../elections/setup.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import type { Batch, BatchDetail, BatchList, NewBatch } from './contract.ts'
import { type BatchRow, decideBatchRow, insertBatch, replaceBatchRow, selectBatches, selectContent } from './paperQueries.ts'
import { meetingProblem } from './problems.ts'
import type { MeetingKey } from './queries.ts'
import { contentHash, faultOf, gathered, gatheredInvalid, papersIn } from './rules/paperBatch.ts'
import { atMeeting, logWork, meansOf, UNTIL_CLOSED, type Work } from './work.ts'

type PaperDeps = Pick<Deps, 'db' | 'clock'>

function batchOf(row: BatchRow, personId: string): Batch {
  const { contentSha256: _hash, enteredBy, enteredAt, ...batch } = row
  return { ...batch, isMine: enteredBy === personId, enteredAt: enteredAt.toISOString() }
}

/** The batches of a district, without what their ballots say. @errors Problem `no-election` */
export async function readBatches(deps: PaperDeps, person: SessionPerson, key: MeetingKey): Promise<BatchList> {
  districtOf(await readFrozenElection(deps.db, key.year), key.districtId)
  const rows = await selectBatches(deps.db, key)
  return { items: rows.map((row) => batchOf(row, person.personId)) }
}

const find = (rows: readonly BatchRow[], batchId: string): BatchRow => {
  const row = rows.find((one) => one.batchId === batchId)
  if (row === undefined) throw meetingProblem('no-batch')
  return row
}

/**
 * One batch. What was entered shows to a second clerk only, until it is decided, to be compared with the papers: the vote goes on,
 * and whoever entered it holds the papers already. Each reading stands in the vote's log. @errors Problem `no-election`, `no-batch`
 */
export async function readBatch(deps: PaperDeps, person: SessionPerson, key: MeetingKey, batchId: string): Promise<BatchDetail> {
  const row = find(await selectBatches(deps.db, key), batchId)
  const { state } = await readFrozenElection(deps.db, key.year)
  const isForReview = row.state === 'entered' && row.enteredBy !== person.personId && UNTIL_CLOSED.includes(state)
  if (!isForReview) return { ...batchOf(row, person.personId), content: null }
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    // Another may have decided it a moment ago.
    const current = find(await selectBatches(work.trx, key), batchId)
    const batch = batchOf(current, person.personId)
    if (current.state !== 'entered') return { ...batch, content: null }
    await logWork(work, 'paper-read', { label: current.label, recount: current.recountNumber })
    return { ...batch, content: await selectContent(work.trx, batchId) }
  })
}

/** What was entered in one writing, every ballot valid and all papers there. @errors Problem `paper-not-valid`, `control-total-differs` */
function contentOf({ district }: Work, sent: NewBatch) {
  const { lines, settings, shareDkk } = district
  for (const [tally, entered] of sent.tallies.entries()) {
    const reason = faultOf(entered, { lines, settings, shareDkk })
    if (reason !== null) throw meetingProblem('paper-not-valid', { extra: { tally, reason } })
  }
  const content = { tallies: gathered(sent.tallies, lines), invalid: gatheredInvalid(sent.invalid) }
  const entered = papersIn(content)
  if (entered !== sent.controlTotal) throw meetingProblem('control-total-differs', { extra: { entered, stated: sent.controlTotal } })
  return { ...content, contentSha256: contentHash(content.tallies, content.invalid) }
}

/** The accepted batch a recount counts again, with the recount's number. @errors Problem `no-batch`, `batch-decided`, `batch-entered` */
function recountOf(batches: readonly BatchRow[], { recount }: NewBatch, personId: string) {
  if (recount === null) return null
  const old = batches.find(({ batchId }) => batchId === recount.batchId)
  if (old === undefined) throw meetingProblem('no-batch')
  if (old.state !== 'accepted') throw meetingProblem('batch-decided', { extra: { state: old.state } })
  const waiting = batches.find(({ replacesBatchId, state }) => replacesBatchId === old.batchId && state === 'entered')
  if (waiting) throw meetingProblem('batch-entered', { extra: { batch: batchOf(waiting, personId) } })
  const again = batches.filter(({ label }) => label === old.label).map(({ recountNumber }) => recountNumber)
  return { old, recountNumber: Math.max(...again) + 1 }
}

function checkNew(batches: readonly BatchRow[], sent: NewBatch, contentSha256: string, personId: string): void {
  const counts = batches.filter(({ state }) => state !== 'refused')
  const same = counts.find(({ label }) => label.toLowerCase() === sent.label.toLowerCase())
  if (same) throw meetingProblem('batch-entered', { extra: { batch: batchOf(same, personId) } })
  const twin = counts.find((one) => one.state !== 'replaced' && one.contentSha256 === contentSha256)
  if (twin && !sent.isAnother) throw meetingProblem('batch-same-content', { extra: { batch: batchOf(twin, personId) } })
}

/**
 * Enters a pile of papers with the number counted out of the box. The same label, or the same content unless it is said to be
 * another pile, is noticed. A recount goes beside the batch it counts again. @errors Problem `channel-not-used`, `paper-not-valid`, `control-total-differs`, `batch-entered`, `batch-same-content`, `no-batch`, `batch-decided`
 */
export function enterBatch(deps: PaperDeps, person: SessionPerson, key: MeetingKey, sent: NewBatch): Promise<Batch> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, district, at } = work
    if (!meansOf(district).includes('paper')) throw meetingProblem('channel-not-used')
    if (district.settings.decidedBy !== 'ballots') throw meetingProblem('not-decided-so')
    const content = contentOf(work, sent)
    const batches = await selectBatches(trx, key)
    const recount = recountOf(batches, sent, person.personId)
    if (recount === null) checkNew(batches, sent, content.contentSha256, person.personId)
    const batchId = randomUUID()
    const label = recount?.old.label ?? sent.label
    await insertBatch(trx, key, {
      batchId,
      label,
      recountNumber: recount?.recountNumber ?? 0,
      replacesBatchId: recount?.old.batchId ?? null,
      recountReason: sent.recount?.reason ?? null,
      controlTotal: sent.controlTotal,
      ...content,
      personId: person.personId,
      name: person.displayName,
      at,
    })
    const detail = { label, papers: sent.controlTotal, invalid: papersIn({ tallies: [], invalid: content.invalid }) }
    if (recount === null) await logWork(work, 'paper-entered', detail)
    else await logWork(work, 'paper-recounted', { ...detail, recount: recount.recountNumber, reason: sent.recount?.reason ?? null })
    return batchWith(work, batchId)
  })
}

async function batchWith({ trx, key, person }: Work, batchId: string): Promise<Batch> {
  return batchOf(find(await selectBatches(trx, key), batchId), person.personId)
}

/**
 * Accepts a batch that another clerk entered, or refuses it with a reason. An accepted recount sets the batch it counts again
 * aside. Of several at once one decides. @errors Problem `no-batch`, `batch-decided`, `needs-second-person`
 */
export function decideBatch(
  deps: PaperDeps,
  person: SessionPerson,
  key: MeetingKey,
  batchId: string,
  decision: { state: 'accepted' } | { state: 'refused'; reason: string },
): Promise<Batch> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, at } = work
    const row = find(await selectBatches(trx, key), batchId)
    if (row.state !== 'entered') throw meetingProblem('batch-decided', { extra: { state: row.state } })
    if (row.enteredBy === person.personId) throw electionProblem('needs-second-person')
    const reason = decision.state === 'refused' ? decision.reason : null
    await decideBatchRow(trx, batchId, { state: decision.state, reason, personId: person.personId, name: person.displayName, at })
    if (decision.state === 'accepted' && row.replacesBatchId !== null) await replaceBatchRow(trx, row.replacesBatchId)
    const detail = { label: row.label, recount: row.recountNumber, papers: row.controlTotal, enteredBy: row.clerkName }
    await logWork(
      work,
      decision.state === 'accepted' ? 'paper-accepted' : 'paper-refused',
      reason === null ? detail : { ...detail, reason },
    )
    return batchWith(work, batchId)
  })
}
