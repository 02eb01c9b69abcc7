import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { LayerLoad, LoadFailureKind } from './contract.ts'

/** A running load without a sign of life for so long died with its process; a queued one was lost. */
const DEAD_AFTER = { running: '2 minutes', queued: '6 hours' } as const
const isDead = sql<boolean>`seen_at < now() - case status when 'running' then ${sql.lit(DEAD_AFTER.running)} else ${sql.lit(DEAD_AFTER.queued)} end::interval`

export interface LoadableLayer {
  layerId: string
  isMapped: boolean
  source: unknown
  /** Of the data it has of its own; `null` when it has none, or only the demo's. */
  current: { datasetId: number; featureCount: number; checksum: string } | null
}

/** What a load has to know of a layer; `null` when the catalogue has none of that name. */
export async function selectLoadableLayer(db: Database, layerId: string): Promise<LoadableLayer | null> {
  const row = await db
    .selectFrom('constraint_layer as l')
    .leftJoin('constraint_dataset as d', (join) =>
      join.onRef('d.constraint_dataset_id', '=', 'l.current_dataset_id').on('d.is_demo', '=', false),
    )
    .where('l.layer_id', '=', layerId)
    .select(['l.is_mapped', 'l.source', 'd.constraint_dataset_id', 'd.feature_count', 'd.checksum'])
    .executeTakeFirst()
  if (row === undefined) return null
  const { constraint_dataset_id: datasetId, feature_count: featureCount, checksum } = row
  const current = datasetId === null || featureCount === null || checksum === null ? null : { datasetId, featureCount, checksum }
  return { layerId, isMapped: row.is_mapped, source: row.source, current }
}

/** Every mapped layer with its source, in the catalogue's order. */
export async function selectMappedLayers(db: Database): Promise<{ layerId: string; source: unknown }[]> {
  return db
    .selectFrom('constraint_layer')
    .where('is_mapped', '=', true)
    .select(['layer_id as layerId', 'source'])
    .orderBy('layer_number')
    .execute()
}

/**
 * Takes the one place a layer has for a load, unless another holds it that is alive; a running one also takes the place of
 * one that was queued. What a dead one had staged goes. `false`: somebody else has it.
 */
export async function claimLoad(db: Database, layerId: string, loadId: string, status: LayerLoad['status']): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`
      delete from constraint_load
      where layer_id = ${layerId} and (${isDead} or (status = 'queued' and ${status} = 'running'))`.execute(trx)
    const { rows } = await sql`
      insert into constraint_load (layer_id, load_id, status, started_at, seen_at)
      values (${layerId}, ${loadId}::uuid, ${status}, now(), now())
      on conflict (layer_id) do nothing returning layer_id`.execute(trx)
    return rows.length === 1
  })
}

/** A sign of life, and how far the load is; what was fetched counts until more is staged. `false`: another one has its place. */
export async function touchLoad(db: Database, loadId: string, featureCount: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('constraint_load')
    .set({ seen_at: sql<Date>`now()`, feature_count: sql<number>`greatest(feature_count, ${featureCount}::integer)` })
    .where('load_id', '=', loadId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Gives the place free, with everything staged. */
export async function releaseLoad(db: Database, loadId: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('constraint_load').where('load_id', '=', loadId).executeTakeFirst()
  return numDeletedRows === 1n
}

/** Gives the place of a queued load free; one that runs keeps it. */
export async function releaseQueued(db: Database, layerId: string): Promise<void> {
  await db.deleteFrom('constraint_load').where('layer_id', '=', layerId).where('status', '=', 'queued').execute()
}

/** The load of a layer that is queued or under way and alive. */
export async function selectLoad(db: Database, layerId: string): Promise<LayerLoad | null> {
  const row = await db
    .selectFrom('constraint_load')
    .where('layer_id', '=', layerId)
    .where(({ not }) => not(isDead))
    .select([
      'layer_id as layerId',
      sql<LayerLoad['status']>`status`.as('status'),
      'started_at as startedAt',
      'feature_count as featureCount',
    ])
    .executeTakeFirst()
  return row === undefined ? null : { ...row, startedAt: row.startedAt.toISOString() }
}

/** Writes down that a load failed; the data stays, but the layer counts as not checked. */
export async function updateFailure(
  db: Database,
  layerId: string,
  failure: { kind: LoadFailureKind; detail: string; at: Date },
): Promise<void> {
  await db
    .updateTable('constraint_layer')
    .set({ attempted_at: failure.at, failure_kind: failure.kind, failure_detail: failure.detail })
    .where('layer_id', '=', layerId)
    .execute()
}
