import { sql } from 'kysely'
import { OVERLAY_GRID_M } from '../kernel/crs.ts'
import type { PlaceGeometry, Position } from '../kernel/geometry.ts'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'
import { areaM2, asGeoJson, asLngLat, covers, distanceM, fromGeoJson, fromLngLat } from '../platform/db/postgis.ts'
import type { DistrictAt } from './contract.ts'

/** The version in force with what must stand beside its outlines; undefined when none is loaded. */
export function selectCurrentVersion(db: Database) {
  return db
    .selectFrom('district_version')
    .select(['district_version_id', 'attribution', 'is_official', 'valid_from'])
    .where('district_version_id', '=', sql<number>`current_district_version_id()`)
    .executeTakeFirst()
}

function areasInForce(db: Database) {
  return db
    .selectFrom('district_area as area')
    .innerJoin('district', 'district.district_id', 'area.district_id')
    .where('area.district_version_id', '=', sql<number>`current_district_version_id()`)
}

/** Outlines of the version in force, ordered by id. @crs EPSG:4326 */
export function selectAreas(db: Database) {
  return areasInForce(db)
    .select((eb) => [
      'area.district_id as districtId',
      'district.name',
      asGeoJson<{ type: 'MultiPolygon'; coordinates: [number, number][][][] }>(eb.ref('area.geom')).as('geometry'),
      asLngLat(eb.ref('area.label_point')).as('labelPoint'),
      areaM2(eb.ref('area.geom')).as('areaM2'),
    ])
    .orderBy('area.district_id')
    .execute()
}

/**
 * Which district covers each of these places? In their order, null outside all; on a shared border the first by id, so
 * that the answer never depends on chance.
 */
export async function selectDistrictsAt(db: Database, places: readonly Position[]): Promise<(DistrictAt | null)[]> {
  const [lngs, lats] = [places.map(([lng]) => lng), places.map(([, lat]) => lat)]
  const { rows } = await sql<DistrictAt | { districtId: null; name: null }>`${hot}
    select found.district_id as "districtId", found.name
    from unnest(${lngs}::float8[], ${lats}::float8[]) with ordinality as place (lng, lat, number)
    left join lateral (
      select area.district_id, district.name from district_area area join district using (district_id)
      where area.district_version_id = current_district_version_id()
        and ${covers(sql.ref('area.geom'), fromLngLat(sql.ref('place.lng'), sql.ref('place.lat')))}
      order by area.district_id limit 1
    ) found on true
    order by place.number`.execute(db)
  return rows.map((row) => (row.districtId === null ? null : row))
}

/** The district nearest to a geometry with the distance in metres. */
export function selectNearestDistrict(db: Database, geometry: PlaceGeometry) {
  return areasInForce(db)
    .select((eb) => [
      'area.district_id as districtId',
      'district.name',
      distanceM(eb.ref('area.geom'), fromGeoJson(geometry)).as('distanceM'),
    ])
    .orderBy('distanceM')
    .orderBy('area.district_id')
    .limit(1)
    .executeTakeFirst()
}

export interface PlacementRow {
  isSimple: boolean
  isValid: boolean
  isDegenerate: boolean
  lengthM: number
  areaM2: number
  /** From corner to corner of its box. */
  reachM: number
  districtVersionId: number | null
  /** Districts that hold some of it with how much (points: 1), most first, then by id. */
  parts: { districtId: string; name: string; measure: number }[]
  /** How much lies in no district. @unit metres for lines, square metres for polygons */
  outsideMeasure: number
}

/**
 * Where does this geometry lie? One statement: shape checks, parts per district and what lies outside all of them.
 * Nothing is cut with a geometry that is not valid: `sound` is null then.
 * Parts are rounded to a millimetre (mm²) before they are compared, so that an even split is decided by the id.
 */
export async function selectPlacement(db: Database, geometry: PlaceGeometry): Promise<PlacementRow> {
  const grid = sql.lit(OVERLAY_GRID_M)
  const { rows } = await sql<PlacementRow>`
    with place as materialized (select ${fromGeoJson(geometry)} as geom),
    sound as materialized (select case when ST_IsValid(geom) then geom end as geom from place),
    area as (
      select a.district_id, d.name, a.district_version_id, a.geom
      from district_area a join district d using (district_id), sound p
      where a.district_version_id = current_district_version_id() and ST_Intersects(a.geom, p.geom)
    ),
    part as (
      select a.district_id, a.name, round((case ST_Dimension(p.geom)
        when 0 then 1
        when 1 then ST_Length(ST_Intersection(a.geom, p.geom, ${grid}))
        else ST_Area(ST_Intersection(a.geom, p.geom, ${grid})) end)::numeric, 3)::float8 as measure
      from area a, sound p
    ),
    outside as (
      select ST_Difference(p.geom, (select coalesce(ST_Union(geom, ${grid}), 'SRID=25832;POLYGON EMPTY'::geometry) from area), ${grid}) as geom
      from sound p
    )
    select ST_IsSimple(p.geom) as "isSimple", ST_IsValid(p.geom) as "isValid",
      ST_Dimension(ST_ConvexHull(p.geom)) < ST_Dimension(p.geom) as "isDegenerate",
      ST_Length(p.geom) as "lengthM", ST_Area(p.geom) as "areaM2",
      ST_Length(ST_BoundingDiagonal(p.geom)) as "reachM", current_district_version_id() as "districtVersionId",
      coalesce((select json_agg(json_build_object('districtId', district_id, 'name', name, 'measure', measure)
        order by measure desc, district_id) from part where measure > 0), '[]') as parts,
      coalesce((select case ST_Dimension(p.geom) when 0 then 0 when 1 then ST_Length(o.geom) else ST_Area(o.geom) end
        from outside o), 0) as "outsideMeasure"
    from place p`.execute(db)
  return rows[0] as PlacementRow
}
