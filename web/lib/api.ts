import type { ProblemBody } from '../../server/kernel/problem.ts'

/** What the server answered when it did not answer what was asked, or `offline` when nothing answered. */
export class ApiProblem extends Error {
  readonly kind: string
  readonly status: number
  readonly body: Partial<ProblemBody> & Record<string, unknown>
  /** Seconds the server asks us to wait, from `Retry-After`. */
  readonly retryAfterS: number | null

  constructor(kind: string, status: number, body: ApiProblem['body'] = {}, retryAfterS: number | null = null) {
    super(kind)
    this.name = 'ApiProblem'
    this.kind = kind
    this.status = status
    this.body = body
    this.retryAfterS = retryAfterS
  }
}

export interface SendOptions {
  csrfToken: string | null
  /** The same key on a second try makes the server answer the first result again. */
  idempotencyKey?: string
  /** The request says nothing of who is signed in: no cookie goes along. */
  isAnonymous?: boolean
  signal?: AbortSignal
}

/** @errors ApiProblem */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { headers: { Accept: 'application/json' }, signal })
}

/** Sends a write with the session's CSRF token. `body` undefined sends none. @errors ApiProblem */
export function sendJson<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body: unknown, options: SendOptions): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.csrfToken) headers['X-CSRF-Token'] = options.csrfToken
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  return request<T>(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: options.signal,
    ...(options.isAnonymous ? { credentials: 'omit' as const } : {}),
  })
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiProblem('offline', 0)
  }
  if (!answer.ok) throw await readProblem(answer)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** Reads a failed answer; a proxy's page without JSON becomes `database-away` or `internal-error`. */
export async function readProblem(answer: Response): Promise<ApiProblem> {
  const retryAfterS = Number(answer.headers.get('Retry-After')) || null
  try {
    const body = (await answer.json()) as ApiProblem['body']
    if (typeof body.kind === 'string') return new ApiProblem(body.kind, answer.status, body, retryAfterS)
  } catch {
    // Not JSON: the kind below is all we can say.
  }
  const kinds: Record<number, string> = {
    404: 'not-found',
    413: 'too-large',
    429: 'too-many-requests',
    502: 'database-away',
    503: 'database-away',
    504: 'database-away',
  }
  return new ApiProblem(kinds[answer.status] ?? 'internal-error', answer.status, {}, retryAfterS)
}

/** Query string of the members that are set, with its `?`; empty text when none is. */
export function queryString(members: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}
