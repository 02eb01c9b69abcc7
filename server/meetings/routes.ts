import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import {
  doorAnswerSchema,
  doorSchema,
  meetingChangeSchema,
  meetingCloseSchema,
  meetingDeskSchema,
  meetingListSchema,
  meetingParamSchema,
  meetingSchema,
  pitchActionSchema,
  pitchSchema,
  stageSchema,
} from './contract.ts'
import { readDesk, readStage } from './desk.ts'
import { closeMeeting, letIn, openMeeting, pressPitch, readMeetings, saveMeeting } from './meeting.ts'

const tags = ['meetings']
const MEETING = '/api/plan/rounds/{year}/meetings/{districtId}'
const params = meetingParamSchema
const meetingAnswer = { 200: jsonAnswer(meetingSchema, 'The meeting as it is now'), ...problemAnswers(401, 403, 404, 409, 422) }

const listRoute = createRoute({
  method: 'get',
  path: '/api/plan/rounds/{year}/meetings',
  tags,
  summary: 'Districts of a vote with their meetings (organiser, planner, moderator)',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(meetingListSchema, 'Every district, with its meeting or none'), ...problemAnswers(401, 403, 404, 422) },
})

const deskRoute = createRoute({
  method: 'get',
  path: MEETING,
  tags,
  summary: 'Everything the staff of a meeting need (organiser, planner, moderator)',
  request: { params },
  responses: { 200: jsonAnswer(meetingDeskSchema, 'The evening as it is now'), ...problemAnswers(401, 403, 404, 422) },
})

const saveRoute = createRoute({
  method: 'put',
  path: MEETING,
  tags,
  summary: 'Plan a district’s meeting, or move it (organiser, planner, moderator)',
  request: { params, body: jsonBody(meetingChangeSchema) },
  responses: meetingAnswer,
})

const openRoute = createRoute({
  method: 'post',
  path: `${MEETING}/open`,
  tags,
  summary: 'Open the meeting (organiser, planner, moderator)',
  request: { params },
  responses: meetingAnswer,
})

const closeRoute = createRoute({
  method: 'post',
  path: `${MEETING}/close`,
  tags,
  summary: 'Close the meeting; one without its decision needs a reason (organiser, planner, moderator)',
  request: { params, body: jsonBody(meetingCloseSchema) },
  responses: meetingAnswer,
})

const pitchRoute = createRoute({
  method: 'post',
  path: `${MEETING}/pitch`,
  tags,
  summary: 'Show a project and run the clock of its pitch (organiser, planner, moderator)',
  request: { params, body: jsonBody(pitchActionSchema) },
  responses: { 200: jsonAnswer(pitchSchema, 'The clock as it is now'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const doorRoute = createRoute({
  method: 'post',
  path: `${MEETING}/door`,
  tags,
  summary: 'Let somebody in: tick them off the list, or count them; it cannot be taken back (organiser, planner, moderator)',
  request: { params, body: jsonBody(doorSchema) },
  responses: { 200: jsonAnswer(doorAnswerSchema, 'How many were let in'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const stageRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/meetings/{districtId}/stage',
  tags,
  summary: 'What the projector of a meeting shows',
  request: { params },
  responses: { 200: jsonAnswer(stageSchema, 'Projects, clock, turnout and confirmed rounds'), ...problemAnswers(404, 422) },
})

/** The meeting itself: when and where, open and closed, the door, the clock, the projector. */
export function meetingsRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await readMeetings(deps, context.req.valid('param').year), 200)
    })
    .openapi(deskRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await readDesk(deps, person, context.req.valid('param')), 200)
    })
    .openapi(saveRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await saveMeeting(deps, person, context.req.valid('param'), context.req.valid('json')), 200)
    })
    .openapi(openRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await openMeeting(deps, person, context.req.valid('param')), 200)
    })
    .openapi(closeRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      const { undecidedReason } = context.req.valid('json')
      return context.json(await closeMeeting(deps, person, context.req.valid('param'), undecidedReason), 200)
    })
    .openapi(pitchRoute, async (context) => {
      const person = requireRole(context, 'organiser', 'planner', 'moderator')
      return context.json(await pressPitch(deps, person, context.req.valid('param'), context.req.valid('json')), 200)
    })
    .openapi(doorRoute, async (context) => {
      requireRole(context, 'organiser', 'planner', 'moderator')
      const admissions = await letIn(deps, context.req.valid('param'), context.req.valid('json'))
      return context.json({ admissions }, 200)
    })
    .openapi(stageRoute, async (context) => {
      publicAccess(context, 'The hall looks at it, and so may everybody at home: it holds no names and no unconfirmed count.')
      return context.json(await readStage(deps, context.req.valid('param')), 200)
    })
}
