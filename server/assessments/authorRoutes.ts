import { createRoute } from '@hono/zod-openapi'
import { ideaIdParamSchema } from '../ideas/contract.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requirePerson } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { appeal, correct, readPublicAssessment } from './authorService.ts'
import { correctionSchema, newAppealSchema, publicAssessmentSchema, questionListSchema } from './contract.ts'
import { QUESTIONS } from './questions.ts'

const tags = ['assessments']
const params = ideaIdParamSchema

const questionsRoute = createRoute({
  method: 'get',
  path: '/api/assessment-questions',
  tags,
  summary: 'The checklist every idea is assessed by',
  responses: { 200: jsonAnswer(questionListSchema, 'The questions in order') },
})

const publicRoute = createRoute({
  method: 'get',
  path: '/api/ideas/{id}/assessment',
  tags,
  summary: 'What the municipality has decided of an idea, with its reason',
  request: { params },
  responses: { 200: jsonAnswer(publicAssessmentSchema, 'The public part; drafts and notes are not in it'), ...problemAnswers(404, 422) },
})

const correctRoute = createRoute({
  method: 'post',
  path: '/api/ideas/{id}/correction',
  tags,
  summary: 'Put an idea of one’s own right within the window an assessment gave',
  request: { params, body: jsonBody(correctionSchema) },
  responses: {
    200: jsonAnswer(publicAssessmentSchema, 'The assessment, now reconsidered'),
    ...problemAnswers(401, 403, 404, 409, 422, 429),
  },
})

const appealRoute = createRoute({
  method: 'post',
  path: '/api/ideas/{id}/appeal',
  tags,
  summary: 'Ask once for another assessor of one’s own idea',
  request: { params, body: jsonBody(newAppealSchema) },
  responses: {
    200: jsonAnswer(publicAssessmentSchema, 'The assessment, now reconsidered'),
    ...problemAnswers(401, 403, 404, 409, 422, 429),
  },
})

export function authorRoutes(deps: Deps) {
  const router = createRouter()
  const limit = rateLimit(deps, { name: 'answer-assessment', max: 60, windowS: 3600 })
  router.on('POST', [correctRoute.getRoutingPath(), appealRoute.getRoutingPath()], limit)
  return router
    .openapi(questionsRoute, (context) => {
      publicAccess(context, 'everybody may know what ideas are judged by')
      return answerPublic(context, { items: [...QUESTIONS] })
    })
    .openapi(publicRoute, async (context) => {
      publicAccess(context, 'decisions and their reasons are public; drafts and notes are not in the answer')
      context.header('Cache-Control', 'private, no-cache')
      return context.json(await readPublicAssessment(deps, context.req.valid('param').id, context.get('person')), 200)
    })
    .openapi(correctRoute, async (context) => {
      const person = requirePerson(context)
      return context.json(await correct(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(appealRoute, async (context) => {
      const person = requirePerson(context)
      return context.json(await appeal(deps, person, context.req.valid('param').id, context.req.valid('json').reason), 200)
    })
}
