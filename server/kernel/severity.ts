import { z } from 'zod'

/**
 * What a rule means for an installation: 0 nothing to do, 1 ask or prepare, 2 permit or dispensation likely,
 * 3 normally no.
 */
export const SEVERITIES = [0, 1, 2, 3] as const
export type Severity = (typeof SEVERITIES)[number]
export const severitySchema = z.literal(SEVERITIES)

/** The worst severity in one word, for people. */
export const VERDICTS = ['clear', 'ask', 'permit', 'stop'] as const
export type Verdict = (typeof VERDICTS)[number]
export const verdictSchema = z.enum(VERDICTS)

/** The word for a severity. */
export function verdictOf(severity: Severity): Verdict {
  return VERDICTS[severity]
}
