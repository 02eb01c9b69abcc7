import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { type SessionBody, sessionSchema, signInQuerySchema } from './contract.ts'
import { clearSessionToken, readBrowserKey, readSessionToken, writeBrowserKey, writeSessionToken } from './cookies.ts'
import { createIdentityProvider } from './identityProvider.ts'
import { residenceFinder } from './residence.ts'
import { localPath, type SignInProblem, withSignInProblem } from './rules.ts'
import { closeSession, finishSignIn, type SignInParts, startSignIn } from './service.ts'
import { newToken } from './tokens.ts'

// A school or a library shares one address prefix.
const SIGN_IN_LIMIT = { name: 'sign-in', max: 120, windowS: 600 }

const readSessionRoute = createRoute({
  method: 'get',
  path: '/api/session',
  tags: ['accounts'],
  summary: 'Who is signed in',
  responses: { 200: jsonAnswer(sessionSchema, 'The session; `person` is null for visitors'), ...problemAnswers(503) },
})

const startRoute = createRoute({
  method: 'get',
  path: '/auth/sign-in',
  tags: ['accounts'],
  summary: 'Go to the identity provider',
  request: { query: signInQuerySchema },
  responses: { 302: { description: 'To the identity provider' }, ...problemAnswers(422, 429, 503) },
})

const callbackRoute = createRoute({
  method: 'get',
  path: '/auth/callback',
  tags: ['accounts'],
  summary: 'Come back from the identity provider',
  request: { query: z.looseObject({ state: z.string().optional() }) },
  responses: {
    302: { description: 'To the page the sign-in began on; with the query `signInProblem` when it did not work' },
    ...problemAnswers(422, 503),
  },
})

const signOutRoute = createRoute({
  method: 'post',
  path: '/auth/sign-out',
  tags: ['accounts'],
  summary: 'End the session',
  responses: { 204: { description: 'Signed out' }, ...problemAnswers(403, 503) },
})

function sessionBody(context: Context<AppEnv>, isTestSignIn: boolean): SessionBody {
  const person = context.get('person')
  if (!person) return { person: null, csrfToken: null, expiresAt: null, isTestSignIn }
  const { csrfToken, expiresAt, personId, displayName, role, districtId } = person
  return { person: { personId, displayName, role, districtId }, csrfToken, expiresAt: expiresAt.toISOString(), isTestSignIn }
}

/** Somebody who tapped a link gets back to their page; a program gets the problem. */
function orBackToPage(context: Context<AppEnv>, returnTo: string | undefined, error: unknown): string {
  const isPage = context.req.header('accept')?.includes('text/html')
  if (!(error instanceof Problem) || error.kind !== 'identity-provider-away' || !isPage) throw error
  return withSignInProblem(localPath(returnTo), error.kind as SignInProblem)
}

/** The address the issuer sent the browser to, under the name the issuer knows, whatever stands in between. */
function callbackUrlOf(context: Context<AppEnv>, baseUrl: string): URL {
  const url = new URL(`${baseUrl}/auth/callback`)
  url.search = new URL(context.req.url).search
  return url
}

function createAuthRouter(deps: Deps) {
  const router = createRouter()
  router.use('/auth/*', async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  router.use('/auth/sign-in', rateLimit(deps, SIGN_IN_LIMIT))
  return router
}

/** The account room's routes. `parts` are replaced where another address register or issuer is wanted. */
export function accountsRoutes(deps: Deps, parts: Partial<SignInParts> = {}) {
  const { config } = deps
  const ways: SignInParts = {
    identityProvider: parts.identityProvider ?? createIdentityProvider(config, deps.log),
    resolveAddress: parts.resolveAddress ?? residenceFinder(deps),
  }
  return createAuthRouter(deps)
    .openapi(readSessionRoute, (context) => {
      publicAccess(context, 'the page asks who is signed in before it knows')
      context.header('Cache-Control', 'no-store')
      return context.json(sessionBody(context, config.oidc === null), 200)
    })
    .openapi(startRoute, async (context) => {
      publicAccess(context, 'signing in is how a visitor becomes a person')
      const query = context.req.valid('query')
      const browserKey = readBrowserKey(context, config) ?? newToken()
      writeBrowserKey(context, config, browserKey)
      const start = startSignIn(deps, ways, { browserKey, returnTo: query.returnTo, lang: query.lang })
      return context.redirect(await start.then((url) => url.href).catch((error) => orBackToPage(context, query.returnTo, error)), 302)
    })
    .openapi(callbackRoute, async (context) => {
      publicAccess(context, 'the identity provider sends a visitor here')
      const callbackUrl = callbackUrlOf(context, config.baseUrl)
      const end = await finishSignIn(deps, ways, { callbackUrl, browserKey: readBrowserKey(context, config) })
      if ('token' in end) {
        await closeSession(deps, readSessionToken(context, config))
        writeSessionToken(context, config, end.token)
      }
      return context.redirect(end.redirectTo, 302)
    })
    .openapi(signOutRoute, async (context) => {
      publicAccess(context, 'a session that is over must be able to sign out without an error')
      await closeSession(deps, readSessionToken(context, config))
      clearSessionToken(context, config)
      return context.body(null, 204)
    })
}
