import type { Context, MiddlewareHandler } from 'hono'
import { commonProblem } from '../kernel/problem.ts'
import type { Config } from '../platform/config.ts'
import type { Deps } from '../platform/deps.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { readSessionToken } from './cookies.ts'
import { createSessionFinder } from './service.ts'
import { sameSecret } from './tokens.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Sets `person`; a request without the cookie costs no question to the database. */
export function findPerson(deps: Pick<Deps, 'db' | 'clock' | 'config'>): MiddlewareHandler<AppEnv> {
  const findSession = createSessionFinder(deps)
  return async (context, next) => {
    context.set('person', await findSession(readSessionToken(context, deps.config)))
    await next()
  }
}

function originOf(context: Context<AppEnv>): string | null {
  const origin = context.req.header('origin')
  if (origin !== undefined) return origin
  return URL.parse(context.req.header('referer') ?? '')?.origin ?? null
}

/**
 * Lets a write through only when it comes from a page of this site and, from signed-in people, carries their session's token.
 * Stands after `findPerson`. @errors Problem `cross-site-request`
 */
export function refuseCrossSite(config: Pick<Config, 'baseUrl'>): MiddlewareHandler<AppEnv> {
  const ownOrigin = new URL(config.baseUrl).origin
  return async (context, next) => {
    if (!safeMethods.has(context.req.method)) {
      if (originOf(context) !== ownOrigin)
        throw commonProblem('cross-site-request', { detail: 'The request does not come from this site.' })
      const person = context.get('person')
      if (person && !sameSecret(context.req.header('x-csrf-token') ?? '', person.csrfToken)) {
        throw commonProblem('cross-site-request', { detail: 'The header X-CSRF-Token is missing or belongs to another session.' })
      }
    }
    await next()
  }
}
