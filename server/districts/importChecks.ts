import { sql } from 'kysely'
import { DENMARK_BOUNDS, OVERLAY_GRID_M, STORAGE_SRID, WIRE_SRID } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'
import type { DistrictPart } from './importPlan.ts'

/** A border may be off by this much and no more. @unit square metres */
const TOLERANCE_M2 = 1
// Strips between two districts up to this width are found even where they are open to the outside.
const STRIP_WIDTH_M = 1

const near = sql.raw(`'near ' || round(ST_X(at)::numeric, 5) || ' ' || round(ST_Y(at)::numeric, 5)`)
const wire = sql.lit(WIRE_SRID)
const grid = sql.lit(OVERLAY_GRID_M)

async function sentences(db: Database, query: ReturnType<typeof sql<{ sentence: string }>>): Promise<string[]> {
  const { rows } = await query.execute(db)
  return rows.map(({ sentence }) => sentence)
}

/** Puts the parts into a temporary table that ends with the transaction. @crs EPSG:25832 */
export async function stageParts(db: Database, parts: readonly DistrictPart[]): Promise<void> {
  await sql`create temporary table staged_part (part integer, district_id text, label text, geom geometry) on commit drop`.execute(db)
  const rows = parts.map(({ districtId, label, geometry }, part) => ({ part, districtId, label, geometry }))
  await sql`
    insert into staged_part
    select part, "districtId", label, ST_SetSRID(ST_GeomFromGeoJSON(geometry), ${sql.lit(STORAGE_SRID)})
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(part integer, "districtId" text, label text, geometry json)`.execute(db)
}

/** Which parts are no sound areas? */
export function checkParts(db: Database): Promise<string[]> {
  return sentences(
    db,
    sql<{ sentence: string }>`
      select case
        when geom is null or ST_IsEmpty(geom) then label || ' (' || district_id || ') has no geometry.'
        when GeometryType(geom) not in ('POLYGON', 'MULTIPOLYGON') then
          label || ' (' || district_id || ') is a ' || lower(GeometryType(geom)) || ', not an area.'
        else label || ' (' || district_id || ') is not valid: ' || ST_IsValidReason(geom) || ' (EPSG:25832).' end as sentence
      from staged_part
      where geom is null or ST_IsEmpty(geom) or GeometryType(geom) not in ('POLYGON', 'MULTIPOLYGON') or not ST_IsValid(geom)
      order by part limit 20`,
  )
}

/** Joins the parts of each district into one area. */
export async function unionParts(db: Database): Promise<void> {
  await sql`
    create temporary table staged_district on commit drop as
    select district_id, ST_Multi(ST_UnaryUnion(ST_Collect(geom), ${grid})) as geom from staged_part group by district_id`.execute(db)
}

/** Which districts claim the same ground? */
export function checkOverlaps(db: Database): Promise<string[]> {
  return sentences(
    db,
    sql<{ sentence: string }>`
      select a_id || ' and ' || b_id || ' overlap by ' || round(ST_Area(geom)::numeric, 1) || ' m² ' || ${near} || '.' as sentence
      from (
        select a.district_id as a_id, b.district_id as b_id, common.geom, ST_Transform(ST_PointOnSurface(common.geom), ${wire}) as at
        from staged_district a join staged_district b on a.district_id < b.district_id and ST_Intersects(a.geom, b.geom)
        cross join lateral (select ST_CollectionExtract(ST_Intersection(a.geom, b.geom, ${grid}), 3) as geom) common
        where ST_Area(common.geom) > ${TOLERANCE_M2}
      ) overlap order by 1`,
  )
}

/** Which ground between the districts belongs to none: holes of any size, and narrow strips that reach the outside? */
export function checkGaps(db: Database): Promise<string[]> {
  const reach = STRIP_WIDTH_M / 2
  return sentences(
    db,
    sql<{ sentence: string }>`
      with whole as (select ST_UnaryUnion(ST_Collect(geom), ${grid}) as geom from staged_district),
      ring as (select ST_DumpRings(piece.geom) as ring from whole, lateral ST_Dump(whole.geom) piece),
      hole as (select ST_Difference((ring).geom, whole.geom, ${grid}) as geom from ring, whole where (ring).path[1] > 0),
      closed as (select ST_Difference(ST_Buffer(ST_Buffer(geom, ${reach}::float8, 'join=mitre'), -${reach}::float8, 'join=mitre'), geom, ${grid}) as geom from whole),
      strip as (
        select piece.geom from closed, lateral ST_Dump(closed.geom) piece
        where ST_Area(piece.geom) > ${TOLERANCE_M2} and not exists (select from hole where ST_Intersects(hole.geom, piece.geom))
          and (select count(*) from staged_district d where ST_DWithin(d.geom, piece.geom, 0.01)) > 1
      )
      select 'a gap of ' || round(ST_Area(geom)::numeric, 1) || ' m² lies between '
        || (select string_agg(district_id, ', ' order by district_id) from staged_district d where ST_DWithin(d.geom, gap.geom, 0.01))
        || ' ' || ${near} || '.' as sentence
      from (select geom, ST_Transform(ST_PointOnSurface(geom), ${wire}) as at from (select * from hole union all select * from strip) found
        where ST_Area(geom) > ${TOLERANCE_M2}) gap
      order by ST_Area(geom) desc limit 20`,
  )
}

/** Which districts reach out of Denmark? */
export function checkBounds(db: Database): Promise<string[]> {
  const { west, south, east, north } = DENMARK_BOUNDS
  return sentences(
    db,
    sql<{ sentence: string }>`
      select district_id || ' reaches ' || round(ST_XMin(box)::numeric, 3) || ' ' || round(ST_YMin(box)::numeric, 3) || ' to '
        || round(ST_XMax(box)::numeric, 3) || ' ' || round(ST_YMax(box)::numeric, 3) || ', which is not inside Denmark.' as sentence
      from (select district_id, ST_Extent(ST_Transform(geom, ${wire})) as box from staged_district group by district_id) extent
      where not (ST_XMin(box) >= ${west} and ST_YMin(box) >= ${south} and ST_XMax(box) <= ${east} and ST_YMax(box) <= ${north})
      order by 1`,
  )
}
