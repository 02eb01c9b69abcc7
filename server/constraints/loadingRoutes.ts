import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { requireRole } from '../platform/http/access.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { layerLoadSchema, layerParamSchema } from './contract.ts'
import { requestLoad } from './jobs.ts'

const reloadRoute = createRoute({
  method: 'post',
  path: '/api/constraint-layers/{layerId}/reload',
  tags: ['constraints'],
  summary: 'Queue a load of a layer from its services (planner)',
  request: { params: layerParamSchema },
  responses: { 202: jsonAnswer(layerLoadSchema, 'Queued'), ...problemAnswers(401, 403, 404, 409, 422) },
})

/** Loading layers from their services on request. */
export function loadingRoutes(deps: Deps) {
  return createRouter().openapi(reloadRoute, async (context) => {
    requireRole(context, 'planner')
    return context.json(await requestLoad(deps, context.req.valid('param').layerId), 202)
  })
}
