import type { Role } from '../kernel/roles.ts'
import type { Database } from '../platform/db/connect.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
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

/** Adds invented staff, or finds them again, as if they were signed in. */
export async function saveDemoStaff(trx: Database, staff: readonly { displayName: string; role: Role }[]): Promise<SessionPerson[]> {
  const people: SessionPerson[] = []
  for (const [index, { displayName, role }] of staff.entries()) {
    const personId = await savePerson(trx, { issuer: DEMO_ISSUER, subject: `staff-${index}`, displayName, role, districtId: null })
    people.push({ personId, displayName, role, districtId: null, csrfToken: '', expiresAt: new Date(0), voterKey: null, ageYears: null })
  }
  return people
}

/** Removes the invented people; returns how many there were. */
export async function deleteDemoPeople(trx: Database): Promise<number> {
  const result = await trx.deleteFrom('person').where('issuer', '=', DEMO_ISSUER).executeTakeFirst()
  return Number(result.numDeletedRows)
}
