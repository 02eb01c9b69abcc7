import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * Structured log on standard output. What could name a person is cut here once more, whoever logs it:
 * addresses, cookies, tokens, names and texts never reach a log line.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        'ip',
        'address',
        'cookie',
        'authorization',
        'displayName',
        'subject',
        '*.ip',
        '*.cookie',
        '*.authorization',
        '*.displayName',
        '*.subject',
      ],
      remove: true,
    },
  })
}
