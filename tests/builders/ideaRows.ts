import { sql } from 'kysely'
import type { Database } from '../../server/platform/db/connect.ts'

interface IdeaRow {
  title: string
  /** WKT in storage coordinates (EPSG:25832). */
  wkt: string
  category?: string
  status?: 'submitted' | 'withdrawn' | 'hidden'
  year?: number
  wishedAmountDkk?: number | null
}

/** Writes ideas straight into the table, wherever they lie; answers their numbers in order. */
export async function insertIdeas(db: Database, ideas: readonly IdeaRow[]): Promise<number[]> {
  const given = ideas.map(({ title, wkt, category = 'play', status = 'submitted', year = 2026, wishedAmountDkk = null }) => ({
    title,
    wkt,
    category,
    status,
    year,
    wishedAmountDkk,
  }))
  const { rows } = await sql<{ idea_id: number }>`
    with given as (
      select item, position, ST_GeomFromText(item ->> 'wkt', 25832) as geom
      from jsonb_array_elements(${JSON.stringify(given)}::jsonb) with ordinality as list (item, position)
    )
    insert into idea (round_year, title, description, category, geom, label_point, district_id, district_version_id, spans_districts,
      wished_amount_dkk, status)
    select (item ->> 'year')::integer, item ->> 'title', 'Skrevet af en prøve.', item ->> 'category', geom, ST_PointOnSurface(geom),
      near.district_id, near.district_version_id, array[near.district_id], (item ->> 'wishedAmountDkk')::integer, item ->> 'status'
    from given cross join lateral (
      select district_id, district_version_id from current_district_area a order by ST_Distance(a.geom, given.geom), district_id limit 1
    ) near
    order by position
    returning idea_id`.execute(db)
  return rows.map((row) => row.idea_id)
}
