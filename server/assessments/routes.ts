import { createRoute } from '@hono/zod-openapi'
import { ideaIdParamSchema } from '../ideas/contract.ts'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { authorRoutes } from './authorRoutes.ts'
import { assessmentDraftSchema, newNoteSchema, reopenSchema, returnSchema, versionSchema, workspaceSchema } from './contract.ts'
import { addNote, approve, refreshFindings, reopen, returnToDraft, saveDraft, submitDraft } from './service.ts'
import { readWorkspace } from './workspace.ts'

const tags = ['assessments']
const path = '/api/plan/ideas/{id}/assessment'
const params = ideaIdParamSchema
const workspaceAnswer = { 200: jsonAnswer(workspaceSchema, 'The whole workspace as it is now') }

const readRoute = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'An idea’s assessment for staff: checklist, estimate, outcome, timeline, internal notes',
  request: { params },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 422) },
})

const saveRoute = createRoute({
  method: 'put',
  path,
  tags,
  summary: 'Save the draft of an assessment',
  request: { params, body: jsonBody(assessmentDraftSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const submitRoute = createRoute({
  method: 'post',
  path: `${path}/submit`,
  tags,
  summary: 'Hand a draft to a second person',
  request: { params, body: jsonBody(versionSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const approveRoute = createRoute({
  method: 'post',
  path: `${path}/approve`,
  tags,
  summary: 'Decide as the second person; author and public see it from then on',
  request: { params, body: jsonBody(versionSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const returnRoute = createRoute({
  method: 'post',
  path: `${path}/return`,
  tags,
  summary: 'Send a submitted assessment back to its draft',
  request: { params, body: jsonBody(returnSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const reopenRoute = createRoute({
  method: 'post',
  path: `${path}/reopen`,
  tags,
  summary: 'Look again at a decided idea',
  request: { params, body: jsonBody(reopenSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const refreshRoute = createRoute({
  method: 'post',
  path: `${path}/refresh`,
  tags,
  summary: 'Take the latest check of the place into the draft',
  request: { params, body: jsonBody(versionSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

const noteRoute = createRoute({
  method: 'post',
  path: '/api/plan/ideas/{id}/notes',
  tags,
  summary: 'Write an internal note or a reply to one',
  request: { params, body: jsonBody(newNoteSchema) },
  responses: { ...workspaceAnswer, ...problemAnswers(401, 403, 404, 422, 429) },
})

const STAFF = ['planner', 'organiser'] as const

function draftRoutes(deps: Deps) {
  return createRouter()
    .openapi(saveRoute, async (context) => {
      const person = requireRole(context, 'planner')
      return context.json(await saveDraft(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(submitRoute, async (context) => {
      const person = requireRole(context, 'planner')
      return context.json(await submitDraft(deps, person, context.req.valid('param').id, context.req.valid('json').version), 200)
    })
    .openapi(refreshRoute, async (context) => {
      const person = requireRole(context, 'planner')
      return context.json(await refreshFindings(deps, person, context.req.valid('param').id, context.req.valid('json').version), 200)
    })
}

function decisionRoutes(deps: Deps) {
  return createRouter()
    .openapi(approveRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await approve(deps, person, context.req.valid('param').id, context.req.valid('json').version), 200)
    })
    .openapi(returnRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await returnToDraft(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(reopenRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await reopen(deps, person, context.req.valid('param').id, context.req.valid('json').reason), 200)
    })
}

function staffRoutes(deps: Deps) {
  const router = createRouter()
  // Drafts are saved while they are written.
  const limit = rateLimit(deps, { name: 'write-assessment', max: 3000, windowS: 3600 })
  router.on(['POST', 'PUT'], ['/api/plan/ideas/:id/assessment', '/api/plan/ideas/:id/assessment/*', noteRoute.getRoutingPath()], limit)
  return router
    .openapi(readRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await readWorkspace(deps, context.req.valid('param').id, person), 200)
    })
    .openapi(noteRoute, async (context) => {
      const person = requireRole(context, ...STAFF)
      return context.json(await addNote(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .route('/', draftRoutes(deps))
    .route('/', decisionRoutes(deps))
}

export function assessmentsRoutes(deps: Deps) {
  return createRouter().route('/', staffRoutes(deps)).route('/', authorRoutes(deps))
}
