import { createRoute, z } from '@hono/zod-openapi'
import { decodeCursor } from '../kernel/page.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requirePerson } from '../platform/http/access.ts'
import { answerPublic, answerPublicText } from '../platform/http/publicAnswer.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import {
  ideaChangeSchema,
  ideaFeatureCollectionSchema,
  ideaIdParamSchema,
  ideaListQuerySchema,
  ideaMapQuerySchema,
  ideaPageSchema,
  ideaSchema,
  MAP_FEATURE_LIMIT,
  nearListSchema,
  nearQuerySchema,
  newIdeaSchema,
  withdrawalSchema,
} from './contract.ts'
import { selectNear } from './nearQueries.ts'
import { selectIdeaFeatures } from './queries.ts'
import { changeIdea, createIdea, readIdea, readIdeaPage, withdrawIdea } from './service.ts'

const tags = ['ideas']
const yearAndId = yearParamSchema.extend(ideaIdParamSchema.shape)

const listRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/ideas',
  tags,
  summary: 'Ideas of a round, newest first, in pages',
  request: { params: yearParamSchema, query: ideaListQuerySchema },
  responses: { 200: jsonAnswer(ideaPageSchema, 'One page'), ...problemAnswers(404, 422) },
})

const mapRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/ideas.geojson',
  tags,
  summary: 'Ideas of a round for maps',
  request: { params: yearParamSchema, query: ideaMapQuerySchema },
  responses: { 200: jsonAnswer(ideaFeatureCollectionSchema, 'FeatureCollection, EPSG:4326'), ...problemAnswers(404, 422) },
})

const nearRoute = createRoute({
  method: 'get',
  path: '/api/ideas/near',
  tags,
  summary: 'Does this exist already? Near and similar ideas and projects of all rounds',
  request: { query: nearQuerySchema },
  responses: { 200: jsonAnswer(nearListSchema, 'Near ones first, then by likeness'), ...problemAnswers(422, 429) },
})

const oneRoute = createRoute({
  method: 'get',
  path: '/api/ideas/{id}',
  tags,
  summary: 'One idea with pictures and history',
  request: { params: ideaIdParamSchema },
  responses: { 200: jsonAnswer(ideaSchema, 'The idea'), ...problemAnswers(404, 422) },
})

const createIdeaRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/ideas',
  tags,
  summary: 'Put an idea on the map',
  request: {
    params: yearParamSchema,
    headers: z.object({ 'idempotency-key': z.string().min(8).max(100).optional() }),
    body: jsonBody(newIdeaSchema),
  },
  responses: { 201: jsonAnswer(ideaSchema, 'The idea with its district'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/rounds/{year}/ideas/{id}',
  tags,
  summary: 'Change an idea of one’s own',
  request: { params: yearAndId, body: jsonBody(ideaChangeSchema) },
  responses: { 200: jsonAnswer(ideaSchema, 'The changed idea'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const withdrawRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/ideas/{id}/withdraw',
  tags,
  summary: 'Take an idea of one’s own back',
  request: { params: yearAndId, body: jsonBody(withdrawalSchema) },
  responses: { 200: jsonAnswer(ideaSchema, 'The withdrawn idea'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

function readingRoutes(deps: Deps) {
  const router = createRouter()
  router.use(nearRoute.path, rateLimit(deps, { name: 'near', max: 300, windowS: 600 }))
  return router
    .openapi(listRoute, async (context) => {
      publicAccess(context, 'submitted ideas are public')
      const { cursor, limit, ...filter } = context.req.valid('query')
      const position = cursor === undefined ? null : decodeCursor(cursor)
      if (cursor !== undefined && position === null) {
        throw commonProblem('invalid-request', { errors: [{ pointer: 'cursor', detail: 'not a cursor of this list' }] })
      }
      return answerPublic(context, await readIdeaPage(deps, context.req.valid('param').year, filter, position, limit))
    })
    .openapi(mapRoute, async (context) => {
      publicAccess(context, 'submitted ideas are public; the answer holds no author')
      const { year } = context.req.valid('param')
      const collection = await selectIdeaFeatures(deps.db, year, context.req.valid('query'), MAP_FEATURE_LIMIT)
      // An empty answer of a round that is not there is a 404; asking only then keeps the common case at one statement.
      if (collection.endsWith('"features" : []}')) await readCurrentPhase(deps, year)
      return answerPublicText(context, collection) as never
    })
    .openapi(nearRoute, async (context) => {
      publicAccess(context, 'answers from what is public already')
      const { q, ...question } = context.req.valid('query')
      return context.json({ items: await selectNear(deps.db, { ...question, q: q ?? null }) }, 200)
    })
    .openapi(oneRoute, async (context) => {
      publicAccess(context, 'submitted and withdrawn ideas are public')
      context.header('Cache-Control', 'private, no-cache')
      return context.json(await readIdea(deps, context.req.valid('param').id, context.get('person')), 200)
    })
}

function writingRoutes(deps: Deps) {
  const router = createRouter()
  const limit = rateLimit(deps, { name: 'write-idea', max: 60, windowS: 3600 })
  router.on(['POST', 'PATCH'], [createIdeaRoute.getRoutingPath(), changeRoute.getRoutingPath(), withdrawRoute.getRoutingPath()], limit)
  return router
    .openapi(createIdeaRoute, async (context) => {
      const person = requirePerson(context)
      const key = context.req.valid('header')['idempotency-key']
      const { status, body } = await createIdea(deps, person, context.req.valid('param').year, context.req.valid('json'), key)
      return context.json(body, status as 201) as never
    })
    .openapi(changeRoute, async (context) => {
      const person = requirePerson(context)
      const { year, id } = context.req.valid('param')
      return context.json(await changeIdea(deps, person, year, id, context.req.valid('json')), 200)
    })
    .openapi(withdrawRoute, async (context) => {
      const person = requirePerson(context)
      const { year, id } = context.req.valid('param')
      return context.json(await withdrawIdea(deps, person, year, id, context.req.valid('json').version), 200)
    })
}

export function ideasRoutes(deps: Deps) {
  return createRouter().route('/', readingRoutes(deps)).route('/', writingRoutes(deps))
}
