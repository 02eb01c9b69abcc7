import { createRoute, z } from '@hono/zod-openapi'
import { ideaIdSchema } from '../kernel/ids.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requireRole } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { findBetterPlace } from './betterPlace.ts'
import { betterPlaceSchema, checkRequestSchema, checkResultSchema, ideaFeasibilitySchema, languageQuerySchema } from './contract.ts'
import { readIdeaFeasibility, requestRecheck } from './records.ts'
import { createChecker } from './service.ts'

const tags = ['feasibility']
// Each time the pin is moved may ask; a hall full of people may share one address.
const CHECKS_PER_MINUTE = 600
// A search judges hundreds of places; it is asked by a button.
const SEARCHES_PER_MINUTE = 60

function askingRoutes(deps: Deps) {
  const check = createChecker(deps)
  const checkRoute = createRoute({
    method: 'post',
    path: '/api/feasibility/check',
    tags,
    summary: 'What may stand here? Every rule that bites or nearly bites at a place, and what was not checked; nothing is kept',
    middleware: rateLimit(deps, { name: 'check-place', max: CHECKS_PER_MINUTE, windowS: 60 }),
    request: { query: languageQuerySchema, body: jsonBody(checkRequestSchema) },
    responses: { 200: jsonAnswer(checkResultSchema, 'Findings, worst first'), ...problemAnswers(403, 422, 429, 503) },
  })
  const betterRoute = createRoute({
    method: 'post',
    path: '/api/feasibility/better-place',
    tags,
    summary: 'The nearest place within 300 m in the same district where less stands in the way; nothing is kept',
    middleware: rateLimit(deps, { name: 'better-place', max: SEARCHES_PER_MINUTE, windowS: 60 }),
    request: { body: jsonBody(checkRequestSchema) },
    responses: { 200: jsonAnswer(betterPlaceSchema, 'The same geometry moved, or null'), ...problemAnswers(403, 422, 429, 503) },
  })
  return createRouter()
    .openapi(checkRoute, async (context) => {
      publicAccess(context, 'everybody may ask what the law says about a place; nothing is kept')
      return context.json(await check(context.req.valid('json'), context.req.valid('query').language), 200)
    })
    .openapi(betterRoute, async (context) => {
      publicAccess(context, 'everybody may ask what the law says about a place; nothing is kept')
      return context.json(await findBetterPlace(deps, context.req.valid('json')), 200)
    })
}

const ideaRoute = createRoute({
  method: 'get',
  path: '/api/ideas/{id}/feasibility',
  tags,
  summary: 'What was found at an idea’s place when it was sent, what holds now, and the difference',
  request: { params: z.object({ id: ideaIdSchema }), query: languageQuerySchema },
  responses: { 200: jsonAnswer(ideaFeasibilitySchema, 'Null where nothing was recorded'), ...problemAnswers(404, 422) },
})

const recheckRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/feasibility/recheck',
  tags,
  summary: 'Check all ideas of a round again in the background; differences are added to their records',
  request: { params: yearParamSchema },
  responses: { 202: { description: 'Queued' }, ...problemAnswers(401, 403, 404, 422) },
})

export function feasibilityRoutes(deps: Deps) {
  return createRouter()
    .route('/', askingRoutes(deps))
    .openapi(ideaRoute, async (context) => {
      publicAccess(context, 'the place of a submitted idea and the rules that hold there are public')
      return context.json(await readIdeaFeasibility(deps, context.req.valid('param').id, context.req.valid('query').language), 200)
    })
    .openapi(recheckRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      await requestRecheck(deps, context.req.valid('param').year)
      return context.body(null, 202)
    })
}
