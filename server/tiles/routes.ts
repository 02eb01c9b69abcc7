import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { accepts, entityTag, isKnown } from '../platform/http/etag.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import {
  constraintTileJsonParamSchema,
  constraintTileParamSchema,
  type TileCollection,
  tileJsonParamSchema,
  tileJsonSchema,
  tileParamSchema,
  tileQuerySchema,
} from './contract.ts'
import { createTileService, readConstraintTileJson, readTileJson, type Tile } from './service.ts'

const MEDIA_TYPE = 'application/vnd.mapbox-vector-tile'
const CACHE_CONTROL = 'public, max-age=10, stale-while-revalidate=60'

const tileAnswers = {
  200: { description: 'The tile', content: { [MEDIA_TYPE]: { schema: z.string().meta({ format: 'binary' }) } } },
  204: { description: 'Nothing lies in this tile' },
  304: { description: 'The tile with the tag in If-None-Match is still right' },
}

const tileRoute = createRoute({
  method: 'get',
  path: '/tiles/{collection}/{z}/{x}/{y}',
  tags: ['tiles'],
  summary: 'Vector tile of a public collection',
  description: 'Mapbox Vector Tile 2, Web Mercator, extent 4096, buffer 64. `year` keeps one round (not for districts).',
  request: { params: tileParamSchema, query: tileQuerySchema },
  responses: { ...tileAnswers, ...problemAnswers(422, 503) },
})

const constraintTileRoute = createRoute({
  method: 'get',
  path: '/tiles/constraints/{layerId}/{z}/{x}/{y}',
  tags: ['tiles'],
  summary: 'Vector tile of a constraint layer',
  description: 'Mapbox Vector Tile 2, Web Mercator, extent 4096, buffer 64, layer `constraints`; empty below zoom 11.',
  request: { params: constraintTileParamSchema },
  responses: { ...tileAnswers, ...problemAnswers(404, 422, 503) },
})

const tileJsonRoute = createRoute({
  method: 'get',
  path: '/tiles/{document}',
  tags: ['tiles'],
  summary: 'TileJSON of a collection, for QGIS and MapLibre',
  request: { params: tileJsonParamSchema },
  responses: { 200: jsonAnswer(tileJsonSchema, 'TileJSON 3.0.0'), ...problemAnswers(422, 503) },
})

const constraintTileJsonRoute = createRoute({
  method: 'get',
  path: '/tiles/constraints/{document}',
  tags: ['tiles'],
  summary: 'TileJSON of a constraint layer, for QGIS and MapLibre',
  request: { params: constraintTileJsonParamSchema },
  responses: { 200: jsonAnswer(tileJsonSchema, 'TileJSON 3.0.0'), ...problemAnswers(404, 422, 503) },
})

function allowEverybody(context: Context<AppEnv>): void {
  context.header('Cache-Control', 'public, max-age=60')
  context.header('Access-Control-Allow-Origin', '*')
}

async function answerTile(context: Context<AppEnv>, tile: Tile): Promise<Response> {
  const gzipped = accepts(context.req.header('accept-encoding'), 'gzip') ? tile.gzipped : null
  const headers: Record<string, string> = {
    'Cache-Control': CACHE_CONTROL,
    'Access-Control-Allow-Origin': '*',
    ETag: entityTag(tile.hash, gzipped === null ? undefined : 'gz'),
    ...(tile.gzipped === null ? {} : { Vary: 'Accept-Encoding' }),
  }
  if (isKnown(context.req.header('if-none-match'), tile.hash)) return context.newResponse(null, 304, headers)
  if (tile.bytes.length === 0) return context.newResponse(null, 204, headers)
  headers['Content-Type'] = MEDIA_TYPE
  if (gzipped !== null) headers['Content-Encoding'] = 'gzip'
  return context.newResponse(gzipped === null ? tile.bytes : await gzipped(), 200, headers)
}

export function tilesRoutes(deps: Deps) {
  const tiles = createTileService(deps)
  return createRouter()
    .openapi(tileRoute, async (context) => {
      publicAccess(context, 'tiles carry public properties of public things only')
      const { collection, z, x, y } = context.req.valid('param')
      const { year } = context.req.valid('query')
      return answerTile(context, await tiles.readTile(collection, { z, x, y: Number.parseInt(y, 10) }, year ?? null))
    })
    .openapi(constraintTileRoute, async (context) => {
      publicAccess(context, 'where rules of law hold is public; labels that may not be passed on are not in the tiles')
      const { layerId, z, x, y } = context.req.valid('param')
      return answerTile(context, await tiles.readConstraintTile(layerId, { z, x, y: Number.parseInt(y, 10) }))
    })
    .openapi(constraintTileJsonRoute, async (context) => {
      publicAccess(context, 'a description of public tiles')
      const { document } = context.req.valid('param')
      allowEverybody(context)
      return context.json(await readConstraintTileJson(deps, document.slice(0, -'.json'.length)), 200)
    })
    .openapi(tileJsonRoute, async (context) => {
      publicAccess(context, 'a description of public tiles')
      const { document } = context.req.valid('param')
      allowEverybody(context)
      return context.json(await readTileJson(deps, document.slice(0, -'.json'.length) as TileCollection), 200)
    })
}
