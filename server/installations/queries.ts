import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Database } from '../platform/db/connect.ts'
import { asGeoJson } from '../platform/db/postgis.ts'
import type { Installation } from './contract.ts'

/** Finished installations with the projects they came from, latest opening first. */
export async function selectInstallations(db: Database): Promise<Installation[]> {
  const rows = await db
    .selectFrom('installation as i')
    .innerJoin('district as d', 'd.district_id', 'i.district_id')
    .select((eb) => [
      'i.installation_id as installationId',
      'i.title',
      'i.description',
      'i.district_id as districtId',
      'd.name as districtName',
      sql<Installation['category']>`i.category`.as('category'),
      'i.place_text as placeText',
      asGeoJson<Installation['geometry']>(eb.ref('i.geom')).as('geometry'),
      sql<Installation['positionAccuracy']>`i.position_accuracy`.as('positionAccuracy'),
      'i.opened',
      'i.opened_text as openedText',
      'i.total_cost_dkk as totalCostDkk',
      sql<Installation['funding']>`i.funding`.as('funding'),
      jsonArrayFrom(
        eb
          .selectFrom('installation_project as link')
          .innerJoin('project as p', 'p.project_id', 'link.project_id')
          .whereRef('link.installation_id', '=', 'i.installation_id')
          .select(['p.project_id as projectId', 'p.round_year as roundYear', 'p.title', 'p.awarded_dkk as awardedDkk'])
          .orderBy('p.round_year'),
      ).as('projects'),
    ])
    .orderBy('i.opened', 'desc')
    .orderBy('i.installation_id')
    .execute()
  return rows.map((row) => {
    const known = row.projects.length > 0 && row.projects.every(({ awardedDkk }) => awardedDkk !== null)
    const awardedDkk = known ? row.projects.reduce((sum, project) => sum + (project.awardedDkk ?? 0), 0) : null
    return { ...row, awardedDkk, openedYear: Number(row.opened.slice(0, 4)) }
  })
}
