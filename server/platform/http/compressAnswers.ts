import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './environment.ts'
import { accepts } from './etag.ts'

const COMPRESSED_FROM_BYTES = 1_024
// 64 kB of map JSON: brotli 2 makes 7.0 kB in 0.2 ms, 4 makes 6.9 kB in 0.4 ms; gzip 3 makes 7.6 kB in 0.2 ms, 6 makes 6.4 kB in 0.6 ms.
const BROTLI_QUALITY = 2
const GZIP_LEVEL = 3
const compressible = /^(application\/(json|geo\+json|problem\+json|openapi\+json)|text\/(html|plain|css))\b/

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

interface Compressed {
  coding: 'br' | 'gzip'
  bytes: Uint8Array<ArrayBuffer>
}

/** Compresses an answer's bytes the way the client takes; `null` when it takes none. */
async function compressFor(acceptEncoding: string | undefined, bytes: Uint8Array): Promise<Compressed | null> {
  if (accepts(acceptEncoding, 'br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
    return { coding: 'br', bytes: new Uint8Array(await brotliAsync(bytes, { params })) }
  }
  return accepts(acceptEncoding, 'gzip') ? { coding: 'gzip', bytes: new Uint8Array(await gzipAsync(bytes, { level: GZIP_LEVEL })) } : null
}

/** The tag of the same answer in a coding. */
function codedTag(tag: string, coding: 'br' | 'gzip'): string {
  return `${tag.replace(/"$/, '')}-${coding === 'br' ? 'br' : 'gz'}"`
}

/** A stream says `no-transform` (RFC 9111): compressing here would first gather it in memory. */
function isCompressible({ headers }: Response): boolean {
  if (headers.get('cache-control')?.includes('no-transform')) return false
  return !headers.has('content-encoding') && compressible.test(headers.get('content-type') ?? '')
}

/** The same answer, compressed when that pays and the client takes it. */
async function compressAnswer(answer: Response, acceptEncoding: string | undefined): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length < COMPRESSED_FROM_BYTES) return new Response(bytes, answer)
  const compressed = await compressFor(acceptEncoding, bytes)
  const result = new Response(compressed?.bytes ?? bytes, answer)
  result.headers.append('Vary', 'Accept-Encoding')
  if (compressed === null) return result
  result.headers.set('Content-Encoding', compressed.coding)
  result.headers.delete('Content-Length')
  const tag = result.headers.get('ETag')
  if (tag !== null) result.headers.set('ETag', codedTag(tag, compressed.coding))
  return result
}

/** Compresses text answers above a kilobyte. Tiles, files and pictures come compressed already. */
export function compressAnswers(): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    await next()
    if (context.req.method === 'HEAD' || !isCompressible(context.res)) return
    const acceptEncoding = context.req.header('accept-encoding')
    if (!accepts(acceptEncoding, 'br') && !accepts(acceptEncoding, 'gzip')) {
      // Left as it is: reading its body would turn it from a string into a stream and back.
      context.res.headers.append('Vary', 'Accept-Encoding')
      return
    }
    if (context.res.body === null) return
    const answer = await compressAnswer(context.res, acceptEncoding)
    // Hono copies the headers of an answer it replaces; without one to replace it takes this as it is.
    context.res = undefined
    context.res = answer
  }
}
