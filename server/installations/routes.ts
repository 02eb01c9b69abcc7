import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer } from '../platform/http/router.ts'
import { installationCollectionSchema, installationListSchema } from './contract.ts'
import { selectInstallations } from './queries.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/installations',
  tags: ['installations'],
  summary: 'Finished installations: what, where, since when, for how much, paid by whom',
  responses: { 200: jsonAnswer(installationListSchema, 'Latest opening first') },
})

const mapRoute = createRoute({
  method: 'get',
  path: '/api/installations.geojson',
  tags: ['installations'],
  summary: 'Finished installations as GeoJSON',
  responses: { 200: jsonAnswer(installationCollectionSchema, 'FeatureCollection, EPSG:4326') },
})

export function installationsRoutes({ db }: Deps) {
  return createRouter()
    .openapi(listRoute, async (context) => {
      publicAccess(context, 'finished installations are public')
      return answerPublic(context, { items: await selectInstallations(db) })
    })
    .openapi(mapRoute, async (context) => {
      publicAccess(context, 'finished installations are public')
      const features = (await selectInstallations(db)).map(({ geometry, projects: _projects, funding: _funding, ...properties }) => ({
        type: 'Feature' as const,
        id: properties.installationId,
        properties,
        geometry,
      }))
      return answerPublic(context, { type: 'FeatureCollection' as const, features })
    })
}
