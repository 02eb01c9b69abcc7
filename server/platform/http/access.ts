import type { Context } from 'hono'
import { commonProblem } from '../../kernel/problem.ts'
import type { Role } from '../../kernel/roles.ts'
import type { AppEnv, SessionPerson } from './environment.ts'

/** First statement of a handler that everybody may call; the reason is read by people and by a test. */
export function publicAccess(_context: Context<AppEnv>, reason: string): void {
  if (reason.length < 10) throw new Error('publicAccess needs a written reason')
}

/** First statement of a handler for signed-in people of any role. @errors Problem `not-signed-in` */
export function requirePerson(context: Context<AppEnv>): SessionPerson {
  const person = context.get('person')
  if (person === null || person === undefined) throw commonProblem('not-signed-in')
  return person
}

/** First statement of a handler for some roles; `admin` may always. @public @errors Problem `not-signed-in`, `not-allowed` */
export function requireRole(context: Context<AppEnv>, ...roles: Role[]): SessionPerson {
  const person = requirePerson(context)
  if (person.role !== 'admin' && !roles.includes(person.role)) throw commonProblem('not-allowed')
  return person
}
