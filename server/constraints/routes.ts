import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requireRole } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import {
  constraintCatalogueSchema,
  constraintLayerSchema,
  layerChangeSchema,
  layerParamSchema,
  layerVersionListSchema,
} from './contract.ts'
import { changeLayer, readCatalogue, readLayerVersions } from './service.ts'

const tags = ['constraints']

const catalogueRoute = createRoute({
  method: 'get',
  path: '/api/constraint-layers',
  tags,
  summary: 'The catalogue of constraint layers: law, severities per kind of installation, and how old the data of each is',
  responses: { 200: jsonAnswer(constraintCatalogueSchema, 'All layers in the order of the catalogue') },
})

const versionsRoute = createRoute({
  method: 'get',
  path: '/api/constraint-layers/{layerId}/versions',
  tags,
  summary: 'How the severities and sentences of a layer have changed: who, when and why',
  request: { params: layerParamSchema },
  responses: { 200: jsonAnswer(layerVersionListSchema, 'Newest first'), ...problemAnswers(404, 422) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/constraint-layers/{layerId}',
  tags,
  summary: 'Change severities and sentences of a layer (planners)',
  request: { params: layerParamSchema, body: jsonBody(layerChangeSchema) },
  responses: { 200: jsonAnswer(constraintLayerSchema, 'The changed layer'), ...problemAnswers(401, 403, 404, 409, 422, 429) },
})

export function constraintsRoutes(deps: Deps) {
  const router = createRouter()
  router.on('PATCH', changeRoute.getRoutingPath(), rateLimit(deps, { name: 'change-layer', max: 300, windowS: 3600 }))
  return router
    .openapi(catalogueRoute, async (context) => {
      publicAccess(context, 'everybody may know the rules that decide')
      return answerPublic(context, await readCatalogue(deps.db, deps.clock))
    })
    .openapi(versionsRoute, async (context) => {
      publicAccess(context, 'who changed a rule, when and why is public')
      return answerPublic(context, { items: await readLayerVersions(deps.db, context.req.valid('param').layerId) })
    })
    .openapi(changeRoute, async (context) => {
      const person = requireRole(context, 'planner')
      return context.json(await changeLayer(deps, person, context.req.valid('param').layerId, context.req.valid('json')), 200)
    })
}
