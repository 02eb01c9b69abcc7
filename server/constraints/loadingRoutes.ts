import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { layerLoadSchema, layerParamSchema, layerProgressSchema } from './contract.ts'
import { readProgress, requestLoad } from './jobs.ts'

const reloadRoute = createRoute({
  method: 'post',
  path: '/api/constraint-layers/{layerId}/reload',
  tags: ['constraints'],
  summary: 'Queue a load of a layer from its services (planner)',
  request: { params: layerParamSchema },
  responses: { 202: jsonAnswer(layerLoadSchema, 'Queued'), ...problemAnswers(401, 403, 404, 409, 422) },
})

const progressRoute = createRoute({
  method: 'get',
  path: '/api/constraint-layers/{layerId}/load',
  tags: ['constraints'],
  summary: 'The load of a layer that waits or is under way: since when, and how many features so far (staff)',
  request: { params: layerParamSchema },
  responses: { 200: jsonAnswer(layerProgressSchema, 'As it is now'), ...problemAnswers(401, 403, 404, 422) },
})

/** Loading layers from their services on request, and how far it is. */
export function loadingRoutes(deps: Deps) {
  return createRouter()
    .openapi(reloadRoute, async (context) => {
      requireRole(context, 'planner')
      return context.json(await requestLoad(deps, context.req.valid('param').layerId), 202)
    })
    .openapi(progressRoute, async (context) => {
      requireRole(context, 'planner', 'organiser')
      return context.json(await readProgress(deps, context.req.valid('param').layerId), 200)
    })
}
