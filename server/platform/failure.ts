import { Problem } from '../kernel/problem.ts'

/** What may be written down about a failure: what broke and where, never a message that could quote a person. */
interface Failure {
  error: string
  code: string | null
  constraint: string | null
  at: string[]
}

/** Describes an error without its message and the database's details, because both quote values. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: typeof error, code: null, constraint: null, at: [] }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    code: error instanceof Problem ? error.kind : typeof code === 'string' ? code : null,
    constraint: typeof constraint === 'string' ? constraint : null,
    at: frames.slice(0, 5).map((line) => line.trim()),
  }
}
