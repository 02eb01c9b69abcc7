import { sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'

/** How a layer's features look. `blob` is a lump of many corners, `strip` a long bent line, `cells` tile the ground. */
type Shape =
  | { kind: 'blob'; radiusM: number; corners: number }
  | { kind: 'strip'; lengthM: number }
  | { kind: 'cells'; sideM: number | null; corners: number }

// Mapped layers and their part of all features: mostly parcels, as in a real municipality.
const LAYERS: readonly [layerId: string, share: number, shape: Shape][] = [
  ['ejerskab', 0.55, { kind: 'cells', sideM: null, corners: 2 }],
  ['lokalplan', 0.03, { kind: 'blob', radiusM: 90, corners: 40 }],
  ['ramme', 0.02, { kind: 'blob', radiusM: 120, corners: 40 }],
  ['landzone', 0, { kind: 'cells', sideM: 1000, corners: 500 }],
  ['fingerplan', 0.001, { kind: 'blob', radiusM: 500, corners: 300 }],
  ['par3', 0.05, { kind: 'blob', radiusM: 40, corners: 90 }],
  ['par15', 0.001, { kind: 'blob', radiusM: 100, corners: 60 }],
  ['par16soe', 0.003, { kind: 'blob', radiusM: 150, corners: 80 }],
  ['par16aa', 0.003, { kind: 'blob', radiusM: 150, corners: 80 }],
  ['par17', 0.004, { kind: 'blob', radiusM: 300, corners: 200 }],
  ['par18', 0.01, { kind: 'blob', radiusM: 100, corners: 32 }],
  ['par19', 0.002, { kind: 'blob', radiusM: 300, corners: 32 }],
  ['ffm', 0.01, { kind: 'blob', radiusM: 8, corners: 16 }],
  ['diger', 0.03, { kind: 'strip', lengthM: 120 }],
  ['arkaeologi', 0.04, { kind: 'blob', radiusM: 30, corners: 24 }],
  ['fredning', 0.001, { kind: 'blob', radiusM: 400, corners: 2_000 }],
  ['natura2000', 0.0005, { kind: 'blob', radiusM: 700, corners: 5_000 }],
  ['fredskov', 0.01, { kind: 'blob', radiusM: 80, corners: 120 }],
  ['vejareal', 0.1, { kind: 'strip', lengthM: 90 }],
  ['bane', 0.005, { kind: 'strip', lengthM: 400 }],
  ['jordv', 0.05, { kind: 'blob', radiusM: 20, corners: 12 }],
  ['jord50', 0.002, { kind: 'blob', radiusM: 300, corners: 100 }],
  ['drikkevand', 0.0003, { kind: 'blob', radiusM: 1_500, corners: 20_000 }],
  ['vandloeb', 0.03, { kind: 'strip', lengthM: 200 }],
  ['klima', 0.03, { kind: 'blob', radiusM: 30, corners: 60 }],
  ['stoej', 0.01, { kind: 'blob', radiusM: 100, corners: 150 }],
  ['fbb', 0.01, { kind: 'blob', radiusM: 10, corners: 10 }],
]

/** Ground per parcel. The region grows with the features, so that a place has as many neighbours among few as among many. */
const PARCEL_M2 = 800

/** Side of the square around the municipality's middle that so many features fill. @unit metres */
function sideFor(features: number): number {
  return Math.sqrt(features * 0.55 * PARCEL_M2)
}

function geometryOf(shape: Shape) {
  if (shape.kind === 'strip') {
    return sql`ST_MakeLine(array(select ST_Translate(at, k * ${shape.lengthM / 12}::float8 * cos(turn) + 6 * sin(k + turn),
      k * ${shape.lengthM / 12}::float8 * sin(turn) + 6 * cos(k * turn)) from generate_series(-6, 6) k))`
  }
  if (shape.kind === 'blob') {
    return sql`ST_MakePolygon(ST_MakeLine(array(select ST_Translate(at, r * cos(angle), r * sin(angle))
      from generate_series(0, ${shape.corners}::integer) k,
      lateral (select 2 * pi() * (k % ${shape.corners}::integer) / ${shape.corners}::integer as angle) a,
      lateral (select ${shape.radiusM}::float8 * (0.7 + 0.3 * sin(3 * angle + turn) * cos(5 * angle)
        + sin(${shape.corners}::float8 * angle * 0.37) / ${shape.corners}::integer) as r) b)))`
  }
  return sql`ST_Segmentize(ST_MakeEnvelope(ST_X(at), ST_Y(at), ST_X(at) + step, ST_Y(at) + step, 25832), step / ${shape.corners}::integer)`
}

async function fillLayer(trx: Database, layerId: string, count: number, sideM: number, shape: Shape): Promise<void> {
  const columns = shape.kind === 'cells' && shape.sideM !== null ? Math.ceil(sideM / shape.sideM) : Math.ceil(Math.sqrt(count))
  await sql`
    with dataset as (
      insert into constraint_dataset (layer_id, source, source_kind, dataset_date, loaded_at, feature_count, checksum, is_demo, report)
      values (${layerId}, 'generated', 'file', current_date, now(), ${columns * columns}, 'bench', false, '{}')
      returning constraint_dataset_id
    ),
    middle as (select ST_Centroid(ST_Collect(label_point)) as geom from current_district_area),
    cell as (
      select ST_Translate(middle.geom, (x - ${columns / 2}::float8 + jitter_x) * step, (y - ${columns / 2}::float8 + jitter_y) * step) as at,
        step, 6.28 * turn as turn, x, y
      from middle, generate_series(0, ${columns - 1}::integer) x, generate_series(0, ${columns - 1}::integer) y,
      lateral (select ${sideM / columns}::float8 as step, ${shape.kind === 'cells' ? 0 : 1}::float8 as amount) s,
      lateral (select amount * abs(hashint8(x * 100003 + y)::bigint % 1000) / 1000.0 as jitter_x,
        amount * abs(hashint8(y * 100019 + x)::bigint % 1000) / 1000.0 as jitter_y,
        abs(hashint8(x * 7919 + y * 31)::bigint % 1000) / 1000.0 as turn) j
    )
    insert into constraint_feature (constraint_dataset_id, layer_id, layer_number, source_id, label, applies, geom)
    select constraint_dataset_id, layer_id, layer_number, x || '/' || y, 'Nr. ' || x || '/' || y,
      not (layer_id in ('ejerskab', 'landzone') and turn > 2), ${geometryOf(shape)}
    from cell, dataset, constraint_layer where layer_id = ${layerId}`.execute(trx)
  await sql`
    update constraint_layer set current_dataset_id = (select max(constraint_dataset_id) from constraint_dataset where layer_id = ${layerId}),
      attempted_at = now(), failure_kind = null, failure_detail = null where layer_id = ${layerId}`.execute(trx)
  await sql`delete from constraint_feature where layer_id = ${layerId}
    and constraint_dataset_id <> (select current_dataset_id from constraint_layer where layer_id = ${layerId})`.execute(trx)
}

/** Fills every mapped layer with generated features, about `count` in all; the same each time. */
export async function seedConstraints(db: Database, count: number): Promise<number> {
  const index = 'constraint_piece_place'
  const { rows: found } = await sql<{ definition: string }>`select pg_get_indexdef(${index}::regclass) as definition`.execute(db)
  // Made once at the end: entering so many pieces one by one takes longer.
  await sql`drop index ${sql.ref(index)}`.execute(db)
  const mapped = await db.selectFrom('constraint_layer').where('is_mapped', '=', true).select('layer_id').execute()
  const isMapped = new Set(mapped.map((layer) => layer.layer_id))
  for (const [layerId, share, shape] of LAYERS.filter(([layerId]) => isMapped.has(layerId))) {
    await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx)
      await fillLayer(trx, layerId, Math.max(1, Math.round(count * share)), sideFor(count), shape)
    })
  }
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql.raw((found[0] as { definition: string }).definition).execute(trx)
  })
  await sql`vacuum analyze constraint_feature`.execute(db)
  await sql`vacuum analyze constraint_piece`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*) as count from constraint_feature`.execute(db)
  return rows[0]?.count ?? 0
}
