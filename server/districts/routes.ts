import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { districtAtSchema, districtCollectionSchema, lngLatQuerySchema } from './contract.ts'
import { createDistrictFinder, readDistrictAt, readDistricts } from './service.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/districts',
  tags: ['districts'],
  summary: 'Outlines of the districts in force (GeoJSON)',
  responses: { 200: jsonAnswer(districtCollectionSchema, 'FeatureCollection, EPSG:4326'), ...problemAnswers(503) },
})

const atRoute = createRoute({
  method: 'get',
  path: '/api/districts/at',
  tags: ['districts'],
  summary: 'The district at a place',
  request: { query: lngLatQuerySchema },
  responses: { 200: jsonAnswer(districtAtSchema, 'The covering district'), ...problemAnswers(404, 422, 503) },
})

export function districtsRoutes({ db }: Deps) {
  const find = createDistrictFinder(db)
  return createRouter()
    .openapi(listRoute, async (context) => {
      publicAccess(context, 'district outlines are public geodata')
      return answerPublic(context, await readDistricts(db))
    })
    .openapi(atRoute, async (context) => {
      publicAccess(context, 'everybody may ask which district a place lies in')
      const { lng, lat } = context.req.valid('query')
      return context.json(await readDistrictAt(db, find, [lng, lat]), 200)
    })
}
