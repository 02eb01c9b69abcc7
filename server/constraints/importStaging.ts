import { sql } from 'kysely'
import { STORAGE_SRID, WIRE_SRID } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'
import type { VectorFeature } from '../platform/vectorFile/vectorFileTypes.ts'
import { insertDataset, type LayerDataset, type LayerFeature, makeCurrent } from './import.ts'
import type { Box } from './loadingGeometry.ts'
import { growBox } from './loadingRules.ts'

const srid = sql.lit(STORAGE_SRID)

/** A geometry that is not valid, with what it covers as it stands. @crs EPSG:25832 */
export interface InvalidGeometry {
  ordinal: number
  geometry: NonNullable<VectorFeature['geometry']>
  dimension: number
  areaM2: number
}

export interface MunicipalityBox {
  /** @unit metres @crs EPSG:25832 */
  metres: Box
  /** The same grown by the margin that is kept. @unit metres @crs EPSG:25832 */
  kept: Box
  /** What is kept. @unit degrees @crs EPSG:4326 */
  degrees: Box
}

/** Edges of the municipality, from its districts in force; `null` while there are none. */
export async function selectMunicipalityBox(db: Database, marginM: number): Promise<MunicipalityBox | null> {
  const edges = (box: string, prefix: string) =>
    sql.raw(
      [
        ['west', 'ST_XMin'],
        ['south', 'ST_YMin'],
        ['east', 'ST_XMax'],
        ['north', 'ST_YMax'],
      ]
        .map(([edge, of]) => `${of}(${box}) as "${prefix}_${edge}"`)
        .join(', '),
    )
  const { rows } = await sql<Record<string, number | null>>`
    select ${edges('box', 'm')}, ${edges('ST_Transform(ST_Segmentize(ST_SetSRID(ST_Expand(box, margin)::geometry, srid), 1000), wire)', 'd')}
    from (select ST_Extent(geom) as box, ${marginM}::float8 as margin, ${srid} as srid, ${sql.lit(WIRE_SRID)} as wire from current_district_area) extent`.execute(
    db,
  )
  const row = rows[0]
  if (row === undefined || row.m_west === null) return null
  const boxOf = (prefix: string) =>
    Object.fromEntries(['west', 'south', 'east', 'north'].map((edge) => [edge, row[`${prefix}_${edge}`]])) as unknown as Box
  const metres = boxOf('m')
  return { metres, kept: growBox(metres, marginM), degrees: boxOf('d') }
}

/** Stages features of a load, in their order from `ordinal` on. Nothing but `cleanGeometry` gives may come here. */
export async function stageFeatures(db: Database, loadId: string, ordinal: number, features: readonly LayerFeature[]): Promise<void> {
  const rows = features.map((feature, index) => ({ ordinal: ordinal + index, ...feature }))
  await sql`
    insert into constraint_staged_feature (load_id, ordinal, source_id, label, applies, properties, geom)
    select ${loadId}::uuid, ordinal, "sourceId", label, applies, properties, ST_SetSRID(ST_GeomFromGeoJSON(geometry), ${srid})
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as feature(ordinal integer, "sourceId" text, label text, applies boolean, properties jsonb, geometry json)`.execute(db)
}

/** Which of the features staged from one number up to another are not valid? */
export async function selectInvalid(db: Database, loadId: string, from: number, to: number): Promise<InvalidGeometry[]> {
  const { rows } = await sql<InvalidGeometry>`
    select ordinal, ST_AsGeoJSON(geom, 9)::json as geometry, ST_Dimension(geom) as dimension, ST_Area(geom) as "areaM2"
    from constraint_staged_feature
    where load_id = ${loadId}::uuid and ordinal >= ${from} and ordinal < ${to} and not ST_IsValid(geom)
    order by ordinal`.execute(db)
  return rows
}

/** Puts a mended geometry in the place of one that was not valid; says what it covers now and whether it is valid. */
export async function updateMended(
  db: Database,
  loadId: string,
  ordinal: number,
  geometry: unknown,
): Promise<{ isValid: boolean; areaM2: number }> {
  const { rows } = await sql<{ isValid: boolean; areaM2: number }>`
    update constraint_staged_feature set geom = ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), ${srid})
    where load_id = ${loadId}::uuid and ordinal = ${ordinal}
    returning ST_IsValid(geom) as "isValid", ST_Area(geom) as "areaM2"`.execute(db)
  return rows[0] ?? { isValid: false, areaM2: 0 }
}

/** Leaves out a staged feature of which nothing was left. */
export async function deleteStaged(db: Database, loadId: string, ordinal: number): Promise<void> {
  await db.deleteFrom('constraint_staged_feature').where('load_id', '=', loadId).where('ordinal', '=', ordinal).execute()
}

/** What else belongs into the transaction that gives a layer other data. */
export type AfterSwap = (trx: Database) => Promise<void>

/**
 * Makes what a load staged the layer's data, in one transaction: a check sees the old or the new. `null`: the load was
 * given up for dead and another one has its place, so nothing changed.
 * @cost 100,000 areas of 27 vertices: see tests/bench/results.md
 */
export async function swapStaged(db: Database, loadId: string, dataset: LayerDataset, afterSwap: AfterSwap): Promise<number | null> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10min'`.execute(trx)
    const held = await trx.selectFrom('constraint_load').where('load_id', '=', loadId).select('layer_id').forUpdate().executeTakeFirst()
    if (held === undefined) return null
    const { count } = await trx
      .selectFrom('constraint_staged_feature')
      .where('load_id', '=', loadId)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    const datasetId = await insertDataset(trx, dataset, count)
    await sql`
      insert into constraint_feature (constraint_dataset_id, layer_id, layer_number, source_id, label, applies, properties, geom)
      select ${datasetId}::integer, l.layer_id, l.layer_number, s.source_id, s.label, s.applies, s.properties, s.geom
      from constraint_staged_feature s join constraint_layer l on l.layer_id = ${dataset.layerId}
      where s.load_id = ${loadId}::uuid order by s.ordinal`.execute(trx)
    await makeCurrent(trx, dataset, datasetId)
    await trx.deleteFrom('constraint_load').where('load_id', '=', loadId).execute()
    await afterSwap(trx)
    return datasetId
  })
}

/** The same data came again: only its record is renewed. `false`: the load was given up for dead. */
export async function renewDataset(db: Database, loadId: string, datasetId: number, dataset: LayerDataset): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('constraint_load').where('load_id', '=', loadId).executeTakeFirst()
    if (numDeletedRows !== 1n) return false
    await trx
      .updateTable('constraint_dataset')
      .set({
        source: dataset.source,
        source_kind: dataset.sourceKind,
        dataset_date: dataset.datasetDate,
        loaded_at: dataset.loadedAt,
        report: JSON.stringify(dataset.report),
      })
      .where('constraint_dataset_id', '=', datasetId)
      .execute()
    await trx
      .updateTable('constraint_layer')
      .set({ attempted_at: dataset.loadedAt, failure_kind: null, failure_detail: null })
      .where('layer_id', '=', dataset.layerId)
      .execute()
    return true
  })
}
