import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { entityTag, isKnown } from '../platform/http/etag.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer, problemAnswers } from '../platform/http/router.ts'
import { yearParamSchema } from '../rounds/contract.ts'
import {
  ballotFileParamSchema,
  decisionRecordListSchema,
  districtParamSchema,
  roundResultSchema,
  transcriptFileSchema,
} from './contract.ts'
import { readDecisions } from './decisions.ts'
import { readBallotFile, readResult, readTranscript } from './service.ts'

const tags = ['allocation']

const resultRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/result',
  tags,
  summary: 'How the districts decided their shares, with reasons; of earlier rounds what the sources tell',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(roundResultSchema, 'One item per district'), ...problemAnswers(404, 422) },
})

const fileRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/ballots/{file}',
  tags,
  summary: 'The ballots of a district as a Pabulib file: {districtId}.pb',
  description:
    'Voter ids are fresh random numbers, rows are shuffled. The comment names the exact rule; lot, smallest_useful and excludes are columns of our own.',
  request: { params: ballotFileParamSchema },
  responses: {
    200: { description: 'The file', content: { 'text/plain': { schema: z.string() } } },
    304: { description: 'The file with the tag in If-None-Match is still right' },
    ...problemAnswers(404, 422),
  },
})

const transcriptRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/result/{districtId}/transcript.json',
  tags,
  summary: 'A district’s count step by step, and what followed when a winner could not be built',
  request: { params: districtParamSchema },
  responses: { 200: jsonAnswer(transcriptFileSchema, 'What was counted, by which rule, and why'), ...problemAnswers(404, 422) },
})

const decisionsRoute = createRoute({
  method: 'get',
  path: '/api/rounds/{year}/decisions',
  tags,
  summary: 'What political bodies decided about a round’s result, newest first',
  request: { params: yearParamSchema },
  responses: { 200: jsonAnswer(decisionRecordListSchema, 'Corrected records included'), ...problemAnswers(404, 422) },
})

// The file is written once and never changes; a cache on the way asks again after an hour.
const FILE_CACHE = 'public, max-age=0, s-maxage=3600'

function answerFile(context: Context<AppEnv>, { text, fileName }: { text: string; fileName: string }): Response {
  const bytes = Buffer.from(text)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  const plainName = fileName.replaceAll(/[^\x20-\x7e]/g, '_')
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'Cache-Control': FILE_CACHE,
    'Access-Control-Allow-Origin': '*',
    ETag: entityTag(hash),
  }
  return isKnown(context.req.header('if-none-match'), hash)
    ? context.newResponse(null, 304, headers)
    : context.newResponse(bytes, 200, headers)
}

/** The result of a vote, for everybody, once it is published. */
export function allocationRoutes(deps: Deps) {
  return createRouter()
    .openapi(resultRoute, async (context) => {
      publicAccess(context, 'a result is everybody’s once it is published')
      // Stages of a transcript are open to what a rule tells of them; Hono's types know closed objects only.
      return answerPublic(context, await readResult(deps, context.req.valid('param').year)) as never
    })
    .openapi(fileRoute, async (context) => {
      publicAccess(context, 'anybody can count again')
      const { year, file } = context.req.valid('param')
      return answerFile(context, await readBallotFile(deps, year, file.replace(/\.pb$/, ''))) as never
    })
    .openapi(transcriptRoute, async (context) => {
      publicAccess(context, 'anybody can follow the count')
      const { year, districtId } = context.req.valid('param')
      return answerPublic(context, await readTranscript(deps, year, districtId)) as never
    })
    .openapi(decisionsRoute, async (context) => {
      publicAccess(context, 'decisions of political bodies are public')
      return answerPublic(context, { items: await readDecisions(deps, context.req.valid('param').year) })
    })
}
