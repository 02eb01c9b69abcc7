import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import {
  decisionRecordSchema,
  newDecisionRecordSchema,
  newPassOnSchema,
  passOnListSchema,
  passOnParamSchema,
  passOnSchema,
} from './contract.ts'
import { addDecision } from './decisions.ts'
import { confirmPassOn, proposePassOn, readPassOns, withdrawPassOn } from './passOn.ts'

const tags = ['allocation']

const addDecisionRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/decisions',
  tags,
  summary: 'Record what a political body decided about the result, or correct a record (organiser)',
  request: { params: yearParamSchema, body: jsonBody(newDecisionRecordSchema) },
  responses: { 201: jsonAnswer(decisionRecordSchema, 'The record'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const passOnsRoute = createRoute({
  method: 'get',
  path: '/api/plan/rounds/{year}/pass-ons',
  tags,
  summary: 'Winners that cannot be built, and where their money goes (organiser)',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(passOnListSchema, 'Newest first'), ...problemAnswers(401, 403, 404, 422) },
})

const proposeRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/pass-ons',
  tags,
  summary: 'Propose that a winner cannot be built, with a public reason (organiser)',
  request: { params: yearParamSchema, body: jsonBody(newPassOnSchema) },
  responses: { 201: jsonAnswer(passOnSchema, 'The proposal, with where the money would go'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const confirmRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/pass-ons/{passOnId}/confirm',
  tags,
  summary: 'Confirm a proposal as another person than the one who made it (organiser)',
  request: { params: passOnParamSchema },
  responses: { 200: jsonAnswer(passOnSchema, 'The proposal, confirmed'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const withdrawRoute = createRoute({
  method: 'post',
  path: '/api/plan/rounds/{year}/pass-ons/{passOnId}/withdraw',
  tags,
  summary: 'Take a proposal back that nobody has confirmed (organiser)',
  request: { params: passOnParamSchema },
  responses: { 200: jsonAnswer(passOnSchema, 'The proposal, taken back'), ...problemAnswers(401, 403, 404, 409, 422) },
})

/** What organisers do with a published result. */
export function planResultRoutes(deps: Deps) {
  return createRouter()
    .openapi(addDecisionRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await addDecision(deps, person, context.req.valid('param').year, context.req.valid('json')), 201)
    })
    .openapi(passOnsRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json({ items: await readPassOns(deps.db, person, context.req.valid('param').year) }, 200)
    })
    .openapi(proposeRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await proposePassOn(deps, person, context.req.valid('param').year, context.req.valid('json')), 201)
    })
    .openapi(confirmRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      const { year, passOnId } = context.req.valid('param')
      return context.json(await confirmPassOn(deps, person, year, passOnId), 200)
    })
    .openapi(withdrawRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      const { year, passOnId } = context.req.valid('param')
      return context.json(await withdrawPassOn(deps, person, year, passOnId), 200)
    })
}
