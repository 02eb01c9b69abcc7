import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { answerFile } from '../platform/http/sendFile.ts'
import { publicConfigSchema } from './contract.ts'
import { describeApi } from './openApi.ts'
import { readSwaggerFiles, referencePage, startScript } from './reference.ts'
import { readPublicConfig } from './service.ts'

const CACHE_CONTROL = 'public, max-age=300'

const configRoute = createRoute({
  method: 'get',
  path: '/api/config',
  tags: ['opendata'],
  summary: 'What the page must know of this installation',
  responses: { 200: jsonAnswer(publicConfigSchema, 'Nothing secret'), ...problemAnswers(503) },
})

export function opendataRoutes(deps: Deps) {
  return createRouter().openapi(configRoute, async (context) => {
    publicAccess(context, 'the page needs it before anybody is signed in')
    context.header('Cache-Control', 'public, max-age=10')
    return context.json(await readPublicConfig(deps), 200)
  })
}

/** Mounts the description and the reference page of everything mounted so far. */
export function mountReference(app: OpenAPIHono<AppEnv>, config: Deps['config']): void {
  let document: string | null = null
  const swagger = readSwaggerFiles()
  swagger.catch(() => {})
  app.get('/api/openapi.json', (context) => {
    publicAccess(context, 'the description of a public interface')
    document ??= JSON.stringify(describeApi(app, config))
    return context.body(document, 200, {
      'Content-Type': 'application/json',
      'Cache-Control': CACHE_CONTROL,
      'Access-Control-Allow-Origin': '*',
    })
  })
  app.get('/api/reference', (context) => {
    publicAccess(context, 'the description of a public interface')
    context.header('Cache-Control', CACHE_CONTROL)
    return context.html(referencePage)
  })
  app.get('/api/reference/:file', async (context) => {
    publicAccess(context, 'the description of a public interface')
    const name = context.req.param('file')
    if (name === 'start.js') {
      return context.body(startScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': CACHE_CONTROL })
    }
    const file = (await swagger).get(name)
    if (file === undefined) throw commonProblem('not-found')
    return answerFile(context, file, CACHE_CONTROL)
  })
}
