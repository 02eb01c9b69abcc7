import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { fromGeoJson } from '../platform/db/postgis.ts'
import type { RecordedProject } from './contract.ts'

function columnsOf(project: RecordedProject) {
  return {
    round_year: project.roundYear,
    district_id: project.districtId,
    title: project.title,
    description: project.description,
    category: project.category,
    place_text: project.placeText,
    geom: project.geometry === null ? null : fromGeoJson(project.geometry),
    position_accuracy: project.positionAccuracy,
    outcome: project.outcome,
    shortlisted: project.shortlisted,
    awarded_dkk: project.awardedDkk,
    award_note: project.awardNote,
    opened: project.opened,
    opened_text: project.openedText,
    total_cost_dkk: project.totalCostDkk,
    funding: JSON.stringify(project.funding),
    merged_from: project.mergedFrom,
    follow_ups: JSON.stringify(project.followUps),
    continues_project_id: project.continuesProjectId,
  }
}

/** Makes these rounds hold exactly these projects beside those made of ideas here. Runs inside the transaction given. */
export async function replaceProjects(trx: Database, years: readonly number[], projects: readonly RecordedProject[]): Promise<void> {
  const kept = projects.map(({ projectId }) => projectId)
  for (const project of projects) {
    const columns = columnsOf(project)
    await trx
      .insertInto('project')
      .values({ project_id: project.projectId, ...columns })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(columns))
      .execute()
  }
  await sql`delete from project where round_year = any(${years}::integer[]) and state is null
    and not project_id = any(${kept}::text[])`.execute(trx)
}

/** Projects whose position lies outside the district they are said to be in, under the outlines in force. */
export async function selectMisplacedProjects(db: Database): Promise<{ projectId: string; districtId: string }[]> {
  const { rows } = await sql<{ projectId: string; districtId: string }>`
    select p.project_id as "projectId", p.district_id as "districtId"
    from project p join current_district_area a on a.district_id = p.district_id
    where p.geom is not null and p.state is null and not ST_Covers(a.geom, p.geom) order by 1`.execute(db)
  return rows
}

/** Removes every project of these rounds with its history; returns how many. */
export async function deleteProjectsOfRounds(trx: Database, years: readonly number[]): Promise<number> {
  if (years.length === 0) return 0
  const deleted = await trx.deleteFrom('project').where('round_year', 'in', years).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}
