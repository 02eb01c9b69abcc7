import type { Context } from 'hono'
import type { AppEnv } from './environment.ts'
import { accepts, entityTag, isKnown } from './etag.ts'
import type { ServedFile } from './fileIndex.ts'

/** Answers a file in the best coding the client takes, or 304 when it has it. */
export async function answerFile(context: Context<AppEnv>, file: ServedFile, cacheControl: string): Promise<Response> {
  const header = context.req.header('accept-encoding')
  const coding = (['br', 'gzip'] as const).find((name) => accepts(header, name))
  const coded = coding === undefined ? null : await file.coded(coding)
  const headers: Record<string, string> = {
    'Content-Type': file.mediaType,
    'Cache-Control': cacheControl,
    ETag: entityTag(file.hash, coded === null ? undefined : coding === 'br' ? 'br' : 'gz'),
    Vary: 'Accept-Encoding',
  }
  if (isKnown(context.req.header('if-none-match'), file.hash)) return context.newResponse(null, 304, headers)
  if (coded !== null) headers['Content-Encoding'] = coding as string
  return context.newResponse(coded ?? file.bytes, 200, headers)
}
