import { createRoute, z } from '@hono/zod-openapi'
import { yearSchema } from '../kernel/ids.ts'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { cancelCodes, makeCodes, readBatches } from './codes.ts'
import { codeBatchListSchema, codeBatchSchema, madeCodesSchema, newCodeBatchSchema } from './contract.ts'

const tags = ['voting']
const params = z.object({ year: yearSchema })

const listRoute = createRoute({
  method: 'get',
  path: '/api/plan/rounds/{year}/code-batches',
  tags,
  summary: 'Sheets of voting codes, without the codes (organiser, planner, moderator)',
  request: { params },
  responses: { 200: jsonAnswer(codeBatchListSchema, 'The newest day first'), ...problemAnswers(401, 403, 404, 422) },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/code-batches',
  tags,
  summary: 'Make a sheet of voting codes; they are shown this once (organiser, planner, moderator)',
  request: { params, body: jsonBody(newCodeBatchSchema) },
  responses: { 201: jsonAnswer(madeCodesSchema, 'The codes, for printing'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const cancelRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/code-batches/{batchId}/cancel',
  tags,
  summary: 'Take back a sheet whose codes nobody has used (organiser, planner, moderator)',
  request: { params: params.extend({ batchId: z.uuid() }) },
  responses: { 200: jsonAnswer(codeBatchSchema, 'The sheet, cancelled'), ...problemAnswers(401, 403, 404, 409, 422) },
})

export function planVotingRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await readBatches(deps.db, context.req.valid('param').year), 200)
    })
    .openapi(makeRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await makeCodes(deps, person, context.req.valid('param').year, context.req.valid('json')), 201)
    })
    .openapi(cancelRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await cancelCodes(deps, person, context.req.valid('param')), 200)
    })
}
