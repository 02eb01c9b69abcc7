import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { ideaIdParamSchema, ideaSchema, outcomeReasonSchema } from './contract.ts'
import { leaveIdea, reconsiderIdea } from './outcome.ts'

const request = { params: ideaIdParamSchema, body: jsonBody(outcomeReasonSchema) }

const leaveRoute = createRoute({
  method: 'post',
  path: '/api/plan/ideas/{id}/not-taken-forward',
  tags: ['ideas'],
  summary: 'Say publicly why an idea becomes no project (organiser)',
  request,
  responses: { 200: jsonAnswer(ideaSchema, 'The idea with its outcome'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const reconsiderRoute = createRoute({
  method: 'post',
  path: '/api/plan/ideas/{id}/reconsider',
  tags: ['ideas'],
  summary: 'Open the question of an idea again (organiser)',
  request,
  responses: { 200: jsonAnswer(ideaSchema, 'The idea without outcome'), ...problemAnswers(401, 403, 404, 409, 422) },
})

/** What the organiser decides of ideas that become no project. */
export function ideaOutcomeRoutes(deps: Deps) {
  return createRouter()
    .openapi(leaveRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await leaveIdea(deps, person, context.req.valid('param').id, context.req.valid('json').reason), 200)
    })
    .openapi(reconsiderRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await reconsiderIdea(deps, person, context.req.valid('param').id, context.req.valid('json').reason), 200)
    })
}
