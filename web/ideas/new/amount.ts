import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'

export type AmountReading =
  | { ok: true; amountDkk: number | null }
  | { ok: false; reason: 'not-a-number' | 'ore' | 'too-small' | 'too-large' }

const WORDS = /kroner|kr\.?|dkk|,-|\.-|-$/gi
const GROUPED = /^\d{1,3}(?:[. \u00a0\u202f]\d{3})+$/
const GROUPED_ENGLISH = /^\d{1,3}(?:,\d{3})+$/

/**
 * Reads an amount as people write it: `12.500 kr.`, `12 500`, `12500,-`, `12500,00`. Nothing written is no amount.
 * @unit whole kroner
 */
export function readAmount(text: string): AmountReading {
  const bare = text.replace(WORDS, '').trim()
  if (bare === '') return text.trim() === '' ? { ok: true, amountDkk: null } : { ok: false, reason: 'not-a-number' }
  const whole = bare.replace(/[.,]0{1,2}$/, '')
  if (/^\d+$/.test(whole)) return withinLimits(Number(whole))
  if (GROUPED.test(whole) || GROUPED_ENGLISH.test(whole)) return withinLimits(Number(whole.replace(/\D/g, '')))
  if (/^[\d.\s]+,\d{1,2}$/.test(bare) || /^\d+\.\d{1,2}$/.test(bare)) return { ok: false, reason: 'ore' }
  return { ok: false, reason: 'not-a-number' }
}

function withinLimits(amountDkk: number): AmountReading {
  if (amountDkk < 1) return { ok: false, reason: 'too-small' }
  if (amountDkk > IDEA_LIMITS.wishedAmountDkk) return { ok: false, reason: 'too-large' }
  return { ok: true, amountDkk }
}
