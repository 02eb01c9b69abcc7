import type { Picture } from '../../../server/files/contract.ts'
import { ApiProblem } from '../../lib/api.ts'

interface Upload {
  bytes: Blob
  fileName: string
  altText: string
  csrfToken: string | null
  onProgress: (sentBytes: number, totalBytes: number) => void
  signal: AbortSignal
}

function problemFrom(request: XMLHttpRequest): ApiProblem {
  const retryAfterS = Number(request.getResponseHeader('Retry-After')) || null
  try {
    const body = JSON.parse(request.responseText) as ApiProblem['body']
    if (typeof body.kind === 'string') return new ApiProblem(body.kind, request.status, body, retryAfterS)
  } catch {
    // A proxy's page: the status is all we know.
  }
  const kinds: Record<number, string> = {
    413: 'picture-too-large',
    429: 'too-many-requests',
    502: 'database-away',
    503: 'database-away',
    504: 'database-away',
    507: 'storage-full',
  }
  return new ApiProblem(kinds[request.status] ?? 'internal-error', request.status, {}, retryAfterS)
}

/** Sends one picture and tells how much has gone. XMLHttpRequest, because `fetch` does not report sending. @errors ApiProblem */
export function uploadPicture({ bytes, fileName, altText, csrfToken, onProgress, signal }: Upload): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/pictures')
    request.setRequestHeader('Accept', 'application/json')
    if (csrfToken) request.setRequestHeader('X-CSRF-Token', csrfToken)
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total)
    request.onload = () => {
      if (request.status < 200 || request.status >= 300) return reject(problemFrom(request))
      try {
        resolve(JSON.parse(request.responseText) as Picture)
      } catch {
        reject(new ApiProblem('internal-error', request.status))
      }
    }
    request.onerror = () => reject(new ApiProblem('offline', 0))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.set('file', bytes, fileName)
    form.set('altText', altText.trim())
    request.send(form)
  })
}
