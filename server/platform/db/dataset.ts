import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './connect.ts'

export interface DatasetSource {
  datasetId: string
  /** Where it came from, for people. */
  source: string
  content: readonly string[]
  /** Grows when the loader makes other rows of the same file, so that they are made again. */
  revision: number
}

export type LoadOutcome = { loaded: true; rowCount: number } | { loaded: false }

function checksumOf({ content, revision }: DatasetSource): string {
  const hash = createHash('sha256').update(String(revision))
  for (const text of content) hash.update(createHash('sha256').update(text).digest())
  return hash.digest('hex')
}

/**
 * Loads a data set in one transaction unless this very content was loaded before. Processes that start together wait
 * for each other, and only the first one loads.
 */
export async function loadOnce(db: Database, dataset: DatasetSource, load: (trx: Database) => Promise<number>): Promise<LoadOutcome> {
  const checksum = checksumOf(dataset)
  const isLoaded = async (on: Database) => {
    const row = await on.selectFrom('dataset').select('checksum').where('dataset_id', '=', dataset.datasetId).executeTakeFirst()
    return row?.checksum === checksum
  }
  if (await isLoaded(db)) return { loaded: false }
  return db.transaction().execute(async (trx) => {
    await sql`lock table dataset in share row exclusive mode`.execute(trx)
    if (await isLoaded(trx)) return { loaded: false }
    const rowCount = await load(trx)
    const row = { source: dataset.source, checksum, row_count: rowCount, loaded_at: sql<Date>`now()` }
    await trx
      .insertInto('dataset')
      .values({ dataset_id: dataset.datasetId, ...row })
      .onConflict((conflict) => conflict.column('dataset_id').doUpdateSet(row))
      .execute()
    return { loaded: true, rowCount }
  })
}
