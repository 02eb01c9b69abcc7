import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { CONSTRAINT_TILE } from './layers.ts'
import { bounds, type Sql, seen, shapeOf, type TileRows } from './queries.ts'
import { SPECK_UNITS, SPECKS_UNTIL_ZOOM, type TileFrame } from './rules.ts'

export interface ConstraintTileRequest {
  readonly layerId: string
  readonly zoom: number
  readonly frame: TileFrame
}

/** Areas smaller than a speck are left out where there would be too many of them to see. Points and lines stay. */
function largeEnough({ zoom, frame }: ConstraintTileRequest): Sql {
  if (zoom >= SPECKS_UNTIL_ZOOM) return sql``
  const leastM = SPECK_UNITS / frame.scale
  return sql`and (ST_Dimension(f.geom) < 2 or greatest(ST_XMax(f.geom) - ST_XMin(f.geom), ST_YMax(f.geom) - ST_YMin(f.geom))
    >= ${leastM}::float8)`
}

/** Which features of a layer lie in this tile? Those of its current data; without a label where it must not be passed on. */
export function rowsOfConstraint(request: ConstraintTileRequest): TileRows {
  const { layerId, frame } = request
  const rows = sql`select * from (
    select f.constraint_feature_id as id, f.constraint_feature_id, f.layer_id, case when l.is_shareable then f.label end as label,
      f.applies, d.is_demo, ${shapeOf(frame, sql`f.geom`)} as geom
    from constraint_layer l
    join constraint_dataset d on d.constraint_dataset_id = l.current_dataset_id
    join constraint_feature f on f.constraint_dataset_id = d.constraint_dataset_id
    where l.layer_id = ${layerId} and f.layer_id = ${layerId} and f.geom && ${bounds(frame)} ${largeEnough(request)}
    offset 0
  ) placed ${seen} order by id`
  return { name: 'constraints', layer: CONSTRAINT_TILE, rows }
}

/** A layer as its tiles need to know it. */
export interface MappedLayer {
  readonly layerId: string
  readonly name: string
  readonly attribution: string | null
  readonly isDemo: boolean
}

/** Which layers can be drawn, by id? Those of the catalogue that have a map, with or without data. */
export async function selectMappedLayers(db: Database): Promise<Map<string, MappedLayer>> {
  const rows = await db
    .selectFrom('constraint_layer as l')
    .leftJoin('constraint_dataset as d', 'd.constraint_dataset_id', 'l.current_dataset_id')
    .where('l.is_mapped', '=', true)
    .select(['l.layer_id', 'l.name_da', 'l.attribution', 'd.is_demo'])
    .execute()
  return new Map(
    rows.map(({ layer_id, name_da, attribution, is_demo }) => [
      layer_id,
      { layerId: layer_id, name: name_da, attribution, isDemo: is_demo ?? false },
    ]),
  )
}
