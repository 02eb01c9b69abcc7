import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { keepIdea } from './consent.ts'
import {
  keepIdeaSchema,
  mergeSchema,
  newProjectSchema,
  planProjectListSchema,
  planProjectQuerySchema,
  planProjectSchema,
  projectChangeSchema,
  projectIdParamSchema,
  splitSchema,
  stateChangeSchema,
} from './contract.ts'
import { changeProject, changeState, createProject, mergeIdeas, readPlanProject, readPlanProjects, splitProject } from './service.ts'

const tags = ['projects']
const params = projectIdParamSchema
const answers = { 200: jsonAnswer(planProjectSchema, 'The project as it is now'), ...problemAnswers(401, 403, 404, 409, 422) }

const listRoute = createRoute({
  method: 'get',
  path: '/api/plan/projects',
  tags,
  summary: 'Projects of a round with authors’ answers, history and shortlists (planner, organiser)',
  request: { query: planProjectQuerySchema },
  responses: { 200: jsonAnswer(planProjectListSchema, 'By district and shortlist'), ...problemAnswers(401, 403, 404, 422) },
})

const oneRoute = createRoute({
  method: 'get',
  path: '/api/plan/projects/{id}',
  tags,
  summary: 'One project with authors’ answers and history (planner, organiser)',
  request: { params },
  responses: { 200: jsonAnswer(planProjectSchema, 'The project'), ...problemAnswers(401, 403, 404, 422) },
})

const createProjectRoute = createRoute({
  method: 'post',
  path: '/api/rounds/{year}/projects',
  tags,
  summary: 'Take ideas forward as one project (organiser)',
  request: { params: yearParamSchema, body: jsonBody(newProjectSchema) },
  responses: { 201: jsonAnswer(planProjectSchema, 'The project'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/projects/{id}',
  tags,
  summary: 'Change the words or the place of a project (organiser)',
  request: { params, body: jsonBody(projectChangeSchema) },
  responses: answers,
})

const mergeRoute = createRoute({
  method: 'post',
  path: '/api/projects/{id}/ideas',
  tags,
  summary: 'Merge more ideas into a project (organiser)',
  request: { params, body: jsonBody(mergeSchema) },
  responses: answers,
})

const splitRoute = createRoute({
  method: 'post',
  path: '/api/projects/{id}/split',
  tags,
  summary: 'Undo a merge: ideas leave a project (organiser)',
  request: { params, body: jsonBody(splitSchema) },
  responses: answers,
})

const stateRoute = createRoute({
  method: 'post',
  path: '/api/projects/{id}/state',
  tags,
  summary: 'Put a project on the shortlist, take it off, or withdraw it (organiser)',
  request: { params, body: jsonBody(stateChangeSchema) },
  responses: answers,
})

const keepRoute = createRoute({
  method: 'post',
  path: '/api/projects/{id}/keep-idea',
  tags,
  summary: 'Keep an idea in a project after its author’s no, with a reason (organiser)',
  request: { params, body: jsonBody(keepIdeaSchema) },
  responses: answers,
})

function readingRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      return context.json(await readPlanProjects(deps, context.req.valid('query')), 200)
    })
    .openapi(oneRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      return context.json(await readPlanProject(deps.db, context.req.valid('param').id), 200)
    })
}

function writingRoutes(deps: Deps) {
  return createRouter()
    .openapi(createProjectRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await createProject(deps, person, context.req.valid('param').year, context.req.valid('json')), 201)
    })
    .openapi(changeRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await changeProject(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(mergeRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await mergeIdeas(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(splitRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await splitProject(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(stateRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await changeState(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
    .openapi(keepRoute, async (context) => {
      const person = requireRole(context, 'organiser')
      return context.json(await keepIdea(deps, person, context.req.valid('param').id, context.req.valid('json')), 200)
    })
}

/** What planners see and organisers do with projects. */
export function planProjectsRoutes(deps: Deps) {
  return createRouter().route('/', readingRoutes(deps)).route('/', writingRoutes(deps))
}
