import { commonProblem, type Problem } from '../../kernel/problem.ts'

const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // Ended by an administrator, by the time limit; read only after a switch; deadlock and serialization, which a second try solves.
  ...['57P01', '57P02', '57P03', '57014', '25006', '40P01', '40001'],
])

/** Says "try again soon" when the database is away, starting, stopping, too busy or full; `null` for every other error. */
export function databaseAway(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null
  const code = (error as { code?: string }).code ?? ''
  const message = error.message
  const away =
    unreachable.has(code) ||
    // Class 08 is the connection, class 53 lack of memory, disk or connections.
    /^(08|53)...$/.test(code) ||
    message.includes('Connection terminated') ||
    message.includes('timeout exceeded when trying to connect') ||
    message.includes('Client has encountered a connection error')
  return away ? commonProblem('database-away', { retryAfterS: 2, cause: error }) : null
}
