import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '../kernel/roles.ts'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'

export interface Profile {
  issuer: string
  subject: string
  displayName: string
  role: Role
  districtId: string | null
}

interface SignInAttempt {
  stateHash: Buffer
  nonce: string
  codeVerifier: string
  returnTo: string
  expiresAt: Date
}

interface NewSession {
  tokenHash: Buffer
  personId: string
  csrfToken: string
  voterKey: Buffer | null
  ageYears: number | null
  createdAt: Date
  expiresAt: Date
}

/** Notes a sign-in on its way to the identity provider. */
export async function insertAttempt(db: Database, attempt: SignInAttempt): Promise<void> {
  await db
    .insertInto('sign_in_attempt')
    .values({
      state_hash: attempt.stateHash,
      nonce: attempt.nonce,
      code_verifier: attempt.codeVerifier,
      return_to: attempt.returnTo,
      expires_at: attempt.expiresAt,
    })
    .execute()
}

/** Takes a sign-in out of the table: of two requests with the same state only one gets it. */
export async function takeAttempt(db: Database, stateHash: Buffer) {
  return db
    .deleteFrom('sign_in_attempt')
    .where('state_hash', '=', stateHash)
    .returning(['nonce', 'code_verifier as codeVerifier', 'return_to as returnTo', 'expires_at as expiresAt'])
    .executeTakeFirst()
}

/** The person of an issuer's subject, made at the first sign-in and brought up to date at every next one. */
export async function savePerson(db: Database, profile: Profile): Promise<string> {
  const current = { display_name: profile.displayName, role: profile.role, district_id: profile.districtId }
  const row = await db
    .insertInto('person')
    .values({ person_id: randomUUID(), issuer: profile.issuer, subject: profile.subject, ...current })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(current))
    .returning('person_id')
    .executeTakeFirstOrThrow()
  return row.person_id
}

/** Writes a session; only the hash of its token. */
export async function insertSession(db: Database, session: NewSession): Promise<void> {
  await db
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      person_id: session.personId,
      csrf_token: session.csrfToken,
      voter_key: session.voterKey,
      age_years: session.ageYears,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

interface SessionRow {
  tokenHash: Buffer
  personId: string
  displayName: string
  role: string
  districtId: string | null
  csrfToken: string
  voterKey: Buffer | null
  ageYears: number | null
  expiresAt: Date
}

/** Sessions with the people behind them, in no order, whether still valid or over. */
export async function selectSessions(db: Database, tokenHashes: readonly Buffer[]): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`${hot}
    select s.token_hash as "tokenHash", p.person_id as "personId", p.display_name as "displayName", p.role, p.district_id as "districtId",
      s.csrf_token as "csrfToken", s.voter_key as "voterKey", s.age_years as "ageYears", s.expires_at as "expiresAt"
    from session s join person p using (person_id) where s.token_hash = any (${tokenHashes}::bytea[])`.execute(db)
  return rows
}

/** Ends one session. */
export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}

/** Ends every session. */
export async function deleteSessions(db: Database): Promise<void> {
  await db.deleteFrom('session').execute()
}

/** The names of all districts. */
export async function selectDistrictNames(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('district').select('name').execute()
  return rows.map(({ name }) => name)
}

/** Removes sessions and sign-ins whose time is over, and answers kept for a day; answers how many. */
export async function deleteExpired(db: Database, now: Date): Promise<{ sessions: number; attempts: number; answers: number }> {
  const dayBefore = new Date(now.getTime() - 86_400_000)
  const sessions = await db.deleteFrom('session').where('expires_at', '<=', now).executeTakeFirst()
  const attempts = await db.deleteFrom('sign_in_attempt').where('expires_at', '<=', now).executeTakeFirst()
  const answers = await db.deleteFrom('idempotency_key').where('created_at', '<=', dayBefore).executeTakeFirst()
  return { sessions: Number(sessions.numDeletedRows), attempts: Number(attempts.numDeletedRows), answers: Number(answers.numDeletedRows) }
}
