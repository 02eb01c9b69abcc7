import { randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { Problem } from '../kernel/problem.ts'
import { roleSchema } from '../kernel/roles.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { inBatches } from '../platform/inBatches.ts'
import { personKeyOf } from '../voting/personKey.ts'
import { requireSameKey } from '../voting/sameKey.ts'
import { votingKeyOf } from '../voting/votingKey.ts'
import type { IdentityProvider } from './identityProvider.ts'
import {
  deleteExpired,
  deleteSession,
  deleteSessions,
  insertAttempt,
  insertSession,
  type Profile,
  savePerson,
  selectSessions,
  takeAttempt,
} from './queries.ts'
import {
  addressOf,
  ageOf,
  type Claims,
  displayNameOf,
  localPath,
  type ResolveAddress,
  roleOf,
  type SignInProblem,
  withSignInProblem,
} from './rules.ts'
import { hashOf, isToken, newToken } from './tokens.ts'

type AccountDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'config'>

/** The account room's ways to the world outside. */
export interface SignInParts {
  identityProvider: IdentityProvider
  resolveAddress: ResolveAddress
}

export const SESSION_DURATION_S = 12 * 3600
export const ATTEMPT_DURATION_S = 600

/**
 * Starts a sign-in: remembers it for ten minutes and answers where to send the browser. `browserKey` is a secret that only
 * this browser knows, so that nobody can finish in another browser what was begun in theirs.
 * @errors Problem `identity-provider-away`
 */
export async function startSignIn(
  deps: AccountDeps,
  { identityProvider }: SignInParts,
  asked: { browserKey: string; returnTo: string | undefined; lang: string | undefined },
): Promise<URL> {
  const secrets = { state: newToken(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() }
  const url = await identityProvider.signInUrl(secrets, asked.lang)
  await insertAttempt(deps.db, {
    stateHash: hashOf(secrets.state, asked.browserKey),
    nonce: secrets.nonce,
    codeVerifier: secrets.codeVerifier,
    returnTo: localPath(asked.returnTo),
    expiresAt: new Date(deps.clock.now().getTime() + ATTEMPT_DURATION_S * 1000),
  })
  return url
}

async function districtOf(deps: AccountDeps, resolveAddress: ResolveAddress, claim: unknown): Promise<string | null> {
  const address = addressOf(claim)
  if (address === null) return null
  try {
    return await resolveAddress(address)
  } catch (error) {
    // A sign-in is worth more than its district; the next one tries again. The message could hold the address.
    deps.log.warn({ cause: (error as Error).name }, 'district of residence was not found')
    return null
  }
}

/** All that is kept of a person. Whatever else the issuer said ends here. */
async function profileOf(deps: AccountDeps, parts: SignInParts, claims: Claims & { iss: string; sub: string }): Promise<Profile> {
  return {
    issuer: claims.iss,
    subject: claims.sub,
    displayName: displayNameOf(claims.name),
    role: roleOf(claims[parts.identityProvider.roleClaim]),
    districtId: await districtOf(deps, parts.resolveAddress, claims.address),
  }
}

/** What a session knows of its person as a voter; it goes with the session. */
export interface SessionVoter {
  voterKey: Buffer | null
  ageYears: number | null
}

const NOBODY: SessionVoter = { voterKey: null, ageYears: null }

/** Where the roll goes by a number, whoever comes without one is not on it: nobody is two people. */
function voterOf(deps: AccountDeps, { rollClaim }: IdentityProvider, claims: Claims & { iss: string; sub: string }): SessionVoter {
  const ageYears = ageOf(claims, copenhagenDate(deps.clock.now()))
  const rollNumber = rollClaim === null ? null : String(claims[rollClaim] ?? '').trim()
  if (rollNumber === '') return { voterKey: null, ageYears }
  const name = rollNumber === null ? { issuer: claims.iss, subject: claims.sub } : { rollNumber }
  return { voterKey: personKeyOf(votingKeyOf(deps.config), name), ageYears }
}

/** Opens a session; only the hash of its token is kept. */
export async function openSession(
  deps: AccountDeps,
  personId: string,
  voter = NOBODY,
): Promise<{ token: string; csrfToken: string; expiresAt: Date }> {
  const createdAt = deps.clock.now()
  const session = { token: newToken(), csrfToken: newToken(), expiresAt: new Date(createdAt.getTime() + SESSION_DURATION_S * 1000) }
  await insertSession(deps.db, { ...session, ...voter, tokenHash: hashOf(session.token), personId, createdAt })
  return session
}

/** How a sign-in ended: with a session, or with a problem the page can name; in both cases where to go. */
type SignInEnd = { redirectTo: string; token: string } | { redirectTo: string; problem: SignInProblem }

function endedBy(problem: SignInProblem, returnTo = '/'): SignInEnd {
  return { redirectTo: withSignInProblem(returnTo, problem), problem }
}

/** Finishes the sign-in the browser comes back from. Each attempt serves once, whatever its end. */
export async function finishSignIn(
  deps: AccountDeps,
  parts: SignInParts,
  returned: { callbackUrl: URL; browserKey: string | undefined },
): Promise<SignInEnd> {
  const state = returned.callbackUrl.searchParams.get('state') ?? undefined
  if (!isToken(state) || !isToken(returned.browserKey)) return endedBy('sign-in-expired')
  const attempt = await takeAttempt(deps.db, hashOf(state, returned.browserKey))
  if (attempt === undefined) return endedBy('sign-in-expired')
  if (attempt.expiresAt <= deps.clock.now()) return endedBy('sign-in-expired', attempt.returnTo)
  try {
    const claims = await parts.identityProvider.readClaims(returned.callbackUrl, { state, ...attempt })
    const personId = await savePerson(deps.db, await profileOf(deps, parts, claims))
    const voter = voterOf(deps, parts.identityProvider, claims)
    if (voter.voterKey !== null) await requireSameKey(deps)
    const { token } = await openSession(deps, personId, voter)
    return { redirectTo: attempt.returnTo, token }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Nobody but the operator can do anything about it.
    if (error.kind === 'voting-key-differs') deps.log.error('VOTING_KEY is another one than the kept one: restart with the same key')
    return endedBy(error.kind as SignInProblem, attempt.returnTo)
  }
}

type SessionFinder = (token: string | undefined) => Promise<SessionPerson | null>

/**
 * Finds the person of a session token; `null` for a visitor, an unknown token and a session that is over. Those asked for at the
 * same moment are asked of the database together.
 */
export function createSessionFinder({ db, clock }: Pick<Deps, 'db' | 'clock'>): SessionFinder {
  const find = inBatches({ lanes: 2, most: 100 }, async (tokenHashes: readonly Buffer[]) => {
    const found = new Map((await selectSessions(db, tokenHashes)).map(({ tokenHash, ...session }) => [tokenHash.toString('hex'), session]))
    return tokenHashes.map((tokenHash) => found.get(tokenHash.toString('hex')))
  })
  return async (token) => {
    if (!isToken(token)) return null
    const session = await find(hashOf(token))
    return session === undefined || session.expiresAt <= clock.now() ? null : { ...session, role: roleSchema.parse(session.role) }
  }
}

/** Ends a session for good; ending it twice is fine. */
export async function closeSession(deps: Pick<Deps, 'db'>, token: string | undefined): Promise<void> {
  if (isToken(token)) await deleteSession(deps.db, hashOf(token))
}

/** Ends every session: what they know of voters counts no more. */
export async function closeAllSessions(db: Database): Promise<void> {
  await deleteSessions(db)
}

/** The account room's part of the job `remove-old-rows`. */
export async function removeExpired(deps: Pick<Deps, 'db' | 'clock'>) {
  return deleteExpired(deps.db, deps.clock.now())
}
