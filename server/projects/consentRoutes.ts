import { createRoute } from '@hono/zod-openapi'
import { ideaSchema } from '../ideas/contract.ts'
import type { Deps } from '../platform/deps.ts'
import { requirePerson } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { answerConsent, withdrawInFavour } from './consent.ts'
import {
  consentAnsweredSchema,
  consentAnswerSchema,
  inFavourParamSchema,
  projectIdParamSchema,
  withdrawInFavourSchema,
} from './contract.ts'

const consentRoute = createRoute({
  method: 'post',
  path: '/api/projects/{id}/consent',
  tags: ['projects'],
  summary: 'The author’s yes or no to the merge of their idea',
  request: { params: projectIdParamSchema, body: jsonBody(consentAnswerSchema) },
  responses: { 200: jsonAnswer(consentAnsweredSchema, 'The answer as it is kept'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const inFavourRoute = createRoute({
  method: 'post',
  path: '/api/ideas/{id}/withdraw-in-favour',
  tags: ['projects'],
  summary: 'Withdraw an idea of one’s own in favour of a project',
  request: { params: inFavourParamSchema, body: jsonBody(withdrawInFavourSchema) },
  responses: { 200: jsonAnswer(ideaSchema, 'The withdrawn idea'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

/** What the authors of ideas say to projects. */
export function consentRoutes(deps: Deps) {
  const router = createRouter()
  const limit = rateLimit(deps, { name: 'answer-project', max: 60, windowS: 3600 })
  router.on('POST', [consentRoute.getRoutingPath(), inFavourRoute.getRoutingPath()], limit)
  return router
    .openapi(consentRoute, async (context) => {
      const person = requirePerson(context)
      return context.json(await answerConsent(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(inFavourRoute, async (context) => {
      const person = requirePerson(context)
      return context.json(await withdrawInFavour(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
}
