import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IdentityProvider } from '../../server/accounts/identityProvider.ts'
import { savePerson } from '../../server/accounts/queries.ts'
import { residenceFinder } from '../../server/accounts/residence.ts'
import { openSession, removeExpired } from '../../server/accounts/service.ts'
import { createAccountsApp, openAccountsDeps } from '../setup/accountsServer.ts'

const HOUR_MS = 3_600_000
const noon = '2026-05-04T12:00:00Z'

let deps: Awaited<ReturnType<typeof openAccountsDeps>>
beforeAll(async () => {
  deps = await openAccountsDeps({ baseUrl: 'http://localhost:8080' })
})
afterAll(() => deps.close())

async function signedIn(subject = 'somebody') {
  deps.clock.set(noon)
  const personId = await savePerson(deps.db, { issuer: 'test', subject, displayName: 'Ane', role: 'citizen', districtId: null })
  return { personId, ...(await openSession(deps, personId)) }
}

const cookie = (token: string) => ({ Cookie: `session=${token}` })

describe('a session', () => {
  test('lasts twelve hours and not a moment longer', async () => {
    const app = createAccountsApp(deps)
    const { token, personId } = await signedIn()
    const personAt = async (instant: Date) => {
      deps.clock.set(instant)
      const response = await app.request('/api/session', { headers: cookie(token) })
      expect(response.headers.get('cache-control')).toBe('no-store')
      return ((await response.json()) as { person: { personId: string } | null }).person?.personId ?? null
    }
    const start = Date.parse(noon)
    expect(await personAt(new Date(start + 12 * HOUR_MS - 1))).toBe(personId)
    expect(await personAt(new Date(start + 12 * HOUR_MS))).toBeNull()
  })

  test('that is over is removed, with sign-ins nobody finished and old answers', async () => {
    const { personId } = await signedIn()
    await createAccountsApp(deps, { identityProvider: answering({}) }).request('/auth/sign-in')
    const age = (hours: number) => new Date(Date.parse(noon) + 12 * HOUR_MS - hours * HOUR_MS)
    const answer = (key: string, hours: number) => ({ person_id: personId, key, request_hash: 'a', created_at: age(hours) })
    await deps.db
      .insertInto('idempotency_key')
      .values([answer('of-yesterday', 24), answer('of-today', 23)])
      .execute()
    deps.clock.set(new Date(Date.parse(noon) + 12 * HOUR_MS))
    const removed = await removeExpired(deps)
    expect(removed.sessions).toBeGreaterThan(0)
    expect(removed.attempts).toBeGreaterThan(0)
    expect(removed.answers).toBe(1)
    expect(await deps.db.selectFrom('session').selectAll().execute()).toEqual([])
    expect(await deps.db.selectFrom('sign_in_attempt').selectAll().execute()).toEqual([])
  })

  test('ends with sign-out, which may be said twice', async () => {
    const app = createAccountsApp(deps)
    const { token, csrfToken } = await signedIn()
    const headers = { ...cookie(token), Origin: 'http://localhost:8080', 'X-CSRF-Token': csrfToken }
    const first = await app.request('/auth/sign-out', { method: 'POST', headers })
    expect(first.status).toBe(204)
    expect(first.headers.get('set-cookie')).toMatch(/^session=; Max-Age=0; Path=\//)
    expect(await (await app.request('/api/session', { headers })).json()).toMatchObject({ person: null })
    expect((await app.request('/auth/sign-out', { method: 'POST', headers })).status).toBe(204)
  })

  test('costs no question to the database without its cookie', async () => {
    const silent = { ...deps, db: null as unknown as typeof deps.db }
    const app = createAccountsApp(silent, { identityProvider: answering({}), resolveAddress: async () => null })
    for (const headers of [{}, cookie('short'), cookie("'; drop table person")]) {
      expect((await app.request('/api/session', { headers })).status).toBe(200)
    }
  })

  test('cookie is bound to the host where there is https', async () => {
    const secure = { ...deps, config: { ...deps.config, baseUrl: 'https://million.example' } }
    const app = createAccountsApp(secure, { identityProvider: answering({ sub: 'secure' }) })
    const start = await app.request('https://million.example/auth/sign-in')
    const [key] = start.headers.getSetCookie()
    expect(key).toMatch(/^__Host-sign-in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const state = new URL(start.headers.get('location') as string).searchParams.get('state')
    const headers = { Cookie: (key as string).split(';')[0] as string }
    const end = await app.request(`https://million.example/auth/callback?state=${state}&code=a`, { headers })
    expect(end.headers.getSetCookie()[0]).toMatch(/^__Host-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })
})

describe('a write', () => {
  const own = 'http://localhost:8080'
  test.each([
    ['own origin', { Origin: own }, 200],
    ['own referer', { Referer: `${own}/ideer/ny` }, 200],
    ['nothing', {}, 403],
    ['another origin', { Origin: 'https://evil.example' }, 403],
    ['another port', { Origin: 'http://localhost:8081' }, 403],
    ['another scheme', { Origin: 'https://localhost:8080' }, 403],
    ['a longer host', { Origin: 'http://localhost:8080.evil.example' }, 403],
    ['no origin', { Origin: 'null' }, 403],
    ['another origin and own referer', { Origin: 'https://evil.example', Referer: `${own}/` }, 403],
    ['another referer', { Referer: `https://evil.example/?${own}` }, 403],
    ['a broken referer', { Referer: 'nonsense' }, 403],
  ] as [string, Record<string, string>, number][])('of a visitor with %s', async (_name, headers, status) => {
    const app = createAccountsApp(deps)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await app.request('/probe', { method, headers })
      expect(response.status).toBe(status)
      if (status === 403) expect(await response.json()).toMatchObject({ kind: 'cross-site-request' })
    }
    expect((await app.request('/probe', { headers })).status).toBe(200)
  })

  test('of a person needs the token of this very session', async () => {
    const app = createAccountsApp(deps)
    const [mine, other] = [await signedIn(), await signedIn()]
    const send = (csrf: Record<string, string>) =>
      app.request('/probe', { method: 'POST', headers: { ...cookie(mine.token), Origin: own, ...csrf } })
    expect(await (await send({ 'X-CSRF-Token': mine.csrfToken })).json()).toEqual({ personId: mine.personId })
    for (const wrong of [{}, { 'X-CSRF-Token': '' }, { 'X-CSRF-Token': other.csrfToken }, { 'X-CSRF-Token': `${mine.csrfToken}x` }]) {
      expect((await send(wrong as Record<string, string>)).status).toBe(403)
    }
  })
})

/** An identity provider that says what the test wants. */
function answering(claims: Record<string, unknown>): IdentityProvider {
  return {
    roleClaim: 'groups',
    rollClaim: null,
    signInUrl: async ({ state }) => new URL(`https://id.example/?state=${state}`),
    readClaims: async () => ({ iss: 'https://id.example', sub: 'a', ...claims }),
  }
}

async function signInWith(claims: Record<string, unknown>, resolveAddress?: () => Promise<string | null>) {
  deps.clock.set(noon)
  const app = createAccountsApp(deps, { identityProvider: answering(claims), ...(resolveAddress ? { resolveAddress } : {}) })
  const start = await app.request('/auth/sign-in')
  const headers = { Cookie: start.headers.getSetCookie()[0]?.split(';')[0] as string }
  const state = new URL(start.headers.get('location') as string).searchParams.get('state')
  const end = await app.request(`/auth/callback?state=${state}&code=a`, { headers })
  const session = await app.request('/api/session', { headers: { Cookie: end.headers.getSetCookie()[0]?.split(';')[0] as string } })
  return ((await session.json()) as { person: Record<string, unknown> }).person
}

describe('what the identity provider says', () => {
  test('is taken over again at every sign-in', async () => {
    const address = { street_address: 'Lundebjerg 3', postal_code: '2740', locality: 'Skovlunde' }
    const first = await signInWith({ sub: 'mover', name: ' Bo\u0000 ', groups: ['x', 'planner'], address })
    expect(first).toMatchObject({ displayName: 'Bo', role: 'planner', districtId: 'skovlunde' })
    const second = await signInWith({ sub: 'mover', name: 'Bo Berg', groups: 'none' })
    expect(second).toEqual({ personId: first.personId, displayName: 'Bo Berg', role: 'citizen', districtId: null })
  })

  test('under another issuer or subject is another person', async () => {
    const ids = [
      await signInWith({ sub: 'one' }),
      await signInWith({ sub: 'two' }),
      await signInWith({ sub: 'one', iss: 'https://other.example' }),
    ]
    expect(new Set(ids.map(({ personId }) => personId)).size).toBe(3)
  })

  test('lets people in when their district cannot be found', async () => {
    const broken = () => Promise.reject(new Error('register away'))
    expect(await signInWith({ sub: 'one', address: { street_address: 'Lundebjerg 3', locality: 'Skovlunde' } }, broken)).toMatchObject({
      districtId: null,
    })
  })

  test.each([
    [{ street_address: 'Egebjerg Bygade 1', locality: 'Ballerup' }, 'ballerup-nord'],
    [{ street_address: 'magleparken 1, st.', locality: 'BALLERUP' }, 'ballerup-syd'],
    [{ formatted: 'Knastebakken 9\n2760 Måløv' }, 'maaloev'],
    [{ street_address: 'Lundebjerg 3', locality: 'Aarhus' }, null],
    [{ street_address: 'Lundebjerg 3' }, null],
    [{ street_address: 'Ukendtvej 3', locality: 'Ballerup' }, null],
    [{ street_address: 'Ballerup St.', locality: 'Ballerup' }, null],
  ])('%j lies in %s', async (address, districtId) => {
    expect(await residenceFinder(deps)(address)).toBe(districtId)
  })
})

describe('an identity provider that is away', () => {
  test('is said so, and used as soon as it is back', async () => {
    let isAway = true
    const server = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`
      const endpoints = { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }
      response.writeHead(isAway ? 503 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ issuer, ...endpoints }))
    })
    await new Promise<void>((done) => server.listen(0, 'localhost', done))
    const issuer = `http://localhost:${(server.address() as { port: number }).port}`
    const oidc = { issuer, clientId: 'million', clientSecret: 's', scope: 'openid', roleClaim: 'role', rollClaim: null }
    const app = createAccountsApp({ ...deps, config: { ...deps.config, oidc } })

    const asProgram = await app.request('/auth/sign-in')
    expect([asProgram.status, asProgram.headers.get('retry-after')]).toEqual([503, '10'])
    expect(await asProgram.json()).toMatchObject({ kind: 'identity-provider-away' })
    const asPage = await app.request('/auth/sign-in?returnTo=/ideer/ny', { headers: { Accept: 'text/html,*/*' } })
    expect(asPage.headers.get('location')).toBe('/ideer/ny?signInProblem=identity-provider-away')
    expect(await (await app.request('/api/session')).json()).toMatchObject({ isTestSignIn: false })

    isAway = false
    const url = new URL((await app.request('/auth/sign-in?lang=en')).headers.get('location') as string)
    expect(url.origin + url.pathname).toBe(`${issuer}/auth`)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'million',
      response_type: 'code',
      redirect_uri: 'http://localhost:8080/auth/callback',
      code_challenge_method: 'S256',
      ui_locales: 'en',
      nonce: expect.stringMatching(/./),
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
    server.closeAllConnections()
    await new Promise((done) => server.close(done))

    const key = (await app.request('/auth/sign-in?returnTo=/om')).headers
    const state = new URL(key.get('location') as string).searchParams.get('state')
    const headers = { Cookie: key.getSetCookie()[0]?.split(';')[0] as string }
    const end = await app.request(`/auth/callback?code=a&state=${state}`, { headers })
    expect(end.headers.get('location')).toBe('/om?signInProblem=identity-provider-away')
  })
})

test('starting sign-ins without end is refused after a while', async () => {
  deps.clock.set('2026-05-05T12:00:00Z')
  const app = createAccountsApp(deps, { identityProvider: answering({}) })
  const statuses: number[] = []
  for (let n = 0; n < 121; n += 1) statuses.push((await app.request('/auth/sign-in')).status)
  expect(new Set(statuses.slice(0, 120))).toEqual(new Set([302]))
  expect(statuses[120]).toBe(429)
})
