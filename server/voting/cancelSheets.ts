import { appendLog } from '../elections/log.ts'
import type { Database } from '../platform/db/connect.ts'
import { cancelBatch, lockBatch, selectBatches } from './codeQueries.ts'
import { votingProblem } from './contract.ts'

/**
 * Takes back every sheet of codes of a vote that becomes a draft again, inside the caller's transaction, which holds the vote: what
 * is printed on them was made for a set-up that no longer stands. Answers how many. @errors Problem `batch-in-use` when a code has been used
 */
export async function cancelEverySheet(trx: Database, year: number, { actorName, at }: { actorName: string; at: Date }): Promise<number> {
  const sheets = (await selectBatches(trx, year)).filter(({ cancelledAt }) => cancelledAt === null)
  for (const { batchId, districtId, count } of sheets) {
    const locked = await lockBatch(trx, year, batchId)
    if (locked?.isInUse) throw votingProblem('batch-in-use')
    await cancelBatch(trx, batchId, at)
    await appendLog(trx, year, { action: 'codes-cancelled', actorName, detail: { districtId, count }, at })
  }
  return sheets.length
}
