import type { Database } from '../platform/db/connect.ts'
import { savePerson } from './queries.ts'

/** Issuer of people who do not exist and cannot sign in: the authors of demo ideas. */
const DEMO_ISSUER = 'demo'

/** Adds invented people, or finds them again; returns their ids in the order of the names. */
export async function saveDemoPeople(trx: Database, names: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const [index, displayName] of names.entries()) {
    ids.push(await savePerson(trx, { issuer: DEMO_ISSUER, subject: String(index), displayName, role: 'citizen', districtId: null }))
  }
  return ids
}

/** Removes the invented people; returns how many there were. */
export async function deleteDemoPeople(trx: Database): Promise<number> {
  const result = await trx.deleteFrom('person').where('issuer', '=', DEMO_ISSUER).executeTakeFirst()
  return Number(result.numDeletedRows)
}
