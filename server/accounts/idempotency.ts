import { createHash } from 'node:crypto'
import { commonProblem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'

export interface StoredAnswer {
  status: number
  body: unknown
}

interface KeyedRequest {
  personId: string
  /** The header `Idempotency-Key`; undefined means that the sender does not ask for it. */
  key: string | undefined
  /** What was sent; the same key with something else is refused. */
  request: unknown
}

/**
 * Does `run` once per person and key inside the caller's transaction and repeats its answer afterwards.
 * A second request with the same key waits at the primary key until the first has ended.
 * @errors Problem `idempotency-mismatch` when the key came with another request
 */
export async function onceOnly(
  trx: Database,
  { personId, key, request }: KeyedRequest,
  run: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  if (key === undefined) return run()
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('base64url')
  const reserved = await trx
    .insertInto('idempotency_key')
    .values({ person_id: personId, key, request_hash: hash })
    .onConflict((conflict) => conflict.columns(['person_id', 'key']).doNothing())
    .executeTakeFirst()
  if (Number(reserved.numInsertedOrUpdatedRows) === 1) {
    const answer = await run()
    await trx
      .updateTable('idempotency_key')
      .set({ response_status: answer.status, response_body: JSON.stringify(answer.body) })
      .where('person_id', '=', personId)
      .where('key', '=', key)
      .execute()
    return answer
  }
  const earlier = await trx
    .selectFrom('idempotency_key')
    .select(['request_hash', 'response_status', 'response_body'])
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (earlier.request_hash !== hash) throw commonProblem('idempotency-mismatch')
  return { status: earlier.response_status as number, body: earlier.response_body }
}
