import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { commonProblem, Problem } from '../../kernel/problem.ts'
import { databaseAway } from '../db/failures.ts'
import { describeFailure } from '../failure.ts'
import type { AppEnv } from './environment.ts'

function answer(context: Context<AppEnv>, problem: Problem): Response {
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' }
  if (problem.details.retryAfterS !== undefined) headers['Retry-After'] = String(problem.details.retryAfterS)
  return context.newResponse(JSON.stringify(problem.toBody(context.get('requestId'))), problem.status as 400, headers)
}

function fromHono(error: HTTPException): Problem {
  if (error.status === 413) return commonProblem('too-large')
  if (error.status === 415) return commonProblem('unsupported-media-type')
  if (error.status >= 400 && error.status < 500) return commonProblem('malformed-request', { detail: error.message })
  return commonProblem('internal-error', { cause: error })
}

// Numbers, characters and instants that PostgreSQL cannot hold.
const unstorable = new Set(['22003', '22007', '22008', '22021'])

/** What PostgreSQL refuses to hold is the sender's mistake, wherever it slipped through. */
function fromDatabase(error: unknown): Problem | null {
  const { code } = error as { code?: string }
  return unstorable.has(code ?? '') ? commonProblem('invalid-request') : databaseAway(error)
}

/** The one place where errors become answers. The cause goes to the log, without what it quotes, and never to the wire. */
export const onError: ErrorHandler<AppEnv> = (error, context) => {
  if (error instanceof Problem) return answer(context, error)
  if (error instanceof HTTPException) return answer(context, fromHono(error))
  const known = fromDatabase(error)
  if (known) {
    context.get('log')?.warn({ kind: known.kind, ...describeFailure(error) }, 'database')
    return answer(context, known)
  }
  context.get('log')?.error(describeFailure(error), 'unexpected error')
  return answer(context, commonProblem('internal-error'))
}

export const onNotFound: NotFoundHandler<AppEnv> = (context) => answer(context, commonProblem('not-found'))
