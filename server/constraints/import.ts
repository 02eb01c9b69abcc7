import { sql } from 'kysely'
import { STORAGE_SRID } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'
import type { CatalogueEntry } from './catalogueFile.ts'
import { CATALOGUE_EDITOR } from './limits.ts'
import { lockVersions } from './queries.ts'

const FIRST_REASON = 'Catalogue that comes with the program'

function columnsOf(entry: CatalogueEntry) {
  return {
    layer_number: entry.layerNumber,
    work_order: entry.workOrder,
    name_da: entry.name.da,
    name_en: entry.name.en,
    law_da: entry.law.da,
    law_en: entry.law.en,
    law_url: entry.lawUrl,
    rule_da: entry.rule.da,
    rule_en: entry.rule.en,
    authority_da: entry.authority.da,
    authority_en: entry.authority.en,
    waiting_weeks: entry.waitingWeeks,
    is_mapped: entry.isMapped,
    relation: entry.relation,
    distance_m: entry.distanceM,
    warn_m: entry.warnM,
    needs_coverage: entry.needsCoverage,
    stale_after_days: entry.staleAfterDays,
    is_shareable: entry.isShareable,
    attribution: entry.attribution,
    source: JSON.stringify({ ...entry.source, services: entry.services }),
    verification: JSON.stringify(entry.verification),
  }
}

/** Adds the catalogue's own words as a version, unless they are the newest of the catalogue already or a planner wrote since. */
async function addOwnVersion(trx: Database, { layerId, severities, citizenText, plannerText }: CatalogueEntry): Promise<void> {
  const newest = await trx
    .selectFrom('constraint_layer_version')
    .where('layer_id', '=', layerId)
    .select(['editor_name', 'severities', 'citizen_text_da', 'citizen_text_en', 'planner_text_da', 'planner_text_en'])
    .orderBy('constraint_layer_version_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const words = {
    severities: JSON.stringify(severities),
    citizen_text_da: citizenText.da,
    citizen_text_en: citizenText.en,
    planner_text_da: plannerText.da,
    planner_text_en: plannerText.en,
  }
  if (newest !== undefined) {
    const { editor_name, severities: known, ...texts } = newest
    const isSame =
      Object.entries(severities).every(([type, severity]) => (known as Record<string, number>)[type] === severity) &&
      Object.entries(texts).every(([column, text]) => words[column as keyof typeof words] === text)
    if (isSame || editor_name !== CATALOGUE_EDITOR) return
  }
  await trx
    .insertInto('constraint_layer_version')
    .values({ layer_id: layerId, ...words, editor_name: CATALOGUE_EDITOR, reason: FIRST_REASON, edited_at: sql<Date>`now()` })
    .execute()
}

/** Makes the catalogue hold these layers; what a planner changed stays. Runs inside the transaction given. */
export async function upsertCatalogue(trx: Database, entries: readonly CatalogueEntry[]): Promise<void> {
  await lockVersions(trx)
  for (const entry of entries) {
    const columns = columnsOf(entry)
    await trx
      .insertInto('constraint_layer')
      .values({ layer_id: entry.layerId, ...columns })
      .onConflict((conflict) => conflict.column('layer_id').doUpdateSet(columns))
      .execute()
    await addOwnVersion(trx, entry)
  }
}

/** A feature on its way into a layer. @crs EPSG:25832 */
export interface LayerFeature {
  sourceId: string | null
  label: string | null
  applies: boolean
  properties: Record<string, unknown>
  geometry: unknown
}

export interface LayerDataset {
  layerId: string
  source: string
  sourceKind: 'file' | 'wfs' | 'ogc-api-features' | 'demo'
  /** Day the data describes, `YYYY-MM-DD`. */
  datasetDate: string | null
  loadedAt: Date
  checksum: string
  report: Record<string, unknown>
}

/** Writes down a load; the layer does not have it as its data yet. Returns its number. */
export async function insertDataset(trx: Database, dataset: LayerDataset, featureCount: number): Promise<number> {
  const { constraint_dataset_id: datasetId } = await trx
    .insertInto('constraint_dataset')
    .values({
      layer_id: dataset.layerId,
      source: dataset.source,
      source_kind: dataset.sourceKind,
      dataset_date: dataset.datasetDate,
      loaded_at: dataset.loadedAt,
      feature_count: featureCount,
      checksum: dataset.checksum,
      is_demo: dataset.sourceKind === 'demo',
      report: JSON.stringify(dataset.report),
    })
    .returning('constraint_dataset_id')
    .executeTakeFirstOrThrow()
  return datasetId
}

/** Makes a data set the layer's own and drops the features of the one before; its record stays. */
export async function makeCurrent(trx: Database, { layerId, loadedAt }: LayerDataset, datasetId: number): Promise<void> {
  await trx
    .updateTable('constraint_layer')
    .set({ current_dataset_id: datasetId, attempted_at: loadedAt, failure_kind: null, failure_detail: null })
    .where('layer_id', '=', layerId)
    .execute()
  await trx.deleteFrom('constraint_feature').where('layer_id', '=', layerId).where('constraint_dataset_id', '<>', datasetId).execute()
}

/**
 * Puts valid features into a layer as its data and drops what it held before. Runs inside the transaction given, so that
 * a check sees the old ones or the new ones. For small sets at hand; files and services go through `loading.ts`.
 * Returns the number of the dataset.
 */
export async function replaceLayerData(trx: Database, dataset: LayerDataset, features: readonly LayerFeature[]): Promise<number> {
  const datasetId = await insertDataset(trx, dataset, features.length)
  await sql`
    insert into constraint_feature (constraint_dataset_id, layer_id, layer_number, source_id, label, applies, properties, geom)
    select ${datasetId}::integer, layer_id, layer_number, "sourceId", label, applies, properties,
      ST_SetSRID(ST_GeomFromGeoJSON(geometry), ${sql.lit(STORAGE_SRID)})
    from constraint_layer, json_to_recordset(${JSON.stringify(features)}::json)
      as feature("sourceId" text, label text, applies boolean, properties jsonb, geometry json)
    where layer_id = ${dataset.layerId}`.execute(trx)
  await makeCurrent(trx, dataset, datasetId)
  return datasetId
}
