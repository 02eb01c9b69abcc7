import { createHash } from 'node:crypto'
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { entityTag, isKnown } from '../platform/http/etag.ts'
import { problemAnswers } from '../platform/http/router.ts'
import {
  CRS_URIS,
  type CrsName,
  collectionListSchema,
  collectionParamSchema,
  collectionSchema,
  conformanceSchema,
  featureCollectionSchema,
  featureSchema,
  itemParamSchema,
  itemQuerySchema,
  itemsQuerySchema,
  LANGUAGES,
  type Link,
  landingSchema,
  viewQuerySchema,
} from './contract.ts'
import { type Ask, linkHeader, MEDIA_TYPES, selfAndAlternate } from './links.ts'
import { FORMATS, formatFor, languageFor } from './negotiate.ts'
import { apiPage, collectionPage, collectionsPage, conformancePage, itemPage, itemsPage, landingPage, STYLE } from './pages.ts'
import { findStranger, KNOWN_PARAMETERS } from './rules.ts'
import { createOgcService, type OgcService, type SentParameters } from './service.ts'

const tags = ['ogc']
const CACHE_CONTROL = 'public, max-age=0, s-maxage=10'

function inBothForms(schema: z.ZodType, type: string, description: string) {
  return {
    200: { description, content: { [type]: { schema }, [MEDIA_TYPES.html]: { schema: viewQuerySchema.shape.f } } },
    ...problemAnswers(400, 404),
  }
}

const landingRoute = createRoute({
  method: 'get',
  path: '/ogc',
  tags,
  summary: 'OGC API Features: the landing page, the address for QGIS and GDAL',
  request: { query: viewQuerySchema },
  responses: inBothForms(landingSchema, MEDIA_TYPES.json, 'Where everything is'),
})
const conformanceRoute = createRoute({
  method: 'get',
  path: '/ogc/conformance',
  tags,
  summary: 'OGC API Features: what the service conforms to',
  request: { query: viewQuerySchema },
  responses: inBothForms(conformanceSchema, MEDIA_TYPES.json, 'Names of conformance classes'),
})
const apiRoute = createRoute({
  method: 'get',
  path: '/ogc/api',
  tags,
  summary: 'OGC API Features: its description as OpenAPI 3.0, with every collection and property',
  request: { query: viewQuerySchema },
  responses: inBothForms(viewQuerySchema.shape.f, MEDIA_TYPES.openapi, 'OpenAPI 3.0.3'),
})
const collectionsRoute = createRoute({
  method: 'get',
  path: '/ogc/collections',
  tags,
  summary: 'OGC API Features: the collections',
  request: { query: viewQuerySchema },
  responses: inBothForms(collectionListSchema, MEDIA_TYPES.json, 'Districts, ideas, projects, installations, shareable constraint layers'),
})
const collectionRoute = createRoute({
  method: 'get',
  path: '/ogc/collections/{collectionId}',
  tags,
  summary: 'OGC API Features: one collection',
  request: { params: collectionParamSchema, query: viewQuerySchema },
  responses: inBothForms(collectionSchema, MEDIA_TYPES.json, 'Title, extent, reference systems'),
})
const itemsRoute = createRoute({
  method: 'get',
  path: '/ogc/collections/{collectionId}/items',
  tags,
  summary: 'OGC API Features: features of a collection in pages',
  description: 'Properties named in /ogc/api may be given as parameters too.',
  request: { params: collectionParamSchema, query: itemsQuerySchema },
  responses: inBothForms(featureCollectionSchema, MEDIA_TYPES.geojson, 'A page of features; the header Content-Crs names their system'),
})
const itemRoute = createRoute({
  method: 'get',
  path: '/ogc/collections/{collectionId}/items/{featureId}',
  tags,
  summary: 'OGC API Features: one feature',
  request: { params: itemParamSchema, query: itemQuerySchema },
  responses: inBothForms(featureSchema, MEDIA_TYPES.geojson, 'The feature'),
})

/** What the standard wants refused with 400 the house's other routes answer with 422. */
function ogcRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: path.join('.'), detail: message }))
      throw commonProblem('malformed-request', { errors })
    },
  })
}

function wrong(parameter: string, reason: string) {
  return commonProblem('malformed-request', { detail: `${parameter}: ${reason}`, errors: [{ pointer: parameter, detail: reason }] })
}

function oneOf<Word extends string>(parameter: string, text: string | undefined, words: readonly Word[]): Word | null {
  if (text === undefined) return null
  const found = words.find((word) => word === text)
  if (found === undefined) throw wrong(parameter, `not one of ${words.join(', ')}`)
  return found
}

/** Reads form and language. `known` are the resource's parameters; null leaves strangers to the reader of items. */
function readAsk(context: Context<AppEnv>, baseUrl: string, known: readonly string[] | null): { ask: Ask; sent: SentParameters } {
  const sent: SentParameters = context.req.queries()
  const stranger = known === null ? null : findStranger(sent, known)
  if (stranger) throw wrong(stranger.parameter, stranger.reason)
  const { f, ...parameters } = Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, values[0] ?? '']))
  const format = oneOf('f', f, FORMATS) ?? formatFor(context.req.header('accept'))
  const language = oneOf('lang', parameters.lang, LANGUAGES) ?? languageFor(context.req.header('accept-language'))
  return { ask: { base: `${baseUrl}/ogc`, format, language, parameters }, sent }
}

interface Answer {
  body: object & { links?: Link[] }
  jsonType: string
  page: () => unknown
  crs?: CrsName
}

/** Answers in the form asked for, or 304 to who has it. Open to pages of other sites. */
async function answer(context: Context<AppEnv>, ask: Ask, { body, jsonType, page, crs }: Answer): Promise<never> {
  const text = ask.format === 'html' ? String(await page()) : JSON.stringify(body)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  const headers: Record<string, string> = {
    'Content-Type': ask.format === 'html' ? 'text/html; charset=utf-8' : jsonType,
    'Content-Language': ask.language,
    'Cache-Control': CACHE_CONTROL,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Content-Crs, Link, ETag',
    Vary: 'Accept, Accept-Language',
    ETag: entityTag(hash),
    ...(body.links ? { Link: linkHeader(body.links) } : {}),
    ...(crs ? { 'Content-Crs': `<${CRS_URIS[crs]}>` } : {}),
  }
  const isTheSame = isKnown(context.req.header('if-none-match'), hash)
  return (isTheSame ? context.newResponse(null, 304, headers) : context.newResponse(text, 200, headers)) as never
}

/** What the service says of itself. */
function serviceRoutes(service: OgcService, baseUrl: string) {
  const known = KNOWN_PARAMETERS
  return ogcRouter()
    .openapi(landingRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.view)
      const body = service.readLanding(ask)
      const example = await service.readExampleExport()
      return answer(context, ask, { body, jsonType: MEDIA_TYPES.json, page: () => landingPage(ask, body, example) })
    })
    .openapi(conformanceRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.view)
      const body = service.readConformance(ask)
      return answer(context, ask, { body, jsonType: MEDIA_TYPES.json, page: () => conformancePage(ask, body) })
    })
    .openapi(apiRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.view)
      const body = await service.readApi(ask)
      const links = selfAndAlternate(ask, '/api', 'openapi')
      return answer(context, ask, { body, jsonType: MEDIA_TYPES.openapi, page: () => apiPage(ask, body, links) })
    })
    .openapi(collectionsRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.view)
      const body = await service.readCollections(ask)
      return answer(context, ask, { body, jsonType: MEDIA_TYPES.json, page: () => collectionsPage(ask, body) })
    })
}

/** Collections and what is in them. */
function collectionRoutes(service: OgcService, baseUrl: string) {
  const known = KNOWN_PARAMETERS
  return ogcRouter()
    .openapi(collectionRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.view)
      const described = await service.find(context.req.valid('param').collectionId)
      const body = await service.describe(ask, described)
      return answer(context, ask, { body, jsonType: MEDIA_TYPES.json, page: () => collectionPage(ask, body, described) })
    })
    .openapi(itemsRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask, sent } = readAsk(context, baseUrl, null)
      const { body, crs, described } = await service.readItems(ask, context.req.valid('param').collectionId, sent)
      return answer(context, ask, { body, crs, jsonType: MEDIA_TYPES.geojson, page: () => itemsPage(ask, body, described) })
    })
    .openapi(itemRoute, async (context) => {
      publicAccess(context, 'published views hold nothing but what everybody may see')
      const { ask } = readAsk(context, baseUrl, known.item)
      const { collectionId, featureId } = context.req.valid('param')
      const { body, crs, described } = await service.readItem(ask, collectionId, featureId)
      return answer(context, ask, { body, crs, jsonType: MEDIA_TYPES.geojson, page: () => itemPage(ask, body, described) })
    })
}

export function ogcRoutes(deps: Deps) {
  const service = createOgcService(deps)
  const { baseUrl } = deps.config
  return ogcRouter()
    .route('/', serviceRoutes(service, baseUrl))
    .route('/', collectionRoutes(service, baseUrl))
    .get('/ogc/', (context) => {
      publicAccess(context, 'people write the address with a slash too')
      return context.redirect(`${baseUrl}/ogc${new URL(context.req.url).search}`, 308)
    })
    .get('/ogc/style.css', (context) => {
      publicAccess(context, 'the look of public pages')
      return context.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=300' })
    })
}
