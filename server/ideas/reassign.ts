import { sql } from 'kysely'
import { OVERLAY_GRID_M } from '../kernel/crs.ts'
import type { Database } from '../platform/db/connect.ts'

interface IdeaMove {
  ideaId: number
  title: string
  roundYear: number
  fromDistrictId: string
  fromVersion: number
  /** Null: it lies in no district of the version, so it stays where it is. */
  toDistrictId: string | null
  spansDistricts: string[] | null
}

export interface Reassignment {
  toVersion: number
  moves: IdeaMove[]
  outside: IdeaMove[]
  /** Ideas of an older version whose district stays the same. */
  stayCount: number
}

/**
 * Where would each idea of another version lie under this one? Same measure as for a new idea: a point in the covering
 * district, a line or area in the one that holds most, ties by id.
 */
async function selectPlacements(db: Database, toVersion: number, lock: boolean): Promise<IdeaMove[]> {
  const { rows } = await sql<IdeaMove>`
    select i.idea_id as "ideaId", i.title, i.round_year as "roundYear", i.district_id as "fromDistrictId",
      i.district_version_id as "fromVersion", found.districts[1] as "toDistrictId",
      case when ST_Dimension(i.geom) = 0 then found.districts[1:1] else found.spans end as "spansDistricts"
    from idea i
    cross join lateral (
      select array_agg(district_id order by measure desc, district_id) as districts, array_agg(district_id order by district_id) as spans
      from (
        select a.district_id, round((case ST_Dimension(i.geom)
          when 0 then 1
          when 1 then ST_Length(ST_Intersection(a.geom, i.geom, ${sql.lit(OVERLAY_GRID_M)}))
          else ST_Area(ST_Intersection(a.geom, i.geom, ${sql.lit(OVERLAY_GRID_M)})) end)::numeric, 3) as measure
        from district_area a
        where a.district_version_id = ${toVersion} and ST_Intersects(a.geom, i.geom)
      ) part where measure > 0
    ) found
    where i.district_version_id <> ${toVersion}
    order by i.idea_id
    ${lock ? sql`for update of i` : sql``}`.execute(db)
  return rows
}

function sortOut(toVersion: number, placements: IdeaMove[]): Reassignment {
  const moves = placements.filter(({ toDistrictId, fromDistrictId }) => toDistrictId !== null && toDistrictId !== fromDistrictId)
  const outside = placements.filter(({ toDistrictId }) => toDistrictId === null)
  return { toVersion, moves, outside, stayCount: placements.length - moves.length - outside.length }
}

/** Which ideas would move to another district under a version. Changes nothing. */
export async function planReassignment(db: Database, toVersion: number): Promise<Reassignment> {
  return sortOut(toVersion, await selectPlacements(db, toVersion, false))
}

/**
 * Places the ideas of other versions under this one and writes down each move in the idea's history. What lies outside
 * all districts stays as it is. Runs inside the transaction given.
 */
export async function applyReassignment(trx: Database, toVersion: number): Promise<Reassignment> {
  await sql`set local statement_timeout = '10min'`.execute(trx)
  const placements = await selectPlacements(trx, toVersion, true)
  const placed = placements.filter(({ toDistrictId }) => toDistrictId !== null)
  await sql`
    with placed as (
      select * from json_to_recordset(${JSON.stringify(placed)}::json)
        as row("ideaId" integer, "fromDistrictId" text, "fromVersion" integer, "toDistrictId" text, "spansDistricts" json)
    ),
    changed as (
      update idea i
      set district_id = p."toDistrictId", district_version_id = ${toVersion},
        spans_districts = array(select json_array_elements_text(p."spansDistricts")),
        version = i.version + (p."toDistrictId" <> p."fromDistrictId")::integer,
        updated_at = case when p."toDistrictId" <> p."fromDistrictId" then now() else i.updated_at end
      from placed p where i.idea_id = p."ideaId"
      returning i.idea_id, i.version, p."fromDistrictId", p."fromVersion", p."toDistrictId"
    )
    insert into idea_event (idea_id, kind, version, detail)
    select idea_id, 'district-reassigned', version, jsonb_build_object(
      'from', "fromDistrictId", 'to', "toDistrictId", 'fromVersion', "fromVersion", 'toVersion', ${toVersion}::integer)
    from changed where "toDistrictId" <> "fromDistrictId" order by idea_id`.execute(trx)
  return sortOut(toVersion, placements)
}
