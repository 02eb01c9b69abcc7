import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { ConstraintLayer, Severities } from './contract.ts'

const ownColumns = [
  'l.layer_id as layerId',
  'l.layer_number as layerNumber',
  'l.work_order as workOrder',
  'l.name_da',
  'l.name_en',
  'l.law_da',
  'l.law_en',
  'l.law_url as lawUrl',
  'l.rule_da',
  'l.rule_en',
  'l.authority_da',
  'l.authority_en',
  'l.waiting_weeks as waitingWeeks',
  'l.is_mapped as isMapped',
  sql<ConstraintLayer['relation']>`l.relation`.as('relation'),
  'l.distance_m as distanceM',
  'l.warn_m as warnM',
  'l.needs_coverage as needsCoverage',
  'l.stale_after_days as staleAfterDays',
  'l.is_shareable as isShareable',
  'l.attribution',
  sql<ConstraintLayer['source']>`l.source`.as('source'),
  sql<ConstraintLayer['verification']>`l.verification`.as('verification'),
] as const

const versionColumns = [
  'v.constraint_layer_version_id as version',
  sql<Severities>`v.severities`.as('severities'),
  'v.citizen_text_da',
  'v.citizen_text_en',
  'v.planner_text_da',
  'v.planner_text_en',
] as const

const dataColumns = [
  'l.attempted_at as attemptedAt',
  'l.failure_kind as failureKind',
  'l.failure_detail as failureDetail',
  sql<string | null>`d.dataset_date`.as('datasetDate'),
  'd.loaded_at as loadedAt',
  'd.feature_count as featureCount',
  'd.source as datasetSource',
  'd.checksum',
  'd.is_demo as isDemo',
] as const

/** Layers in the catalogue's order, with the severities and texts in force at a version of the catalogue, and today's data. */
export function selectLayers(db: Database, catalogueVersion: number) {
  return db
    .selectFrom('constraint_layer as l')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('constraint_layer_version')
          .where('constraint_layer_version_id', '<=', catalogueVersion)
          .distinctOn('layer_id')
          .selectAll()
          .orderBy('layer_id')
          .orderBy('constraint_layer_version_id', 'desc')
          .as('v'),
      (join) => join.onRef('v.layer_id', '=', 'l.layer_id'),
    )
    .leftJoin('constraint_dataset as d', 'd.constraint_dataset_id', 'l.current_dataset_id')
    .select([...ownColumns, ...versionColumns, ...dataColumns])
    .orderBy('l.layer_number')
    .execute()
}
export type LayerRow = Awaited<ReturnType<typeof selectLayers>>[number]

/** The version of the whole catalogue: the highest of all its layers; 0 when there is none. */
export async function selectCatalogueVersion(db: Database): Promise<number> {
  const row = await db
    .selectFrom('constraint_layer_version')
    .select((eb) => eb.fn.max('constraint_layer_version_id').as('version'))
    .executeTakeFirst()
  return row?.version ?? 0
}

/** Every version of a layer, newest first. */
export function selectLayerVersions(db: Database, layerId: string) {
  return db
    .selectFrom('constraint_layer_version as v')
    .where('v.layer_id', '=', layerId)
    .select([...versionColumns, 'v.editor_name as editorName', 'v.edited_at as editedAt', 'v.reason'])
    .orderBy('v.constraint_layer_version_id', 'desc')
    .execute()
}
export type LayerVersionRow = Awaited<ReturnType<typeof selectLayerVersions>>[number]

/**
 * Makes changes of the catalogue happen one after the other until the transaction ends, so that a higher version is
 * always the later one. Readers do not wait.
 */
export async function lockVersions(trx: Database): Promise<void> {
  await sql`lock table constraint_layer_version in share row exclusive mode`.execute(trx)
}

export interface NewVersion {
  layerId: string
  severities: Severities
  citizenText: ConstraintLayer['citizenText']
  plannerText: ConstraintLayer['plannerText']
  editedBy: string
  editorName: string
  reason: string
  editedAt: Date
}

/** Adds a version of a layer; it counts from now on. */
export async function insertVersion(db: Database, version: NewVersion): Promise<void> {
  await db
    .insertInto('constraint_layer_version')
    .values({
      layer_id: version.layerId,
      severities: JSON.stringify(version.severities),
      citizen_text_da: version.citizenText.da,
      citizen_text_en: version.citizenText.en,
      planner_text_da: version.plannerText.da,
      planner_text_en: version.plannerText.en,
      edited_by: version.editedBy,
      editor_name: version.editorName,
      reason: version.reason,
      edited_at: version.editedAt,
    })
    .execute()
}
