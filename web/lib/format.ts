import { formatDkk } from '../../server/kernel/money.ts'
import type { Language } from './language.ts'

const unknownText = { da: 'ikke oplyst', en: 'not known' } as const
const locale = { da: 'da-DK', en: 'en-GB' } as const
const TIME_ZONE = 'Europe/Copenhagen'

/** Money, or the plain word for unknown. @unit whole kroner */
export function formatAmount(amountDkk: number | null | undefined, language: Language): string {
  return amountDkk === null || amountDkk === undefined ? unknownText[language] : formatDkk(amountDkk, language)
}

export function formatUnknown(language: Language): string {
  return unknownText[language]
}

export function formatNumber(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(locale[language], { maximumFractionDigits: digits }).format(value)
}

/** Part of a whole in percent, for example `38 %`. */
export function formatPercent(part: number, whole: number, language: Language): string {
  const value = whole > 0 ? part / whole : 0
  return new Intl.NumberFormat(locale[language], { style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** A calendar date or instant as a day in Denmark: `4. maj 2019`. */
export function formatDate(value: string, language: Language): string {
  const instant = value.length === 10 ? new Date(`${value}T12:00:00Z`) : new Date(value)
  return new Intl.DateTimeFormat(locale[language], { dateStyle: 'long', timeZone: TIME_ZONE }).format(instant)
}

/** An instant as day and time in Denmark: `4. maj 2019 kl. 14.05`. */
export function formatMoment(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE }).format(
    new Date(instant),
  )
}

/** The time of day in Denmark: `14.05`. @unit epoch milliseconds */
export function formatTime(atMs: number, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], { timeStyle: 'short', timeZone: TIME_ZONE }).format(new Date(atMs))
}

/** A date known to the year, month or day: `2019`, `maj 2019`, `4. maj 2019`; unknown in words. */
export function formatReducedDate(value: string | null, language: Language): string {
  if (value === null) return unknownText[language]
  if (value.length === 4) return value
  if (value.length === 10) return formatDate(value, language)
  return new Intl.DateTimeFormat(locale[language], { month: 'long', year: 'numeric', timeZone: TIME_ZONE }).format(
    new Date(`${value}-15T12:00:00Z`),
  )
}

/** Metres or kilometres as people say them: `38 m`, `1,2 km`. @unit metres */
export function formatDistance(distanceM: number, language: Language): string {
  if (distanceM < 1000) return `${formatNumber(distanceM, language)} m`
  return `${formatNumber(distanceM / 1000, language, 1)} km`
}

/** @unit square metres */
export function formatArea(areaM2: number, language: Language): string {
  return `${formatNumber(areaM2, language)} m²`
}
