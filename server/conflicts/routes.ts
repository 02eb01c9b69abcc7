import { createRoute } from '@hono/zod-openapi'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import {
  conflictDecisionSchema,
  conflictHistorySchema,
  conflictListSchema,
  conflictPairQuerySchema,
  conflictQuerySchema,
  newConflictDecisionSchema,
} from './contract.ts'
import { decodePosition } from './rules.ts'
import { decideConflict, readConflicts, readDecisions } from './service.ts'

const tags = ['conflicts']

const listRoute = createRoute({
  method: 'get',
  path: '/api/plan/conflicts',
  tags,
  summary: 'Ideas, projects and installations that overlap or are close to each other, in pages (planner, organiser)',
  request: { query: conflictQuerySchema },
  responses: { 200: jsonAnswer(conflictListSchema, 'Largest overlap first, then by distance'), ...problemAnswers(401, 403, 404, 422) },
})

const historyRoute = createRoute({
  method: 'get',
  path: '/api/plan/conflicts/decisions',
  tags,
  summary: 'What was decided on a pair, first to last (planner, organiser)',
  request: { query: conflictPairQuerySchema },
  responses: { 200: jsonAnswer(conflictHistorySchema, 'Who, when, why'), ...problemAnswers(401, 403, 404, 422) },
})

const decideRoute = createRoute({
  method: 'post',
  path: '/api/plan/conflicts/decisions',
  tags,
  summary: 'Confirm or clear a pair, with a reason (planner, organiser)',
  request: { body: jsonBody(newConflictDecisionSchema) },
  responses: { 201: jsonAnswer(conflictDecisionSchema, 'The decision'), ...problemAnswers(401, 403, 404, 409, 422) },
})

function readPosition(cursor: string | undefined) {
  if (cursor === undefined) return null
  const position = decodePosition(cursor)
  if (position === null) throw commonProblem('invalid-request', { errors: [{ pointer: 'cursor', detail: 'not a cursor of this list' }] })
  return position
}

export function conflictsRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      const { cursor, ...question } = context.req.valid('query')
      return context.json(await readConflicts(deps, { ...question, after: readPosition(cursor) }), 200)
    })
    .openapi(historyRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      return context.json({ items: await readDecisions(deps.db, context.req.valid('query')) }, 200)
    })
    .openapi(decideRoute, async (context) => {
      const person = requireRole(context, 'planner', 'organiser')
      return context.json(await decideConflict(deps, person, context.req.valid('json')), 201)
    })
}
