import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { checkRequestSchema, checkResultSchema, languageQuerySchema } from './contract.ts'
import { createChecker } from './service.ts'

// Each time the pin is moved may ask; a hall full of people may share one address.
const CHECKS_PER_MINUTE = 600

export function feasibilityRoutes(deps: Deps) {
  const check = createChecker(deps)
  const checkRoute = createRoute({
    method: 'post',
    path: '/api/feasibility/check',
    tags: ['feasibility'],
    summary: 'What may stand here? Every rule that bites or nearly bites at a place, and what was not checked. Nothing is kept',
    middleware: rateLimit(deps, { name: 'check-place', max: CHECKS_PER_MINUTE, windowS: 60 }),
    request: { query: languageQuerySchema, body: jsonBody(checkRequestSchema) },
    responses: { 200: jsonAnswer(checkResultSchema, 'Findings, worst first'), ...problemAnswers(422, 429, 503) },
  })
  return createRouter().openapi(checkRoute, async (context) => {
    publicAccess(context, 'everybody may ask what the law says about a place; nothing is kept')
    return context.json(await check(context.req.valid('json'), context.req.valid('query').language), 200)
  })
}
