import { OpenAPIHono } from '@hono/zod-openapi'
import type { z } from 'zod'
import { GEOMETRY_REASONS } from '../../kernel/geometry.ts'
import { commonProblem, problemSchema } from '../../kernel/problem.ts'
import type { AppEnv } from './environment.ts'

function pointerOf(target: string, path: PropertyKey[]): string {
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
  return target === 'json' || target === 'form' ? `/${steps.join('/')}` : steps.join('.')
}

/** The contract's refusal as a problem: 422 with one entry per wrong place. */
export function contractProblem(target: string, error: z.core.$ZodError) {
  const errors = error.issues.slice(0, 20).map((issue) => ({ pointer: pointerOf(target, issue.path), detail: issue.message }))
  const geometry = errors.filter(({ detail }) => (GEOMETRY_REASONS as readonly string[]).includes(detail))
  return geometry.length > 0 ? commonProblem('geometry-refused', { errors: geometry }) : commonProblem('invalid-request', { errors })
}

/** A room's router: what the contract refuses becomes `invalid-request` with pointers. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw contractProblem(result.target, result.error)
    },
  })
}

/** A JSON answer in a route declaration. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON request body in a route declaration. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** Problem answers in a route declaration: status → kinds. */
export function problemAnswers<const Statuses extends readonly number[]>(...statuses: Statuses) {
  const answer = { description: 'Problem (RFC 9457)', content: { 'application/problem+json': { schema: problemSchema } } }
  return Object.fromEntries(statuses.map((status) => [status, answer])) as Record<Statuses[number], typeof answer>
}
