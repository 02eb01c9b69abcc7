import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Deps } from '../platform/deps.ts'
import { describeFailure } from '../platform/failure.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { accepts, isKnown } from '../platform/http/etag.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import { readParts, readRoundVersion } from './contents.ts'
import { createFileExports } from './fileExports.ts'
import { csvOf, geoJsonOf } from './streams.ts'

const MEDIA_TYPES = {
  geojson: 'application/geo+json',
  csv: 'text/csv; charset=utf-8; header=present',
  gpkg: 'application/geopackage+sqlite3',
  fgb: 'application/vnd.flatgeobuf',
} as const
type ExportFormat = keyof typeof MEDIA_TYPES

const file = z.string().meta({ format: 'binary' })

function declareExport<Format extends ExportFormat>(format: Format, summary: string, description: string) {
  return createRoute({
    method: 'get',
    path: `/api/rounds/{year}/export.${format}` as const,
    tags: ['exports'],
    summary,
    description,
    request: { params: yearParamSchema },
    responses: {
      200: { description: 'The file', content: { [MEDIA_TYPES[format].split(';')[0] as string]: { schema: file } } },
      304: { description: 'The file with the tag in If-None-Match is still right' },
      ...problemAnswers(404, 422, 429),
    },
  })
}

const geoJsonRoute = declareExport(
  'geojson',
  'A whole round as GeoJSON',
  'Ideas and projects with every published column, EPSG:4326 (RFC 7946).',
)
const csvRoute = declareExport('csv', 'A whole round as CSV', 'The same as a table: UTF-8, commas, the place as WKT and as lon and lat.')
const packageRoute = declareExport(
  'gpkg',
  'A whole round as GeoPackage',
  'EPSG:25832, layers districts, ideas_points, ideas_lines, ideas_polygons, projects, installations, columns described.',
)
const flatRoute = declareExport(
  'fgb',
  'A whole round as FlatGeobuf',
  'EPSG:25832, ideas and projects in one layer; `collection` tells them apart.',
)

/** Headers of a round's file; null when the client has it already. */
function headersOf(context: Context<AppEnv>, year: number, format: ExportFormat, version: string) {
  const hash = createHash('sha256').update(`${year}.${format}.${version}`).digest('base64url').slice(0, 22)
  const headers: Record<string, string> = {
    'Content-Type': MEDIA_TYPES[format],
    'Content-Disposition': `attachment; filename="borgermillionen-${year}.${format}"`,
    'Cache-Control': 'public, max-age=0, s-maxage=10, no-transform',
    'Access-Control-Allow-Origin': '*',
    // Weak: the same content, not always the same bytes.
    ETag: `W/"${hash}"`,
  }
  return { headers, isKnown: isKnown(context.req.header('if-none-match'), hash) }
}

/** Text as a stream that is made while it is read, compressed on the way for who takes that. */
function streamText(context: Context<AppEnv>, deps: Deps, headers: Record<string, string>, text: AsyncGenerator<string>): never {
  headers.Vary = 'Accept-Encoding'
  const isGzipped = accepts(context.req.header('accept-encoding'), 'gzip')
  if (isGzipped) headers['Content-Encoding'] = 'gzip'
  if (context.req.method === 'HEAD') return context.newResponse(null, 200, headers) as never
  async function* logged(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder()
    try {
      for await (const piece of text) yield encoder.encode(piece)
    } catch (error) {
      deps.log.error(describeFailure(error), 'an export broke off')
      throw new Error('the export broke off')
    }
  }
  const plain = ReadableStream.from(logged())
  const body = isGzipped ? plain.pipeThrough(new CompressionStream('gzip') as never) : plain
  return context.newResponse(body as ReadableStream, 200, headers) as never
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(path)) yield piece as Uint8Array
}

export function exportsRoutes(deps: Deps) {
  const files = createFileExports(deps)
  const router = createRouter()
  const limit = rateLimit(deps, { name: 'export', max: 60, windowS: 600 })
  for (const route of [geoJsonRoute, csvRoute, packageRoute, flatRoute]) router.use(route.getRoutingPath(), limit)

  /** The round must be there; its version names the file. @errors Problem `not-found` */
  async function begin(context: Context<AppEnv>, year: number, format: ExportFormat) {
    await readCurrentPhase(deps, year)
    const version = await readRoundVersion(deps.db)
    return { version, ...headersOf(context, year, format, version) }
  }

  async function answerFile(context: Context<AppEnv>, year: number, format: 'gpkg' | 'fgb'): Promise<never> {
    const { version, headers, isKnown } = await begin(context, year, format)
    if (isKnown) return context.newResponse(null, 304, headers) as never
    const { path, byteCount } = await files.read(year, format, version)
    headers['Content-Length'] = String(byteCount)
    const body = context.req.method === 'HEAD' ? null : ReadableStream.from(piecesOf(path))
    return context.newResponse(body as ReadableStream, 200, headers) as never
  }

  return router
    .openapi(geoJsonRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { year } = context.req.valid('param')
      const { headers, isKnown } = await begin(context, year, 'geojson')
      if (isKnown) return context.newResponse(null, 304, headers) as never
      return streamText(context, deps, headers, geoJsonOf(deps.db, year, await readParts(deps.db, year)))
    })
    .openapi(csvRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { year } = context.req.valid('param')
      const { headers, isKnown } = await begin(context, year, 'csv')
      if (isKnown) return context.newResponse(null, 304, headers) as never
      return streamText(context, deps, headers, csvOf(deps.db, await readParts(deps.db, year)))
    })
    .openapi(packageRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      return answerFile(context, context.req.valid('param').year, 'gpkg')
    })
    .openapi(flatRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      return answerFile(context, context.req.valid('param').year, 'fgb')
    })
}
