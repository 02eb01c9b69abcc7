import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { fromLngLat } from '../platform/db/postgis.ts'
import type { NearItem } from './contract.ts'

// Below this two Danish titles seldom speak of the same thing (tried on the titles of the real rounds).
const LIKENESS_MIN = 0.3
const NEAR_MAX = 20

export interface NearQuestion {
  lng: number
  lat: number
  radiusM: number
  q: string | null
}

/**
 * Does this exist already? Ideas and projects of all rounds within the radius, and those anywhere whose title is alike;
 * near ones first, then by likeness. Each branch is one index.
 * @unit metres
 */
export async function selectNear(db: Database, { lng, lat, radiusM, q }: NearQuestion): Promise<NearItem[]> {
  const likeness = (title: string) =>
    q === null ? sql`null::real` : sql`greatest(similarity(${sql.ref(title)}, ${q}), word_similarity(${q}, ${sql.ref(title)}))`
  const alike = (title: string) => (q === null ? sql`false` : sql`(${sql.ref(title)} % ${q} or ${q} <% ${sql.ref(title)})`)
  const { rows } = await sql<NearItem>`
    with here as materialized (select ${fromLngLat(lng, lat)} as geom),
    found as (
      select 'idea' as kind, i.idea_id, null as project_id, i.round_year, i.title, i.category, i.district_id, null as outcome,
        ST_Distance(i.geom, h.geom) as distance_m, ${likeness('i.title')} as likeness
      from idea i, here h
      where i.status = 'submitted' and (ST_DWithin(i.geom, h.geom, ${radiusM}::float8) or ${alike('i.title')})
      union all
      select 'project', null, p.project_id, p.round_year, p.title, p.category, p.district_id,
        case when p.state is null then p.outcome end,
        ST_Distance(p.geom, h.geom), ${likeness('p.title')}
      from project p, here h
      where p.state is distinct from 'withdrawn' and (ST_DWithin(p.geom, h.geom, ${radiusM}::float8) or ${alike('p.title')})
    )
    select kind, idea_id as "ideaId", project_id as "projectId", round_year as "roundYear", title, category,
      district_id as "districtId", outcome, round(distance_m::numeric, 1)::float8 as "distanceM", round(likeness::numeric, 3)::float8 as likeness
    from found
    where distance_m <= ${radiusM}::float8 or likeness >= ${LIKENESS_MIN}::float8
    order by coalesce(distance_m <= ${radiusM}::float8, false) desc, coalesce(likeness, 0) desc, distance_m nulls last, kind, title
    limit ${sql.lit(NEAR_MAX)}`.execute(db)
  return rows
}
