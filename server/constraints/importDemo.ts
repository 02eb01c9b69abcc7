import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { type LayerFeature, replaceLayerData } from './import.ts'

export interface DemoLayer {
  layerId: string
  source: string
  checksum: string
  features: readonly LayerFeature[]
}

/** Layers that may get example data: never tried before, or holding older or other example data. Real data is never replaced. */
async function selectLayersFor(trx: Database, layers: readonly DemoLayer[], renewBefore: Date): Promise<DemoLayer[]> {
  const rows = await trx
    .selectFrom('constraint_layer as l')
    .leftJoin('constraint_dataset as d', 'd.constraint_dataset_id', 'l.current_dataset_id')
    .where('l.is_mapped', '=', true)
    .select(['l.layer_id', 'l.current_dataset_id', 'l.attempted_at', 'd.is_demo', 'd.checksum', 'd.loaded_at'])
    .forUpdate('l')
    .execute()
  const byId = new Map(rows.map((row) => [row.layer_id, row]))
  return layers.filter(({ layerId, checksum }) => {
    const row = byId.get(layerId)
    if (row === undefined) return false
    if (row.current_dataset_id === null) return row.attempted_at === null
    return row.is_demo === true && (row.checksum !== checksum || (row.loaded_at as Date) < renewBefore)
  })
}

/**
 * Puts example data into layers that hold nothing real. Older example data is renewed, so that it does not count as
 * stale. Runs inside the transaction given; the database refuses it where no demo round is. Returns how many features.
 */
export async function importDemoLayers(trx: Database, layers: readonly DemoLayer[], loadedAt: Date, renewBefore: Date): Promise<number> {
  let count = 0
  for (const { layerId, source, checksum, features } of await selectLayersFor(trx, layers, renewBefore)) {
    const datasetDate = loadedAt.toISOString().slice(0, 10)
    const report = { example: true, note: source, featureCount: features.length }
    await replaceLayerData(trx, { layerId, source, sourceKind: 'demo', datasetDate, loadedAt, checksum, report }, features)
    count += features.length
  }
  return count
}

/** Removes every example data set; its layers are then as if never loaded. Returns how many layers. */
export async function deleteDemoLayers(trx: Database): Promise<number> {
  const emptied = await trx
    .updateTable('constraint_layer')
    .set({ current_dataset_id: null, attempted_at: sql<Date | null>`case when failure_kind is null then null else attempted_at end` })
    .where('current_dataset_id', 'in', (of) =>
      of.selectFrom('constraint_dataset').where('is_demo', '=', true).select('constraint_dataset_id'),
    )
    .executeTakeFirst()
  await trx.deleteFrom('constraint_dataset').where('is_demo', '=', true).execute()
  return Number(emptied.numUpdatedRows)
}
