import { createRoute } from '@hono/zod-openapi'
import { staffListSchema } from '../assessments/contract.ts'
import { decodeCursor } from '../kernel/page.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import {
  assignmentListSchema,
  bulkAssignmentSchema,
  workFeatureCollectionSchema,
  workListQuerySchema,
  workMapQuerySchema,
  workPageSchema,
} from './contract.ts'
import { selectStaff } from './queries.ts'
import { assign, readWorkFeatures, readWorkPage } from './service.ts'

const tags = ['worklist']

const listRoute = createRoute({
  method: 'get',
  path: '/api/plan/ideas',
  tags,
  summary: 'The work list of a round, newest ideas first, in pages, and who has how much',
  request: { query: workListQuerySchema },
  responses: { 200: jsonAnswer(workPageSchema, 'One page'), ...problemAnswers(401, 403, 404, 422) },
})

const mapRoute = createRoute({
  method: 'get',
  path: '/api/plan/ideas.geojson',
  tags,
  summary: 'Pins of the work list',
  request: { query: workMapQuerySchema },
  responses: { 200: jsonAnswer(workFeatureCollectionSchema, 'FeatureCollection, EPSG:4326'), ...problemAnswers(401, 403, 404, 422) },
})

const peopleRoute = createRoute({
  method: 'get',
  path: '/api/plan/people',
  tags,
  summary: 'Who may be given ideas to assess',
  responses: { 200: jsonAnswer(staffListSchema, 'By name'), ...problemAnswers(401, 403) },
})

const assignRoute = createRoute({
  method: 'post',
  path: '/api/plan/assignments',
  tags,
  summary: 'Assign ideas to a person or a department, or give them a deadline',
  request: { body: jsonBody(bulkAssignmentSchema) },
  responses: { 200: jsonAnswer(assignmentListSchema, 'The assignments as they are now'), ...problemAnswers(401, 403, 422, 429) },
})

const STAFF = ['planner', 'organiser'] as const

function readPosition(cursor: string | undefined) {
  if (cursor === undefined) return null
  const position = decodeCursor(cursor)
  if (position === null) throw commonProblem('invalid-request', { errors: [{ pointer: 'cursor', detail: 'not a cursor of this list' }] })
  return position
}

export function worklistRoutes(deps: Deps) {
  const router = createRouter()
  router.on('POST', assignRoute.getRoutingPath(), rateLimit(deps, { name: 'assign', max: 600, windowS: 3600 }))
  return router
    .openapi(listRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      const { year, cursor, limit, ...filter } = context.req.valid('query')
      const page = await readWorkPage(deps, person, { year, filter, cursor: readPosition(cursor), limit })
      return context.json(page, 200)
    })
    .openapi(mapRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      const { year, ...filter } = context.req.valid('query')
      const collection = await readWorkFeatures(deps, person, year, filter)
      return context.body(collection, 200, { 'Content-Type': 'application/json' }) as never
    })
    .openapi(peopleRoute, async (context) => {
      requireRole(context, ...STAFF)
      return context.json({ items: await selectStaff(deps.db) }, 200)
    })
    .openapi(assignRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await assign(deps, person, context.req.valid('json')), 200)
    })
}
