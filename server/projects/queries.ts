import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJson, asLngLat } from '../platform/db/postgis.ts'
import type { Consent, fundingSchema, PlanProject, PlanProjectFilter, PlanProjectList, Project } from './contract.ts'
import { PROJECT_LIMITS } from './limits.ts'

/** An instant inside JSON, as the wire writes it. */
const instant = (column: string): RawBuilder<string> => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The ideas of project `p`: merged ones in their order, then those withdrawn in its favour. Hidden ideas are left out. */
const ideasOf = sql<Project['ideas']>`coalesce((
  select json_agg(json_build_object('ideaId', x.idea_id, 'title', x.title, 'role', x.role, 'isActive', x.is_active,
    'isWithdrawn', x.status = 'withdrawn') order by x.place, x.idea_id)
  from (
    select i.idea_id, i.title, i.status, l.parted_at is null as is_active, l.position::integer as place,
      case when exists (select from idea_outcome o where o.project_id = p.project_id and o.idea_id = i.idea_id)
        then 'in-favour' else 'merged' end as role
    from project_idea l join idea i using (idea_id) where l.project_id = p.project_id
    union all
    select i.idea_id, i.title, i.status, true, 100000, 'in-favour'
    from idea_outcome o join idea i using (idea_id)
    where o.project_id = p.project_id
      and not exists (select from project_idea l where l.project_id = p.project_id and l.idea_id = i.idea_id)
  ) x where x.status <> 'hidden'), '[]')`

/** What everybody may know of the past of project `p`. */
const historyOf = sql<Project['history']>`coalesce((
  select json_agg(json_build_object('kind', e.kind, 'at', ${instant('e.at')}, 'ideaId', e.idea_id, 'reason', e.reason)
    order by e.project_event_id)
  from project_event e where e.project_id = p.project_id and e.kind not in ('consent-asked', 'consent-yes', 'consent-no', 'idea-kept')), '[]')`

const consentsOf = sql<Consent[]>`coalesce((
  select json_agg(json_build_object('ideaId', i.idea_id, 'title', i.title, 'authorName', a.display_name, 'isActive', l.parted_at is null,
    'askedAt', ${instant('l.asked_at')}, 'answer', l.answer, 'note', l.answer_note, 'answeredAt', ${instant('l.answered_at')},
    'keptReason', l.kept_reason, 'keptAt', ${instant('l.kept_at')}) order by l.position, i.idea_id)
  from project_idea l join idea i using (idea_id) left join person a on a.person_id = i.person_id
  where l.project_id = p.project_id), '[]')`

const eventsOf = sql<PlanProject['events']>`coalesce((
  select json_agg(json_build_object('kind', e.kind, 'at', ${instant('e.at')}, 'actorName', a.display_name, 'ideaId', e.idea_id,
    'reason', e.reason) order by e.project_event_id)
  from project_event e left join person a on a.person_id = e.actor_id where e.project_id = p.project_id), '[]')`

function projects(db: Database) {
  return db
    .selectFrom('project as p')
    .leftJoin('district as d', 'd.district_id', 'p.district_id')
    .leftJoin('installation_project as link', 'link.project_id', 'p.project_id')
    .select((eb) => [
      'p.project_id as projectId',
      'p.round_year as roundYear',
      'p.district_id as districtId',
      'd.name as districtName',
      'p.title',
      'p.description',
      sql<Project['category']>`p.category`.as('category'),
      'p.place_text as placeText',
      asGeoJson<Project['geometry']>(eb.ref('p.geom')).as('geometry'),
      asLngLat(eb.ref('p.label_point')).$castTo<Project['labelPoint']>().as('labelPoint'),
      sql<Project['positionAccuracy']>`p.position_accuracy`.as('positionAccuracy'),
      sql<Project['outcome']>`p.outcome`.as('outcome'),
      sql<Project['state']>`p.state`.as('state'),
      'p.state_reason as stateReason',
      'p.shortlist_number as shortlistNumber',
      sql<boolean | null>`coalesce(p.shortlisted, p.state = 'shortlisted')`.as('shortlisted'),
      'p.awarded_dkk as awardedDkk',
      'p.award_note as awardNote',
      'p.opened',
      'p.opened_text as openedText',
      'p.total_cost_dkk as totalCostDkk',
      sql<z.infer<typeof fundingSchema>[]>`p.funding`.as('funding'),
      'p.merged_from as mergedFrom',
      sql<Project['followUps']>`p.follow_ups`.as('followUps'),
      'p.continues_project_id as continuesProjectId',
      'link.installation_id as installationId',
      ideasOf.as('ideas'),
      historyOf.as('history'),
      'p.version',
    ])
}

/** The projects of a round without withdrawn ones: winners first, then by award, place on the shortlist and title. */
export function selectProjects(db: Database, year: number): Promise<Project[]> {
  return projects(db)
    .where('p.round_year', '=', year)
    .where(sql<boolean>`p.state is distinct from 'withdrawn'`)
    .orderBy(sql`p.outcome = 'won'`, 'desc')
    .orderBy('p.awarded_dkk', (order) => order.desc().nullsLast())
    .orderBy('p.shortlist_number', (order) => order.asc().nullsLast())
    .orderBy('p.title')
    .orderBy('p.project_id')
    .execute()
}

/** One project by its slug, withdrawn ones included: their page stays. */
export function selectProject(db: Database, projectId: string): Promise<Project | undefined> {
  return projects(db).where('p.project_id', '=', projectId).executeTakeFirst()
}

function planProjects(db: Database) {
  return projects(db)
    .where('p.state', 'is not', null)
    .select([
      consentsOf.as('consents'),
      eventsOf.as('events'),
      'p.place_idea_id as placeIdeaId',
      sql<string>`${instant('p.created_at')}`.as('createdAt'),
    ])
}

/** The projects of a round as the organiser sees them, by district, shortlist and age. */
export function selectPlanProjects(db: Database, { year, district, state }: PlanProjectFilter): Promise<PlanProject[]> {
  let query = planProjects(db).where('p.round_year', '=', year)
  if (district) query = query.where('p.district_id', '=', district)
  if (state) query = query.where('p.state', '=', state)
  return query
    .orderBy('p.district_id')
    .orderBy('p.shortlist_number', (order) => order.asc().nullsLast())
    .orderBy('p.created_at')
    .orderBy('p.project_id')
    .execute()
}

/** One project of today's rounds as the organiser sees it. */
export function selectPlanProject(db: Database, projectId: string): Promise<PlanProject | undefined> {
  return planProjects(db).where('p.project_id', '=', projectId).executeTakeFirst()
}

/** How many projects each district's shortlist of a round holds, and how many it may hold. */
export async function selectShortlists(db: Database, year: number): Promise<PlanProjectList['shortlists']> {
  const { rows } = await sql<PlanProjectList['shortlists'][number]>`
    select d.district_id as "districtId", d.name,
      (select count(*) from project p where p.round_year = r.year and p.district_id = d.district_id and p.state = 'shortlisted') as count,
      coalesce((r.rules ->> 'maxProjectsPerDistrict')::integer, ${sql.lit(PROJECT_LIMITS.maxProjectsPerDistrict)}) as max
    from round r cross join district d where r.year = ${year}
    order by d.name`.execute(db)
  return rows
}

/** The name of a district; undefined when there is none of that id. */
export function selectDistrictName(db: Database, districtId: string) {
  return db.selectFrom('district').where('district_id', '=', districtId).select('name').executeTakeFirst()
}
