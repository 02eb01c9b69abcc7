import { createHash } from 'node:crypto'
import type { Context, TypedResponse } from 'hono'
import type { AppEnv } from './environment.ts'
import { entityTag, isKnown } from './etag.ts'

// A browser asks each time whether its copy is still right, so that people see what they just wrote; a CDN answers ten
// seconds by itself.
const CACHE_CONTROL = 'public, max-age=0, s-maxage=10'

/** Answers JSON that is the same for everybody and may be read from any site, or 304 when the client has it. */
export function answerPublicText(context: Context<AppEnv>, text: string): Response {
  // Turned into bytes once, for the hash and the wire.
  const json = Buffer.from(text)
  const hash = createHash('sha256').update(json).digest('base64url').slice(0, 22)
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': CACHE_CONTROL,
    'Access-Control-Allow-Origin': '*',
    ETag: entityTag(hash),
  }
  return isKnown(context.req.header('if-none-match'), hash)
    ? context.newResponse(null, 304, headers)
    : context.newResponse(json, 200, headers)
}

/** The same for a value of the type the route declares. */
export function answerPublic<Value>(context: Context<AppEnv>, value: Value): Response & TypedResponse<Value, 200, 'json'> {
  return answerPublicText(context, JSON.stringify(value)) as Response & TypedResponse<Value, 200, 'json'>
}
