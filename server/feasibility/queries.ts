import { type RawBuilder, sql } from 'kysely'
import { OVERLAY_GRID_M } from '../kernel/crs.ts'
import type { PlaceGeometry } from '../kernel/geometry.ts'
import { MAX_AREA_M2, MAX_REACH_M } from '../kernel/geometryLimits.ts'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'
import { asGeoJson, fromGeoJson, shiftedOnWire } from '../platform/db/postgis.ts'
import type { LayerFacts, LayerHit } from './rules.ts'

const grid = sql.lit(OVERLAY_GRID_M)
// What sticks out of a layer's ground by less than this is covered; the same measure as at the municipal border.
const COVER_TOLERANCE = sql.lit(0.05)
const FEATURES_MAX = sql.lit(20)

/** Everything the rules need to know of every layer, newest version first, as one JSON array. */
const layerFacts = sql`
  select json_agg(json_build_object('layerId', l.layer_id, 'isMapped', l.is_mapped, 'relation', l.relation, 'distanceM', l.distance_m,
    'needsCoverage', l.needs_coverage, 'staleAfterDays', l.stale_after_days, 'workOrder', l.work_order,
    'waitingWeeks', l.waiting_weeks, 'failureKind', l.failure_kind, 'version', v.constraint_layer_version_id,
    'severities', v.severities, 'datasetDate', d.dataset_date, 'loadedAt', d.loaded_at, 'featureCount', d.feature_count,
    'isDemo', coalesce(d.is_demo, false), 'name', json_build_object('da', l.name_da, 'en', l.name_en),
    'law', json_build_object('da', l.law_da, 'en', l.law_en), 'lawUrl', l.law_url,
    'authority', json_build_object('da', l.authority_da, 'en', l.authority_en),
    'citizenText', json_build_object('da', v.citizen_text_da, 'en', v.citizen_text_en),
    'plannerText', json_build_object('da', v.planner_text_da, 'en', v.planner_text_en)) order by l.layer_number)
  from constraint_layer l
  cross join lateral (
    select * from constraint_layer_version where layer_id = l.layer_id order by constraint_layer_version_id desc limit 1
  ) v
  left join constraint_dataset d on d.constraint_dataset_id = l.current_dataset_id`

/** Changes whenever anything in `layerFacts` does: each row's writer and each layer's newest version. */
const factsMark = sql`
  select md5(string_agg(concat_ws(' ', l.layer_id, l.xmin, (select max(constraint_layer_version_id) from constraint_layer_version
    where layer_id = l.layer_id)), ',' order by l.layer_number))
  from constraint_layer l`

/**
 * What do these places meet in every layer? `places` gives `number` and `geom` (EPSG:25832); the answer has one row, from
 * one snapshot: the facts of the layers (null when `knownMark` is still their mark) and per place and layer what was met.
 * One search finds the pieces whose reach meets the place; distances and what meets are decided on pieces, and on the whole part where
 * only a cut between pieces was met. Applies to each layer's current data alone.
 */
function hitsOf(places: RawBuilder<unknown>, knownMark: string): RawBuilder<HitsRow> {
  return sql<HitsRow>`
    with place as materialized (
      select number, geom, ST_Dimension(geom) as dimension from (${places}) given
      where ST_IsValid(geom) and ST_Area(geom) <= ${sql.lit(MAX_AREA_M2)} and ST_Length(ST_BoundingDiagonal(geom)) <= ${sql.lit(MAX_REACH_M)}
    ),
    layer as materialized (
      select layer_id, layer_number, current_dataset_id, needs_coverage, distance_m + warn_m as reach
      from constraint_layer where is_mapped and current_dataset_id is not null
    ),
    near as materialized (
      select p.number, p.geom as place, p.dimension, l.layer_number, l.needs_coverage, c.constraint_feature_id, c.applies,
        c.is_cut, c.geom, c.distance,
        case when c.distance <= ${grid} then shared_part(p.geom, c.geom) end as shared
      from place p
      cross join lateral (
        select piece.constraint_feature_id, piece.constraint_dataset_id, piece.layer_number, piece.applies, piece.is_cut, piece.geom,
          ST_Distance(piece.geom, p.geom) as distance
        from constraint_piece piece where ST_Expand(piece.geom, piece.reach_m) && p.geom
        offset 0
      ) c
      join layer l on l.layer_number = c.layer_number and l.current_dataset_id = c.constraint_dataset_id
      where c.distance < l.reach + 0.0005
    ),
    met as (
      select number, layer_number, constraint_feature_id, min(distance) as distance,
        bool_or(coalesce(interiors_meet(place, geom, shared), false)) as is_inside,
        (array_agg(place) filter (where is_cut and shared is not null))[1] as cut_place
      from near where applies
      group by number, layer_number, constraint_feature_id
    ),
    feature as materialized (
      select m.number, m.layer_number, m.constraint_feature_id, m.distance, f.source_id, f.label,
        m.is_inside or (m.cut_place is not null and exists (
          select from ST_Dump(f.geom) part
          where ST_Distance(m.cut_place, part.geom) <= ${grid}
            and interiors_meet(m.cut_place, part.geom, shared_part(m.cut_place, part.geom)))) as is_inside
      from met m join constraint_feature f using (constraint_feature_id)
    ),
    bite as (
      select number, layer_number, bool_or(is_inside) as is_inside, round(min(distance)::numeric, 3)::float8 as distance,
        (array_agg(json_build_object('id', coalesce(source_id, constraint_feature_id::text), 'label', label)
          order by not is_inside, distance, constraint_feature_id))[1:${FEATURES_MAX}] as features
      from feature group by number, layer_number
    ),
    part as (
      select number, layer_number, needs_coverage, applies, dimension, place, geom, ST_CollectionExtract(shared, dimension + 1) as shared
      from near where dimension > 0 and shared is not null
      union all
      select number, layer_number, true, applies, 0, null, null, null from near where dimension = 0 and needs_coverage and shared is not null
    ),
    share as (
      select number, layer_number, ${measureOf(sql`applies`)} as overlap,
        case when not bool_or(needs_coverage) then null when min(dimension) = 0 then true
          else ${measureOf(sql`true`)} >= (case min(dimension) when 1 then max(ST_Length(place)) else max(ST_Area(place)) end) - ${COVER_TOLERANCE}
        end as is_covered
      from part group by number, layer_number
    ),
    hit as (
      select number, json_agg(json_build_object('layerId', l.layer_id, 'isInside', b.is_inside, 'distanceM', b.distance,
        'overlap', round(coalesce(s.overlap, 0)::numeric, 3), 'isCovered', s.is_covered,
        'features', coalesce(array_to_json(b.features), '[]')) order by layer_number) as hits
      from bite b full join share s using (number, layer_number) join layer l using (layer_number)
      group by number
    )
    select mark.mark, case when mark.mark is distinct from ${knownMark} then (${layerFacts}) end as facts,
      (select coalesce(max(constraint_layer_version_id), 0) from constraint_layer_version) as "catalogueVersion",
      coalesce((select json_agg(json_build_object('number', p.number, 'hits', coalesce(h.hits, '[]')) order by p.number)
        from place p left join hit h using (number)), '[]') as places
    from (${factsMark}) as mark (mark)`
}

/**
 * Length or area, by the place's dimension, of what the place shares with all rows together: nothing counts twice. A line
 * is cut by the joined areas, because its parts, cut one by one, no longer lie exactly on each other.
 */
function measureOf(counts: RawBuilder<unknown>) {
  const only = sql`filter (where ${counts})`
  const first = sql`(array_agg(shared) ${only})[1]`
  return sql`case min(dimension)
    when 1 then case when count(shared) ${only} <= 1 then ST_Length(${first}) else
      coalesce(ST_Length(ST_Intersection((array_agg(place))[1], ST_Union(geom, ${grid}) filter (where ${counts} and ST_Dimension(geom) = 2), ${grid})), 0)
      + coalesce(ST_Length(ST_Union(shared, ${grid}) filter (where ${counts} and ST_Dimension(geom) < 2)), 0) end
    when 2 then ST_Area(case when count(shared) ${only} <= 1 then ${first} else ST_Union(shared, ${grid}) ${only} end)
    end`
}

export interface HitsRow {
  /** Of the facts; changes when any of them does. */
  mark: string | null
  facts: LayerFacts[] | null
  catalogueVersion: number
  /** In order; places that are not valid or too large to be one are missing. */
  places: { number: number; hits: LayerHit[] }[]
}

/** What does this geometry meet? @crs EPSG:4326 in, nothing comes out */
export async function selectHitsAt(db: Database, geometry: PlaceGeometry, knownMark: string): Promise<HitsRow> {
  const { rows } = await sql<HitsRow>`${hot}${hitsOf(sql`select 1 as number, ${fromGeoJson(geometry)} as geom`, knownMark)}`.execute(db)
  return rows[0] as HitsRow
}

/** What do the places of these ideas meet? Numbered by idea. */
export async function selectHitsOfIdeas(db: Database, ideaIds: readonly number[], knownMark: string): Promise<HitsRow> {
  const places = sql`select idea_id as number, geom from idea where idea_id = any(${ideaIds}::int[])`
  const { rows } = await hitsOf(places, knownMark).execute(db)
  return rows[0] as HitsRow
}

/** A move of a place. @unit metres */
export interface Shift {
  eastM: number
  northM: number
}

function shiftedPlaces(geometry: PlaceGeometry, shifts: readonly Shift[]) {
  const [east, north] = [shifts.map(({ eastM }) => eastM), shifts.map(({ northM }) => northM)]
  return sql`
    select shift.number::integer as number, ${shiftedOnWire(sql.ref('base.geom'), sql.ref('shift.east'), sql.ref('shift.north'))} as geom
    from (select ${fromGeoJson(geometry)} as geom) base,
      unnest(${east}::float8[], ${north}::float8[]) with ordinality as shift (east, north, number)`
}

/**
 * What would this geometry meet, moved by each of the shifts? Numbered from 1 in their order; those that do not lie wholly
 * in the district are missing. The outline is cut to the surroundings first, so that each shift reads little of it.
 */
export async function selectHitsOfShifts(
  db: Database,
  geometry: PlaceGeometry,
  districtId: string,
  shifts: readonly Shift[],
  knownMark: string,
): Promise<HitsRow> {
  const places = sql`
    select moved.number, moved.geom
    from (select geom from current_district_area where district_id = ${districtId}) district
    cross join lateral (${shiftedPlaces(geometry, shifts)} offset 0) moved
    cross join lateral (select ST_ClipByBox2D(ST_Boundary(district.geom), ST_Expand(moved.geom, 1)) as geom) outline
    where ST_Covers(district.geom, ST_PointOnSurface(moved.geom)) and coalesce(ST_Distance(moved.geom, outline.geom) > 0, true)`
  const { rows } = await hitsOf(places, knownMark).execute(db)
  return rows[0] as HitsRow
}

/** The geometry moved. @crs EPSG:4326, 7 decimals */
export async function selectShifted(db: Database, geometry: PlaceGeometry, shift: Shift): Promise<PlaceGeometry> {
  const { rows } = await sql<{ geometry: PlaceGeometry }>`
    select ${asGeoJson(sql.ref('moved.geom'))} as geometry from (${shiftedPlaces(geometry, [shift])}) moved`.execute(db)
  return (rows[0] as { geometry: PlaceGeometry }).geometry
}
