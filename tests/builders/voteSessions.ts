import { sql } from 'kysely'
import { hashOf, newToken } from '../../server/accounts/tokens.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { personKeyOf } from '../../server/voting/personKey.ts'

export interface Voter {
  headers: { Cookie: string; 'X-CSRF-Token': string }
  districtId: string
}

/** Many people with a session of an hour from now by the machine's own clock, in one statement. */
export async function buildVoters(db: Database, votingKey: string, districtIds: readonly string[]): Promise<Voter[]> {
  const people = districtIds.map((districtId) => ({ districtId, personId: crypto.randomUUID(), token: newToken(), csrfToken: newToken() }))
  const hex = (bytes: Buffer) => bytes.toString('hex')
  await sql`
    with p as (
      select * from unnest(${people.map(({ personId }) => personId)}::uuid[], ${people.map(({ districtId }) => districtId)}::text[],
        ${people.map(({ token }) => hex(hashOf(token)))}::text[], ${people.map(({ csrfToken }) => csrfToken)}::text[],
        ${people.map(({ personId }) => hex(personKeyOf(votingKey, { rollNumber: personId })))}::text[])
        as t (person_id, district_id, token, csrf_token, voter_key)
    ), made as (
      insert into person (person_id, issuer, subject, display_name, role, district_id)
      select person_id, 'test', person_id::text, 'Test', 'citizen', district_id from p
    )
    insert into session (token_hash, person_id, csrf_token, voter_key, age_years, created_at, expires_at)
    select decode(token, 'hex'), person_id, csrf_token, decode(voter_key, 'hex'), 40, now(), now() + interval '6 hours' from p`.execute(db)
  return people.map(({ token, csrfToken, districtId }) => ({
    districtId,
    headers: { Cookie: `session=${token}`, 'X-CSRF-Token': csrfToken },
  }))
}
