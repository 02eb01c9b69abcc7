import { createRoute } from '@hono/zod-openapi'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { projectIdParamSchema, projectListSchema, projectSchema } from './contract.ts'
import { selectProject, selectProjects } from './queries.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/projects',
  tags: ['projects'],
  summary: 'The projects of a round with outcome and award',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(projectListSchema, 'Winners first'), ...problemAnswers(404, 422) },
})

const oneRoute = createRoute({
  method: 'get',
  path: '/api/projects/{id}',
  tags: ['projects'],
  summary: 'One project',
  request: { params: projectIdParamSchema },
  responses: { 200: jsonAnswer(projectSchema, 'The project'), ...problemAnswers(404, 422) },
})

export function projectsRoutes(deps: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      publicAccess(context, 'what was voted on and won is public')
      const { year } = context.req.valid('param')
      await readCurrentPhase(deps, year)
      return answerPublic(context, { items: await selectProjects(deps.db, year) })
    })
    .openapi(oneRoute, async (context) => {
      publicAccess(context, 'what was voted on and won is public')
      const project = await selectProject(deps.db, context.req.valid('param').id)
      if (project === undefined) throw commonProblem('not-found')
      return answerPublic(context, project)
    })
}
