import { sql } from 'kysely'
import { OVERLAY_GRID_M } from '../../server/kernel/crs.ts'
import type { Database } from '../../server/platform/db/connect.ts'

const POINT_COUNT = 20_000
const SEED = 151
const grid = sql.lit(OVERLAY_GRID_M)

/** How do the areas of two versions differ, and how many seeded random points inside both lie in another district? */
export async function compareVersions(db: Database, before: number, after: number) {
  const areas = await sql<{ districtId: string; beforeM2: number; afterM2: number }>`
    select a.district_id as "districtId", ST_Area(b.geom) as "beforeM2", ST_Area(a.geom) as "afterM2"
    from district_area a join district_area b using (district_id)
    where a.district_version_id = ${after} and b.district_version_id = ${before} order by 1`.execute(db)
  const points = await sql<{ pointCount: number; changedCount: number }>`
    with municipality as (select ST_UnaryUnion(ST_Collect(geom), ${grid}) as geom from district_area where district_version_id = ${after}),
    point as (select dumped.geom from municipality, lateral ST_Dump(ST_GeneratePoints(municipality.geom, ${POINT_COUNT}, ${SEED})) dumped),
    district_at as (
      select (select min(district_id) from district_area a where a.district_version_id = ${before} and ST_Covers(a.geom, point.geom)) as before,
        (select min(district_id) from district_area a where a.district_version_id = ${after} and ST_Covers(a.geom, point.geom)) as after
      from point
    )
    select count(*) as "pointCount", count(*) filter (where before is distinct from after) as "changedCount" from district_at`.execute(db)
  return { areas: areas.rows, ...(points.rows[0] as { pointCount: number; changedCount: number }) }
}

/** How many positions are there to check? */
export async function countPositions(db: Database) {
  const { rows } = await sql<{ projects: number; installations: number; places: number }>`
    select (select count(*) from project where geom is not null and district_id is not null) as projects,
      (select count(*) from installation) as installations, (select count(*) from place) as places`.execute(db)
  return rows[0] as { projects: number; installations: number; places: number }
}

/** Which gazetteer places do not lie in the district they name, under the outlines in force? */
export async function selectMisplacedPlaces(db: Database): Promise<{ placeId: string; districtId: string | null }[]> {
  const { rows } = await sql<{ placeId: string; districtId: string | null }>`
    select p.place_id as "placeId", p.district_id as "districtId" from place p
    where not exists (select from current_district_area a where a.district_id = p.district_id and ST_Covers(a.geom, p.geom)) order by 1`.execute(
    db,
  )
  return rows
}

/** How much lies in either the districts or the border but not in both? @unit square metres */
export async function compareWithBorder(db: Database, version: number, border: unknown[]) {
  const { rows } = await sql<{ differenceM2: number; borderM2: number }>`
    with districts as (select ST_UnaryUnion(ST_Collect(geom), ${grid}) as geom from district_area where district_version_id = ${version}),
    border as (
      select ST_UnaryUnion(ST_Collect(ST_SetSRID(ST_GeomFromGeoJSON(part.value), 25832)), ${grid}) as geom
      from json_array_elements(${JSON.stringify(border)}::json) part
    )
    select ST_Area(ST_SymDifference(districts.geom, border.geom, ${grid})) as "differenceM2", ST_Area(border.geom) as "borderM2"
    from districts, border`.execute(db)
  return rows[0] as { differenceM2: number; borderM2: number }
}
