import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { roundListSchema, roundSchema, shareListSchema, yearParamSchema } from './contract.ts'
import { readRound, readRounds, readShares } from './service.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/rounds',
  tags: ['rounds'],
  summary: 'All rounds, newest first',
  responses: { 200: jsonAnswer(roundListSchema, 'Rounds with phases, rules and what is known of them') },
})

const oneRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}',
  tags: ['rounds'],
  summary: 'One round',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(roundSchema, 'The round'), ...problemAnswers(404, 422) },
})

const sharesRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/shares',
  tags: ['rounds'],
  summary: 'Each district’s share of the million, what was awarded and what is left',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(shareListSchema, 'One item per district, largest share first'), ...problemAnswers(404, 422) },
})

export function roundsRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      publicAccess(context, 'rounds and their history are public')
      return answerPublic(context, { items: await readRounds(deps) })
    })
    .openapi(oneRoute, async (context) => {
      publicAccess(context, 'rounds and their history are public')
      return answerPublic(context, await readRound(deps, context.req.valid('param').year))
    })
    .openapi(sharesRoute, async (context) => {
      publicAccess(context, 'how the million is shared is public')
      return answerPublic(context, { items: await readShares(deps, context.req.valid('param').year) })
    })
}
