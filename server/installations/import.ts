import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { fromGeoJson } from '../platform/db/postgis.ts'
import type { Installation } from './contract.ts'

export interface InstallationImport extends Omit<Installation, 'districtName' | 'openedYear' | 'awardedDkk' | 'projects'> {
  projectIds: readonly string[]
}

/** Makes the list of installations exactly this one. Runs inside the transaction given. */
export async function replaceInstallations(trx: Database, installations: readonly InstallationImport[]): Promise<void> {
  await trx.deleteFrom('installation').execute()
  for (const item of installations) {
    await trx
      .insertInto('installation')
      .values({
        installation_id: item.installationId,
        title: item.title,
        description: item.description,
        district_id: item.districtId,
        category: item.category,
        place_text: item.placeText,
        geom: fromGeoJson(item.geometry),
        position_accuracy: item.positionAccuracy,
        opened: item.opened,
        opened_text: item.openedText,
        total_cost_dkk: item.totalCostDkk,
        funding: JSON.stringify(item.funding),
      })
      .execute()
    if (item.projectIds.length === 0) continue
    const links = item.projectIds.map((projectId) => ({ installation_id: item.installationId, project_id: projectId }))
    await trx.insertInto('installation_project').values(links).execute()
  }
}

/** Installations that stand outside the district they are said to be in, under the outlines in force. */
export async function selectMisplacedInstallations(db: Database): Promise<{ installationId: string; districtId: string }[]> {
  const { rows } = await sql<{ installationId: string; districtId: string }>`
    select i.installation_id as "installationId", i.district_id as "districtId"
    from installation i join current_district_area a on a.district_id = i.district_id
    where not ST_Covers(a.geom, i.geom) order by 1`.execute(db)
  return rows
}
