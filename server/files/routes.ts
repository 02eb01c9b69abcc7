import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { commonProblem } from '../kernel/problem.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess, requirePerson } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { entityTag, isKnown } from '../platform/http/etag.ts'
import { rateLimit } from '../platform/http/rateLimit.ts'
import { createRouter, jsonAnswer, jsonBody, problemAnswers } from '../platform/http/router.ts'
import { altTextChangeSchema, PICTURE_FORMATS, pictureIdParamSchema, pictureSchema } from './contract.ts'
import { ALT_TEXT_MAX, ALT_TEXT_MIN } from './limits.ts'
import { addPicture, changeAltText, findVariant, readPicture, refuseTooMany, removePicture } from './service.ts'
import { readUpload } from './upload.ts'

// The bytes of an address never change, but who may see them does: a picture taken off is gone everywhere within the hour.
const PUBLIC_CACHE = 'public, max-age=3600'
const OWNER_CACHE = 'private, no-cache'

// Plain JSON schema on purpose: a zod schema here would make the framework read the whole body before the access check.
const uploadForm = {
  type: 'object' as const,
  required: ['file', 'altText'],
  properties: {
    file: { type: 'string' as const, format: 'binary', description: 'JPEG, PNG, WebP or AVIF, at most 12 MB and 50 megapixels' },
    altText: { type: 'string' as const, minLength: ALT_TEXT_MIN, maxLength: ALT_TEXT_MAX },
  },
}

const uploadRoute = createRoute({
  method: 'post',
  path: '/api/pictures',
  tags: ['files'],
  summary: 'Send a picture; its variants are made in the background',
  request: { body: { required: true, content: { 'multipart/form-data': { schema: uploadForm } } } },
  responses: { 201: jsonAnswer(pictureSchema, 'Kept, on no idea yet'), ...problemAnswers(400, 401, 403, 409, 413, 415, 422, 429, 507) },
})

const readRoute = createRoute({
  method: 'get',
  path: '/api/pictures/{pictureId}',
  tags: ['files'],
  summary: 'One picture and its variants',
  request: { params: pictureIdParamSchema },
  responses: { 200: jsonAnswer(pictureSchema, 'The picture'), ...problemAnswers(404, 422) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/pictures/{pictureId}',
  tags: ['files'],
  summary: 'Change the alternative text of one’s own picture',
  request: { params: pictureIdParamSchema, body: jsonBody(altTextChangeSchema) },
  responses: { 200: jsonAnswer(pictureSchema, 'Changed'), ...problemAnswers(400, 401, 403, 404, 415, 422) },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/api/pictures/{pictureId}',
  tags: ['files'],
  summary: 'Remove one’s own picture while no idea shows it',
  request: { params: pictureIdParamSchema },
  responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404, 409, 422) },
})

const binary = { schema: { type: 'string' as const, format: 'binary' } }
const fileRoute = createRoute({
  method: 'get',
  path: '/pictures/{pictureId}/{file}',
  tags: ['files'],
  summary: 'A variant’s file, for example 800.webp',
  request: { params: z.object({ pictureId: z.string().max(100), file: z.string().max(100).meta({ example: '800.webp' }) }) },
  responses: {
    200: { description: 'The picture', content: { 'image/avif': binary, 'image/webp': binary } },
    304: { description: 'The picture with the tag in If-None-Match is still right' },
    ...problemAnswers(404, 422),
  },
})

const fileSchema = z.object({ width: writtenNumber(z.int()), format: z.enum(PICTURE_FORMATS) })

/** @errors Problem `not-found` for everything that cannot be a variant */
function wantedVariant(pictureId: string, file: string) {
  const [, width, format] = /^([1-9]\d{0,3})\.([a-z]+)$/.exec(file) ?? []
  const wanted = pictureIdParamSchema.extend(fileSchema.shape).safeParse({ pictureId, width, format })
  if (!wanted.success) throw commonProblem('not-found')
  return wanted.data
}

async function answerVariant(context: Context<AppEnv>, deps: Deps, wanted: ReturnType<typeof wantedVariant>): Promise<Response> {
  const variant = await findVariant(deps, wanted, context.get('person')?.personId ?? null)
  const hash = `${wanted.pictureId}-${wanted.width}-${wanted.format}`
  const headers = {
    ETag: entityTag(hash),
    'Cache-Control': variant.isPublic ? PUBLIC_CACHE : OWNER_CACHE,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  }
  if (isKnown(context.req.header('if-none-match'), hash)) return context.newResponse(null, 304, headers)
  return context.newResponse(await variant.read(), 200, { ...headers, 'Content-Type': `image/${wanted.format}` })
}

export function filesRoutes(deps: Deps) {
  const router = createRouter()
  router.post('/api/pictures', rateLimit(deps, { name: 'upload-picture', max: 60, windowS: 3600 }))
  return router
    .openapi(uploadRoute, async (context) => {
      const person = requirePerson(context)
      await refuseTooMany(deps, person.personId)
      return context.json(await addPicture(deps, person.personId, await readUpload(context.req.raw)), 201)
    })
    .openapi(readRoute, async (context) => {
      publicAccess(context, 'pictures of public ideas are open to all; the service hides the others')
      const picture = await readPicture(deps, context.req.valid('param').pictureId, context.get('person')?.personId ?? null)
      return context.json(picture, 200)
    })
    .openapi(changeRoute, async (context) => {
      const person = requirePerson(context)
      return context.json(
        await changeAltText(deps, context.req.valid('param').pictureId, person.personId, context.req.valid('json').altText),
        200,
      )
    })
    .openapi(removeRoute, async (context) => {
      const person = requirePerson(context)
      await removePicture(deps, context.req.valid('param').pictureId, person.personId)
      return context.body(null, 204)
    })
    .openapi(fileRoute, async (context) => {
      publicAccess(context, 'pictures of public ideas are open to all; the service hides the others')
      const { pictureId, file } = context.req.valid('param')
      return answerVariant(context, deps, wantedVariant(pictureId, file))
    })
}
