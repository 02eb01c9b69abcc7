import type { Context, MiddlewareHandler } from 'hono'
import { sql } from 'kysely'
import { commonProblem } from '../../kernel/problem.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './environment.ts'

export interface Limit {
  /** Names the thing limited, for example `create-idea`. */
  name: string
  max: number
  windowS: number
}

/** Counts one request; answers which number it is in the current window. */
export async function countRequest(deps: Pick<Deps, 'db' | 'clock'>, bucket: string, windowS: number): Promise<number> {
  const now = deps.clock.now().getTime()
  const windowStart = new Date(now - (now % (windowS * 1000)))
  const row = await deps.db
    .insertInto('rate_limit')
    .values({ bucket, window_start: windowStart, request_count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['bucket', 'window_start']).doUpdateSet({ request_count: sql`rate_limit.request_count + 1` }),
    )
    .returning('request_count')
    .executeTakeFirstOrThrow()
  return row.request_count
}

/** Forgets windows that began more than a day ago. */
export async function removeOldWindows({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db
    .deleteFrom('rate_limit')
    .where('window_start', '<', new Date(clock.now().getTime() - 86_400_000))
    .execute()
}

function bucketOf(context: Context<AppEnv>, limit: Limit): string {
  const person = context.get('person')
  return person ? `${limit.name}:person:${person.personId}` : `${limit.name}:address:${context.get('addressKey')}`
}

/** Refuses what exceeds the limit per person, or per address prefix for visitors. @errors Problem `too-many-requests` */
export function rateLimit(deps: Pick<Deps, 'db' | 'clock'>, limit: Limit): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const count = await countRequest(deps, bucketOf(context, limit), limit.windowS)
    if (count > limit.max) {
      const elapsedS = (deps.clock.now().getTime() / 1000) % limit.windowS
      throw commonProblem('too-many-requests', { retryAfterS: Math.max(1, Math.ceil(limit.windowS - elapsedS)) })
    }
    await next()
  }
}
