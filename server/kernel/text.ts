import { z } from 'zod'

// Tabs and line breaks are text; every other control character, and the invisible marks that reverse
// reading direction, only serve to deceive.
const refused = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

/** Text a person writes: trimmed, between `min` and `max` characters, no control characters. HTML stays text. */
export function personText(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => !refused.test(value) && value.isWellFormed(), { message: 'control-characters' })
}

/** The same on a single line. */
export function personLine(min: number, max: number) {
  return personText(min, max).refine((value) => !/[\t\n\r\u2028\u2029]/.test(value), { message: 'line-break' })
}
