import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { defineProblems, Problem } from '../../kernel/problem.ts'
import { databaseAway } from '../db/failures.ts'
import { isMigrated } from '../db/migrate.ts'
import type { Deps } from '../deps.ts'
import { memoFor } from '../memo.ts'
import { publicAccess } from './access.ts'
import { createRouter, jsonAnswer, problemAnswers } from './router.ts'

const READY_AGE_MS = 1_000
const DATABASE_PATIENCE_MS = 2_000

/** `not-migrated`: the database lacks migrations of this version. */
export const healthProblem = defineProblems({ 'not-migrated': 503, 'database-slow': 503 })

const statusSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['operation'],
  summary: 'The process answers',
  responses: { 200: jsonAnswer(statusSchema, 'Alive') },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['operation'],
  summary: 'The database answers and has every migration',
  responses: { 200: jsonAnswer(statusSchema, 'Ready'), ...problemAnswers(503) },
})

/** What is wrong with the database; `null` when nothing is. */
async function inspectDatabase({ db }: Pick<Deps, 'db'>): Promise<Problem | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(healthProblem('database-slow', { retryAfterS: 2 })), DATABASE_PATIENCE_MS)
  })
  try {
    return (await Promise.race([isMigrated(db), tooLong])) ? null : healthProblem('not-migrated')
  } catch (error) {
    if (error instanceof Problem) return error
    const away = databaseAway(error)
    if (away === null) throw error
    return away
  } finally {
    clearTimeout(timer)
  }
}

export function healthRoutes(deps: Pick<Deps, 'db'>) {
  const inspect = memoFor(READY_AGE_MS, () => inspectDatabase(deps))
  return createRouter()
    .openapi(aliveRoute, (context) => {
      publicAccess(context, 'a balancer has no account')
      context.header('Cache-Control', 'no-store')
      return context.json({ status: 'ok' as const }, 200)
    })
    .openapi(readyRoute, async (context) => {
      publicAccess(context, 'a balancer has no account')
      const problem = await inspect()
      if (problem !== null) throw problem
      context.header('Cache-Control', 'no-store')
      return context.json({ status: 'ok' as const }, 200)
    })
}
