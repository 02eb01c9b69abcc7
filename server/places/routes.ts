import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { placeListSchema, placeQuerySchema } from './contract.ts'
import { createPlaceService } from './service.ts'

// Each key pressed may ask; a hall full of people may share one address.
const SEARCHES_PER_MINUTE = 600

export function placesRoutes(deps: Deps) {
  const places = createPlaceService(deps)
  const searchRoute = createRoute({
    method: 'get',
    path: '/api/places',
    tags: ['places'],
    summary: 'Search for a place or an address',
    middleware: rateLimit(deps, { name: 'search-places', max: SEARCHES_PER_MINUTE, windowS: 60 }),
    request: { query: placeQuerySchema },
    responses: { 200: jsonAnswer(placeListSchema, 'Best first'), ...problemAnswers(422, 429, 503) },
  })
  return createRouter().openapi(searchRoute, async (context) => {
    publicAccess(context, 'everybody may look for a place')
    const { q, limit } = context.req.valid('query')
    context.header('Cache-Control', 'private, max-age=60')
    return context.json(await places.search(q, limit), 200)
  })
}
