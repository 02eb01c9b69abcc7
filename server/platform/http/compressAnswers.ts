import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './environment.ts'
import { accepts } from './etag.ts'

const COMPRESSED_FROM_BYTES = 1_024
const BROTLI_QUALITY = 4
const compressible = /^(application\/(json|geo\+json|problem\+json|openapi\+json)|text\/(html|plain|css))\b/

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

/** Compresses an answer's bytes the way the client takes; `null` when it takes none. */
async function compressFor(acceptEncoding: string | undefined, bytes: Uint8Array) {
  if (accepts(acceptEncoding, 'br')) {
    return { coding: 'br', bytes: await brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }) }
  }
  return accepts(acceptEncoding, 'gzip') ? { coding: 'gzip', bytes: await gzipAsync(bytes) } : null
}

/** Compresses text answers above a kilobyte. Tiles, files and pictures come compressed already. */
export function compressAnswers(): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    await next()
    const { headers, body } = context.res
    if (body === null || context.req.method === 'HEAD') return
    if (headers.has('content-encoding') || !compressible.test(headers.get('content-type') ?? '')) return
    const bytes = new Uint8Array(await context.res.arrayBuffer())
    const compressed = bytes.length < COMPRESSED_FROM_BYTES ? null : await compressFor(context.req.header('accept-encoding'), bytes)
    const answer = new Response(compressed ? new Uint8Array(compressed.bytes) : bytes, context.res)
    if (bytes.length >= COMPRESSED_FROM_BYTES) answer.headers.append('Vary', 'Accept-Encoding')
    if (compressed !== null) {
      answer.headers.set('Content-Encoding', compressed.coding)
      answer.headers.delete('Content-Length')
      const tag = answer.headers.get('ETag')
      if (tag?.endsWith('"')) answer.headers.set('ETag', `${tag.slice(0, -1)}-${compressed.coding === 'br' ? 'br' : 'gz'}"`)
    }
    // Hono copies the headers of an answer it replaces; without one to replace it takes this as it is.
    context.res = undefined
    context.res = answer
  }
}
