import { createRoute, z } from '@hono/zod-openapi'
import { yearSchema } from '../kernel/ids.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requireRole } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { nameAuditor, readAuditors } from './auditors.ts'
import { readReceipts } from './box.ts'
import { castOne } from './cast.ts'
import {
  auditorsSchema,
  castSchema,
  codeQuerySchema,
  codeStandingSchema,
  newAuditorSchema,
  receiptListSchema,
  receiptSchema,
  standingSchema,
  turnoutSchema,
} from './contract.ts'
import { type ReadPapers, readCode, readPublicTurnout, readStanding } from './service.ts'

const tags = ['voting']
const params = z.object({ year: yearSchema })

const standingRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/voter',
  tags,
  summary: 'Whether the person asking may vote at home, and in which district',
  request: { params },
  responses: { 200: jsonAnswer(standingSchema, 'Where they stand; nothing of it is kept'), ...problemAnswers(404, 422, 503) },
})

const castRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/ballots',
  tags,
  summary: 'Cast a ballot, with a session or with a code; the same request again gets the same receipt',
  request: { params, body: jsonBody(castSchema) },
  responses: { 201: jsonAnswer(receiptSchema, 'The receipt'), ...problemAnswers(401, 403, 404, 409, 422, 429, 503) },
})

const codeRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/code',
  tags,
  summary: 'What a voting code opens',
  request: { params, body: jsonBody(codeQuerySchema) },
  responses: {
    200: jsonAnswer(codeStandingSchema, 'Its district, and the projects it may choose among'),
    ...problemAnswers(403, 404, 409, 422, 429, 503),
  },
})

const turnoutRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/turnout',
  tags,
  summary: 'How many have voted, by district and channel',
  request: { params },
  responses: { 200: jsonAnswer(turnoutSchema, 'Turnout; how anybody voted is not in it'), ...problemAnswers(404, 422) },
})

const receiptsRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/receipts',
  tags,
  summary: 'The receipts of a closed vote, sorted, with their Merkle root',
  request: { params },
  responses: { 200: jsonAnswer(receiptListSchema, 'By district'), ...problemAnswers(404, 422) },
})

const auditorsRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/auditors',
  tags,
  summary: 'The two auditors of a vote with their public keys',
  request: { params },
  responses: { 200: jsonAnswer(auditorsSchema, 'In their order'), ...problemAnswers(404, 422) },
})

const nameAuditorRoute = createRoute({
  method: 'put',
  path: '/api/rounds/{year}/auditors',
  tags,
  summary: 'Name one of the two auditors before the set-up is frozen (organiser)',
  request: { params, body: jsonBody(newAuditorSchema) },
  responses: { 200: jsonAnswer(auditorsSchema, 'Both, as they are now'), ...problemAnswers(401, 403, 404, 409, 422) },
})

export function votingRoutes(deps: Deps, readPapers: ReadPapers) {
  return createRouter()
    .openapi(standingRoute, async (context) => {
      publicAccess(context, 'everybody may ask where they themselves stand')
      return context.json(await readStanding(deps, context.req.valid('param').year, context.get('person')), 200)
    })
    .openapi(castRoute, async (context) => {
      publicAccess(context, 'a code votes without an account; without one the cast asks who is signed in')
      // A line would tell when a ballot came, beside the order of what was written.
      context.set('leavesNoLine', true)
      const [{ year }, sent] = [context.req.valid('param'), context.req.valid('json')]
      return context.json(await castOne(deps, { year, sent, person: context.get('person'), addressKey: context.get('addressKey') }), 201)
    })
    .openapi(codeRoute, async (context) => {
      publicAccess(context, 'whoever holds a code may ask what it opens')
      context.set('leavesNoLine', true)
      const [{ year }, { code: typed }] = [context.req.valid('param'), context.req.valid('json')]
      return context.json(await readCode(deps, { year, typed, addressKey: context.get('addressKey') }), 200)
    })
    .openapi(turnoutRoute, async (context) => {
      publicAccess(context, 'turnout is public while the vote goes on')
      return answerPublic(context, await readPublicTurnout(deps.db, context.req.valid('param').year, readPapers))
    })
    .openapi(receiptsRoute, async (context) => {
      publicAccess(context, 'every voter looks for their own receipt')
      return answerPublic(context, await readReceipts(deps.db, context.req.valid('param').year))
    })
    .openapi(auditorsRoute, async (context) => {
      publicAccess(context, 'whom receipts are sealed for is public')
      return answerPublic(context, await readAuditors(deps.db, context.req.valid('param').year))
    })
    .openapi(nameAuditorRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await nameAuditor(deps, person, context.req.valid('param').year, context.req.valid('json')), 200)
    })
}
