import { sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJson } from '../platform/db/postgis.ts'
import type { fundingSchema, Project } from './contract.ts'

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
      sql<Project['positionAccuracy']>`p.position_accuracy`.as('positionAccuracy'),
      sql<Project['outcome']>`p.outcome`.as('outcome'),
      'p.shortlisted',
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
    ])
}

/** The projects of a round: winners first, then by award and title. */
export function selectProjects(db: Database, year: number): Promise<Project[]> {
  return projects(db)
    .where('p.round_year', '=', year)
    .orderBy(sql`p.outcome = 'won'`, 'desc')
    .orderBy('p.awarded_dkk', (order) => order.desc().nullsLast())
    .orderBy('p.title')
    .execute()
}

/** One project by its slug. */
export function selectProject(db: Database, projectId: string): Promise<Project | undefined> {
  return projects(db).where('p.project_id', '=', projectId).executeTakeFirst()
}
