import { commonProblem, type Problem } from '../../kernel/problem.ts'

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '25006'])

/** Says "try again soon" when the database is away, starting, stopping or full; `null` for every other error. */
export function databaseAway(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null
  const code = (error as { code?: string }).code ?? ''
  const message = error.message
  const away =
    unreachable.has(code) ||
    code.startsWith('08') ||
    message.includes('Connection terminated') ||
    message.includes('timeout exceeded when trying to connect') ||
    message.includes('Client has encountered a connection error')
  return away ? commonProblem('database-away', { retryAfterS: 2, cause: error }) : null
}

/** Name of the violated constraint, for turning a refusal of the database into a named problem. */
export function violatedConstraint(error: unknown): string | null {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code?.startsWith('23') && constraint ? constraint : null
}
