import { hash } from 'node:crypto'
import type { CastBallot } from '../allocation/rules/election.ts'
import { closeDistricts } from '../elections/closing.ts'
import { electionProblem } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import type { Confirmation } from '../elections/parts.ts'
import { readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import { insertRoot, rewriteBoxes, selectBallots, selectBoxCounts, selectReceiptHashes, selectReceipts } from './boxQueries.ts'
import { selectCodeRound } from './codeQueries.ts'
import { type ReceiptList, votingProblem } from './contract.ts'
import { holdDistrict } from './queries.ts'
import { readBallot } from './rules/ballot.ts'
import { merkleRoot } from './rules/merkle.ts'

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer')

/**
 * Closes the boxes of a vote inside the caller's transaction: waits for the ballots on their way and lets none after them,
 * rewrites what was written with them in sorted order, and makes the roots of the receipts, which go into the vote's log with
 * what each box holds. A box that does not add up is closed too, and the log names it. Closing what is closed does nothing.
 */
export async function closeBoxes(trx: Database, year: number, { actorName, at }: Confirmation): Promise<void> {
  const closed = await closeDistricts(trx, year)
  if (closed.length === 0) return
  await rewriteBoxes(trx, year)
  const boxes = (await selectBoxCounts(trx, year)).filter(({ districtId }) => closed.includes(districtId))
  const roots = new Map<string, string>()
  for (const { districtId, ballots } of boxes) {
    const root = merkleRoot(await selectReceiptHashes(trx, year, districtId), sha256)
    await insertRoot(trx, { year, districtId, ballots, merkleRoot: root })
    roots.set(districtId, root)
  }
  const districts = boxes.map((box) => ({ ...box, merkleRoot: roots.get(box.districtId) ?? '' }))
  await appendLog(trx, year, { action: 'boxes-closed', actorName, detail: { districts }, at })
  const differing = boxes
    .filter(({ ballots, marks, codes, receipts }) => marks + codes !== ballots || receipts !== ballots)
    .map((box) => ({ ...box }))
  if (differing.length > 0) await appendLog(trx, year, { action: 'boxes-differ', actorName, detail: { districts: differing }, at })
}

/**
 * Closes the boxes of a vote that is stopped, inside the caller's transaction: ballots on their way are in before or refused, as
 * in closing, and what was written with them is rewritten in sorted order. Nothing is counted, so no root is made and no receipt
 * published.
 */
export async function stopBoxes(trx: Database, year: number): Promise<void> {
  const closed = await closeDistricts(trx, year)
  // Closed boxes were rewritten when they were closed.
  if (closed.length > 0) await rewriteBoxes(trx, year)
}

async function readClosed(trx: Database, year: number, districtId: string, roundNumber: number): Promise<CastBallot[]> {
  return (await selectBallots(trx, year, districtId, roundNumber)).map(readBallot)
}

/**
 * The ballots of a closed box, sorted; blank ones name nothing. Nobody reads them before.
 * @errors Problem `no-election`, `wrong-state` while the box is open
 */
export async function readBallotsForCount(trx: Database, year: number, districtId: string, roundNumber = 0): Promise<CastBallot[]> {
  const district = await holdDistrict(trx, year, districtId, { alone: false })
  if (district === undefined) throw electionProblem('no-election')
  if (!district.isClosed) throw electionProblem('wrong-state', { detail: 'The box is not closed.' })
  return readClosed(trx, year, districtId, roundNumber)
}

/**
 * The ballots by code of a knock-out round that is closed to codes, for its counters.
 * @errors Problem `wrong-state` while it is open
 */
export async function readRoundBallots(trx: Database, year: number, districtId: string, roundNumber: number): Promise<CastBallot[]> {
  if (roundNumber < 1) throw electionProblem('wrong-state', { detail: 'This is the box of the district.' })
  const round = await selectCodeRound(trx, year, districtId, roundNumber)
  if (round?.isOpen) throw electionProblem('wrong-state', { detail: 'The round is open.' })
  return readClosed(trx, year, districtId, roundNumber)
}

/** The receipts of a closed vote. @errors Problem `no-election`, `receipts-not-published` until then */
export async function readReceipts(db: Database, year: number): Promise<ReceiptList> {
  await readFrozenElection(db, year)
  const districts = await selectReceipts(db, year)
  if (districts.length === 0) throw votingProblem('receipts-not-published')
  return { roundYear: year, districts }
}
