import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic, answerPublicText } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { electionLogSchema, electionSchema, frozenSetupSchema } from './contract.ts'
import { readElection, readPublicLog, readSetupText } from './setup.ts'

const tags = ['elections']
const request = { params: yearParamSchema }

const electionRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/election',
  tags,
  summary: 'The vote of a round: state, times, and once it is frozen the set-up and how far its log has come',
  request,
  responses: { 200: jsonAnswer(electionSchema, 'The vote'), ...problemAnswers(404, 422) },
})

const setupRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/election/setup.json',
  tags,
  summary: 'The frozen set-up, byte for byte as it was hashed',
  request,
  responses: { 200: jsonAnswer(frozenSetupSchema, 'Canonical JSON; `sha256sum` of it is `setupSha256`'), ...problemAnswers(404, 422) },
})

const logRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/election/log',
  tags,
  summary: 'Everything organisers did to the vote, each entry hashed with the one before; once it is published or stopped',
  request,
  responses: { 200: jsonAnswer(electionLogSchema, 'First entry first'), ...problemAnswers(404, 422) },
})

export function electionsRoutes(deps: Deps) {
  return createRouter()
    .openapi(electionRoute, async (context) => {
      publicAccess(context, 'everybody may know what is voted on, by which rules and when')
      return answerPublic(context, await readElection(deps.db, context.req.valid('param').year))
    })
    .openapi(setupRoute, async (context) => {
      publicAccess(context, 'the frozen set-up is published before the vote opens')
      return answerPublicText(context, await readSetupText(deps.db, context.req.valid('param').year)) as never
    })
    .openapi(logRoute, async (context) => {
      publicAccess(context, 'after a vote everybody may check what was done to it')
      const log = await readPublicLog(deps.db, context.req.valid('param').year)
      return answerPublicText(context, JSON.stringify(log)) as never
    })
}
