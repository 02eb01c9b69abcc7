import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import {
  ballotNumbersSchema,
  batchDetailSchema,
  batchListSchema,
  batchParamSchema,
  batchSchema,
  cancelRoundSchema,
  countSchema,
  meetingDeskSchema,
  meetingParamSchema,
  newBallotsSchema,
  newBatchSchema,
  newRoundSchema,
  refuseBatchSchema,
  roundParamSchema,
  sharingChangeSchema,
  sharingConfirmSchema,
} from './contract.ts'
import { readDesk } from './desk.ts'
import { cancelRound, endRound, enterCount, openRound } from './knockOut.ts'
import { decideBatch, enterBatch, readBatch, readBatches } from './paper.ts'
import { numberBallots } from './print.ts'
import { confirmSharing, recordSharing } from './sharing.ts'

const tags = ['meetings']
const MEETING = '/api/plan/rounds/{year}/meetings/{districtId}'
const ROUND = `${MEETING}/rounds/{roundNumber}`
const BATCH = `${MEETING}/paper/{batchId}`
const problems = problemAnswers(401, 403, 404, 409, 422)
const deskAnswer = { 200: jsonAnswer(meetingDeskSchema, 'The evening as it is now'), ...problems }
const batchAnswer = { 200: jsonAnswer(batchSchema, 'The batch as it is now'), ...problems }

const openRoundRoute = createRoute({
  method: 'post',
  path: `${MEETING}/rounds`,
  tags,
  summary: 'Open the next knock-out round (organiser, planner, moderator)',
  request: { params: meetingParamSchema, body: jsonBody(newRoundSchema) },
  responses: deskAnswer,
})

const endRoundRoute = createRoute({
  method: 'post',
  path: `${ROUND}/end`,
  tags,
  summary: 'End the voting of a knock-out round (organiser, planner, moderator)',
  request: { params: roundParamSchema },
  responses: deskAnswer,
})

const cancelRoundRoute = createRoute({
  method: 'post',
  path: `${ROUND}/cancel`,
  tags,
  summary: 'Call a knock-out round off, with a reason (organiser, planner, moderator)',
  request: { params: roundParamSchema, body: jsonBody(cancelRoundSchema) },
  responses: deskAnswer,
})

const countRoute = createRoute({
  method: 'post',
  path: `${ROUND}/counts`,
  tags,
  summary: 'What one of the two counters counted; two counts that agree confirm the round (organiser, planner, moderator)',
  request: { params: roundParamSchema, body: jsonBody(countSchema) },
  responses: deskAnswer,
})

const sharingRoute = createRoute({
  method: 'put',
  path: `${MEETING}/sharing`,
  tags,
  summary: 'Write down what the meeting agreed on, with minutes (organiser, planner, moderator)',
  request: { params: meetingParamSchema, body: jsonBody(sharingChangeSchema) },
  responses: deskAnswer,
})

const confirmSharingRoute = createRoute({
  method: 'post',
  path: `${MEETING}/sharing/confirm`,
  tags,
  summary: 'Confirm what another wrote down (organiser, planner, moderator)',
  request: { params: meetingParamSchema, body: jsonBody(sharingConfirmSchema) },
  responses: deskAnswer,
})

const batchesRoute = createRoute({
  method: 'get',
  path: `${MEETING}/paper`,
  tags,
  summary: 'Batches of paper ballots, without what they say (organiser, planner, moderator)',
  request: { params: meetingParamSchema },
  responses: { 200: jsonAnswer(batchListSchema, 'First entered first'), ...problemAnswers(401, 403, 404, 422) },
})

const batchRoute = createRoute({
  method: 'get',
  path: BATCH,
  tags,
  summary:
    'One batch; what was entered shows to another than the clerk, until it is decided, and the log tells who read it (organiser, planner, moderator)',
  request: { params: batchParamSchema },
  responses: { 200: jsonAnswer(batchDetailSchema, 'The batch'), ...problems },
})

const enterBatchRoute = createRoute({
  method: 'post',
  path: `${MEETING}/paper`,
  tags,
  summary: 'Enter a batch of paper ballots, or a recount of one (organiser, planner, moderator)',
  request: { params: meetingParamSchema, body: jsonBody(newBatchSchema) },
  responses: { 201: jsonAnswer(batchSchema, 'The batch'), ...problems },
})

const acceptRoute = createRoute({
  method: 'post',
  path: `${BATCH}/accept`,
  tags,
  summary: 'Accept a batch that another entered (organiser, planner, moderator)',
  request: { params: batchParamSchema },
  responses: batchAnswer,
})

const refuseRoute = createRoute({
  method: 'post',
  path: `${BATCH}/refuse`,
  tags,
  summary: 'Refuse a batch that another entered, with a reason (organiser, planner, moderator)',
  request: { params: batchParamSchema, body: jsonBody(refuseBatchSchema) },
  responses: batchAnswer,
})

const ballotsRoute = createRoute({
  method: 'post',
  path: `${MEETING}/ballots`,
  tags,
  summary: 'Take the next numbers for ballots to print; nobody else gets them (organiser, planner, moderator)',
  request: { params: meetingParamSchema, body: jsonBody(newBallotsSchema) },
  responses: { 201: jsonAnswer(ballotNumbersSchema, 'First and last number'), ...problems },
})

/** What a meeting decides: knock-out rounds and agreed sharing. */
export function meetingDecisionRoutes(deps: Deps) {
  return createRouter()
    .openapi(openRoundRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await openRound(deps, person, key, context.req.valid('json'))
      return context.json(await readDesk(deps, person, key), 200)
    })
    .openapi(endRoundRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await endRound(deps, person, key)
      return context.json(await readDesk(deps, person, key), 200)
    })
    .openapi(cancelRoundRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await cancelRound(deps, person, key, context.req.valid('json').reason)
      return context.json(await readDesk(deps, person, key), 200)
    })
    .openapi(countRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await enterCount(deps, person, key, context.req.valid('json'))
      return context.json(await readDesk(deps, person, key), 200)
    })
    .openapi(sharingRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await recordSharing(deps, person, key, context.req.valid('json'))
      return context.json(await readDesk(deps, person, key), 200)
    })
    .openapi(confirmSharingRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const key = context.req.valid('param')
      await confirmSharing(deps, person, key, context.req.valid('json').version)
      return context.json(await readDesk(deps, person, key), 200)
    })
}

/** Papers: numbered for the printer, entered by one clerk, accepted by another. */
export function paperRoutes(deps: Deps) {
  return createRouter()
    .openapi(ballotsRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await numberBallots(deps, person, context.req.valid('param'), context.req.valid('json')), 201)
    })
    .openapi(batchesRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await readBatches(deps, person, context.req.valid('param')), 200)
    })
    .openapi(batchRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const { batchId, ...key } = context.req.valid('param')
      return context.json(await readBatch(deps, person, key, batchId), 200)
    })
    .openapi(enterBatchRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await enterBatch(deps, person, context.req.valid('param'), context.req.valid('json')), 201)
    })
    .openapi(acceptRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const { batchId, ...key } = context.req.valid('param')
      return context.json(await decideBatch(deps, person, key, batchId, { state: 'accepted' }), 200)
    })
    .openapi(refuseRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const { batchId, ...key } = context.req.valid('param')
      const { reason } = context.req.valid('json')
      return context.json(await decideBatch(deps, person, key, batchId, { state: 'refused', reason }), 200)
    })
}
