import { z } from 'zod'

/** One place in the request that is wrong. `pointer` is an RFC 6901 JSON pointer into the body, or a parameter's name. */
export const problemErrorSchema = z.object({ pointer: z.string(), detail: z.string() })
export type ProblemError = z.infer<typeof problemErrorSchema>

/** RFC 9457 problem as it crosses the wire. `kind` is the closed word the web translates. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    kind: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(problemErrorSchema).optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemBody = z.infer<typeof problemSchema>

interface ProblemDetails {
  detail?: string
  errors?: ProblemError[]
  /** Members beside the standard ones, for example the nearest district and its distance. */
  extra?: Record<string, unknown>
  /** Seconds until a retry makes sense; becomes the header `Retry-After`. */
  retryAfterS?: number
  cause?: unknown
}

/** The one error class that is answered to people. Everything else becomes 500 without a word of its cause. */
export class Problem extends Error {
  readonly kind: string
  readonly status: number
  readonly details: ProblemDetails

  constructor(kind: string, status: number, details: ProblemDetails = {}) {
    super(details.detail ?? kind, { cause: details.cause })
    this.name = 'Problem'
    this.kind = kind
    this.status = status
    this.details = details
  }

  toBody(instance?: string): ProblemBody {
    return {
      type: `/api/reference#problem-${this.kind}`,
      kind: this.kind,
      title: this.kind.replaceAll('-', ' '),
      status: this.status,
      ...(this.details.detail === undefined ? {} : { detail: this.details.detail }),
      ...(instance === undefined ? {} : { instance }),
      ...(this.details.errors === undefined ? {} : { errors: this.details.errors }),
      ...this.details.extra,
    }
  }
}

/** A room's closed list of problem kinds with their status; returns the room's only way to make a `Problem`. */
export function defineProblems<const Kinds extends Record<string, number>>(kinds: Kinds) {
  const make = (kind: keyof Kinds & string, details?: ProblemDetails) => new Problem(kind, kinds[kind] as number, details)
  return Object.assign(make, { kinds })
}

/** Kinds that any route may answer. */
export const commonProblem = defineProblems({
  'malformed-request': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'cross-site-request': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  'invalid-request': 422,
  'geometry-refused': 422,
  'idempotency-mismatch': 422,
  'too-many-requests': 429,
  'internal-error': 500,
  'database-away': 503,
  'storage-full': 507,
})
