import { commonProblem, Problem } from '../kernel/problem.ts'
import { contractProblem } from '../platform/http/router.ts'
import { altTextChangeSchema, pictureProblem } from './contract.ts'
import { PICTURE_MAX_BYTES } from './limits.ts'

// Room for the alternative text and the form's own lines.
const FORM_MAX_BYTES = PICTURE_MAX_BYTES + 64 * 1024

const tooLarge = () => pictureProblem('picture-too-large', { extra: { maxBytes: PICTURE_MAX_BYTES } })

/** The body as it comes in, ended with an error at the first byte too many: what is declared is not believed. */
function limited(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let received = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength
        if (received > FORM_MAX_BYTES) controller.error(tooLarge())
        else controller.enqueue(chunk)
      },
    }),
  )
}

async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) throw commonProblem('unsupported-media-type')
  if (Number(request.headers.get('content-length') ?? 0) > FORM_MAX_BYTES) throw tooLarge()
  if (request.body === null) throw commonProblem('malformed-request')
  const body = limited(request.body as ReadableStream<Uint8Array>)
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData()
  } catch (error) {
    throw error instanceof Problem ? error : commonProblem('malformed-request', { cause: error })
  }
}

export interface Upload {
  bytes: Uint8Array<ArrayBuffer>
  altText: string
}

function readAltText(field: unknown): string {
  if (typeof field !== 'string' || field.trim() === '') {
    throw pictureProblem('alt-text-missing', { errors: [{ pointer: '/altText', detail: 'missing' }] })
  }
  const parsed = altTextChangeSchema.safeParse({ altText: field })
  if (!parsed.success) throw contractProblem('form', parsed.error)
  return parsed.data.altText
}

/**
 * The picture and its text out of a multipart form, never holding more than the limit.
 * @errors Problem `unsupported-media-type`, `malformed-request`, `invalid-request`, `picture-too-large`, `alt-text-missing`
 */
export async function readUpload(request: Request): Promise<Upload> {
  const form = await readForm(request)
  const file = form.get('file')
  if (!(file instanceof Blob) || file.size === 0) {
    throw commonProblem('invalid-request', { errors: [{ pointer: '/file', detail: 'missing' }] })
  }
  if (file.size > PICTURE_MAX_BYTES) throw tooLarge()
  const altText = readAltText(form.get('altText'))
  return { bytes: new Uint8Array(await file.arrayBuffer()), altText }
}
