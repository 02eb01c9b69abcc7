import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import {
  freezeSchema,
  lotChangeSchema,
  planElectionAnswerSchema,
  planElectionSchema,
  preparationChangeSchema,
  preparationParamSchema,
  settingsChangeSchema,
  stepActionSchema,
  stepParamSchema,
  thawSchema,
} from './contract.ts'
import { changeSettings, createElection, enterLot, prepareProject } from './draft.ts'
import { freezeSetup, thawSetup } from './freeze.ts'
import type { VoteParts } from './parts.ts'
import { readPlanElection } from './plan.ts'
import { takeStep } from './steps.ts'

const tags = ['elections']
const path = '/api/rounds/{year}/election'
const answers = { 200: jsonAnswer(planElectionSchema, 'The vote as it is now'), ...problemAnswers(401, 403, 404, 409, 422) }

const readRoute = createRoute({
  method: 'get',
  path: `${path}/plan`,
  tags,
  summary: 'The set-up of a round’s vote with its checklist, steps and log (organiser)',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(planElectionAnswerSchema, 'Null: not begun'), ...problemAnswers(401, 403, 422) },
})

const createElectionRoute = createRoute({
  method: 'post',
  path,
  tags,
  summary: 'Begin the set-up of a round’s vote with usual settings (organiser)',
  request: { params: yearParamSchema },
  responses: { 201: jsonAnswer(planElectionSchema, 'The draft'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const settingsRoute = createRoute({
  method: 'put',
  path: `${path}/settings`,
  tags,
  summary: 'Ballot, rule, times, channels and texts, with districts’ exceptions (organiser)',
  request: { params: yearParamSchema, body: jsonBody(settingsChangeSchema) },
  responses: answers,
})

const preparationRoute = createRoute({
  method: 'put',
  path: `${path}/preparations/{projectId}`,
  tags,
  summary: 'What a shortlisted project costs on its ballot (organiser)',
  request: { params: preparationParamSchema, body: jsonBody(preparationChangeSchema) },
  responses: answers,
})

const lotRoute = createRoute({
  method: 'put',
  path: `${path}/lot`,
  tags,
  summary: 'The public seed of the lot and where it came from (organiser)',
  request: { params: yearParamSchema, body: jsonBody(lotChangeSchema) },
  responses: answers,
})

const freezeRoute = createRoute({
  method: 'post',
  path: `${path}/freeze`,
  tags,
  summary: 'Freeze the set-up and publish its SHA-256 (organiser)',
  request: { params: yearParamSchema, body: jsonBody(freezeSchema) },
  responses: answers,
})

const thawRoute = createRoute({
  method: 'post',
  path: `${path}/thaw`,
  tags,
  summary: 'Make a frozen set-up a draft again, before it opens, with a reason (organiser)',
  request: { params: yearParamSchema, body: jsonBody(thawSchema) },
  responses: answers,
})

const stepRoute = createRoute({
  method: 'post',
  path: `${path}/steps/{step}`,
  tags,
  summary: 'Propose, confirm or withdraw a step that needs two organisers: stop, close, count, publish (organiser)',
  request: { params: stepParamSchema, body: jsonBody(stepActionSchema) },
  responses: answers,
})

function draftRoutes(deps: Deps, parts: VoteParts) {
  return createRouter()
    .openapi(readRoute, async (context) => {
      requireRole(context, 'organiser')
      return context.json({ election: await readPlanElection(deps, parts, context.req.valid('param').year) }, 200)
    })
    .openapi(createElectionRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await createElection(deps, parts, person, context.req.valid('param').year), 201)
    })
    .openapi(settingsRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await changeSettings(deps, parts, person, context.req.valid('param').year, context.req.valid('json')), 200)
    })
    .openapi(preparationRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await prepareProject(deps, parts, person, context.req.valid('param'), context.req.valid('json')), 200)
    })
    .openapi(lotRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await enterLot(deps, parts, person, context.req.valid('param').year, context.req.valid('json')), 200)
    })
}

/** The organiser's routes; `parts` are what the other rooms of a vote do and know. */
export function planElectionsRoutes(deps: Deps, parts: VoteParts) {
  return draftRoutes(deps, parts)
    .openapi(freezeRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      const { version } = context.req.valid('json')
      return context.json(await freezeSetup(deps, parts, person, context.req.valid('param').year, version), 200)
    })
    .openapi(thawRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      const { reason } = context.req.valid('json')
      return context.json(await thawSetup(deps, parts, person, context.req.valid('param').year, reason), 200)
    })
    .openapi(stepRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await takeStep(deps, parts, person, context.req.valid('param'), context.req.valid('json')), 200)
    })
}
