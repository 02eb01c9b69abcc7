import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { entityTag, isKnown } from '../platform/http/etag.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { readByteRange } from './byteRange.ts'
import { basemapProblem, basemapStyleSchema } from './contract.ts'
import { createBasemapService } from './service.ts'

const PROXY = '/basemap/proxy/'
const PASSED_HEADERS = ['content-type', 'content-encoding', 'cache-control', 'etag', 'last-modified', 'expires'] as const
const ASKED_HEADERS = ['if-none-match', 'if-modified-since'] as const

const styleRoute = createRoute({
  method: 'get',
  path: '/basemap/style.json',
  tags: ['basemap'],
  summary: 'The configured street map as a MapLibre style',
  responses: { 200: jsonAnswer(basemapStyleSchema, 'Every address in it lies on this server'), ...problemAnswers(404, 503) },
})

/** What the provider is told of the browser: what it has already and what coding it takes. Nothing else. */
function askedHeaders(context: Context<AppEnv>): Record<string, string> {
  const given = ASKED_HEADERS.map((name) => [name, context.req.header(name)] as const).filter(([, value]) => value !== undefined)
  const takesGzip = context.req.header('accept-encoding')?.includes('gzip') ?? false
  return { ...(Object.fromEntries(given) as Record<string, string>), 'Accept-Encoding': takesGzip ? 'gzip' : 'identity' }
}

async function answerFile(context: Context<AppEnv>, path: string): Promise<Response> {
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile()) throw commonProblem('not-found')
  const hash = `${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}`
  const tag = entityTag(hash)
  const headers: Record<string, string> = { 'Accept-Ranges': 'bytes', ETag: tag, 'Cache-Control': 'public, max-age=3600' }
  if (isKnown(context.req.header('if-none-match'), hash)) return context.newResponse(null, 304, headers)
  const condition = context.req.header('if-range')
  const range = readByteRange(condition === undefined || condition === tag ? context.req.header('range') : undefined, found.size)
  if (range.kind === 'unsatisfiable') {
    context.header('Content-Range', `bytes */${found.size}`)
    throw basemapProblem('range-not-satisfiable')
  }
  const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, found.size - 1]
  headers['Content-Type'] = 'application/vnd.pmtiles'
  headers['Content-Length'] = String(last - first + 1)
  if (range.kind === 'part') headers['Content-Range'] = `bytes ${first}-${last}/${found.size}`
  const isEmpty = context.req.method === 'HEAD' || found.size === 0
  const body = isEmpty ? null : (Readable.toWeb(createReadStream(path, { start: first, end: last })) as ReadableStream)
  return context.newResponse(body, range.kind === 'part' ? 206 : 200, headers)
}

export function basemapRoutes({ config, log }: Pick<Deps, 'config' | 'log'>) {
  const service = createBasemapService(config, log)
  return createRouter()
    .openapi(styleRoute, async (context) => {
      publicAccess(context, 'the map behind is the same for everybody')
      context.header('Cache-Control', 'public, max-age=300')
      return context.json(await service.readStyle(), 200)
    })
    .get('/basemap/file.pmtiles', async (context) => {
      publicAccess(context, 'the map behind is the same for everybody')
      if (config.basemap.pmtiles === null) throw commonProblem('not-found')
      return answerFile(context, config.basemap.pmtiles)
    })
    .get(`${PROXY}:id/*`, async (context) => {
      publicAccess(context, 'the map behind is the same for everybody')
      const id = context.req.param('id')
      const url = new URL(context.req.url)
      const tail = url.pathname.slice(PROXY.length + id.length + 1)
      const answer = await service.readPart(id, tail, url.searchParams, askedHeaders(context))
      const headers: Record<string, string> = { 'Cache-Control': 'public, max-age=86400', Vary: 'Accept-Encoding' }
      for (const name of PASSED_HEADERS) if (answer.headers[name] !== undefined) headers[name] = String(answer.headers[name])
      if (headers['cache-control'] !== undefined) delete headers['Cache-Control']
      return context.newResponse(answer.status === 200 ? answer.bytes : null, answer.status as 200, headers)
    })
}
