import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { commonProblem } from '../../kernel/problem.ts'
import type { AppEnv } from './environment.ts'

// The longest idea with 500 vertices in both halves of the world is about 40 kB.
const JSON_MAX_BYTES = 256 * 1024

/**
 * Refuses bodies that no route wants before they are read into memory: a contract is checked before it is known who sends it.
 * Forms with files are read, and limited, by their own room. @errors Problem `too-large`
 */
export function limitBody(): MiddlewareHandler<AppEnv> {
  const refuse = () => {
    throw commonProblem('too-large', { extra: { maxBytes: JSON_MAX_BYTES } })
  }
  const limited = bodyLimit({ maxSize: JSON_MAX_BYTES, onError: refuse })
  return (context, next) => {
    // Looking at the body of a read would build the whole request object for nothing.
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
    if (/^multipart\/form-data\b/i.test(context.req.header('content-type') ?? '')) return next()
    // So would looking at one whose length is told: no more of it than that is ever read.
    const toldBytes = context.req.header('transfer-encoding') === undefined ? context.req.header('content-length') : undefined
    if (toldBytes === undefined) return limited(context, next)
    return Number(toldBytes) > JSON_MAX_BYTES ? refuse() : next()
  }
}
