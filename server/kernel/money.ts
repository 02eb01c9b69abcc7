import { z } from 'zod'

/** Whole Danish kroner. Øre do not occur in the million. */
export const amountDkkSchema = z.int().min(0).max(1_000_000_000).meta({ example: 375251 })

const formats = { da: new Intl.NumberFormat('da-DK'), en: new Intl.NumberFormat('en-GB') } as const

/** Money the Danish way (`375.251 kr.`), in English as `DKK 375,251`. @unit whole kroner */
export function formatDkk(amountDkk: number, language: 'da' | 'en'): string {
  const digits = formats[language].format(amountDkk)
  // A no-break space: an amount and its unit stay on one line.
  return language === 'da' ? `${digits}\u00a0kr.` : `DKK\u00a0${digits}`
}
