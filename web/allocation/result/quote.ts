import { formatAmount, formatDate } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult, RoundResult } from '../result.api.ts'
import { givenIn, winnersIn } from './given.ts'

const listOf = (language: Language, words: readonly string[]) =>
  new Intl.ListFormat(language === 'da' ? 'da-DK' : 'en-GB', { type: 'conjunction' }).format(words)

function openingOf(result: RoundResult, municipality: string, t: Translate, language: Language): string {
  const { districts, roundYear: year, publishedAt, totalDkk, source } = result
  const total = formatAmount(totalDkk, language)
  const count = winnersIn(districts).length
  if (source === 'record' || publishedAt === null) return t('quote.openingKnown', { year, municipality, total, count })
  const ballots = districts.reduce((sum, one) => sum + (one.ballots ?? 0), 0)
  const date = formatDate(publishedAt, language)
  const given = formatAmount(givenIn(districts), language)
  const voted = ballots > 0 ? t('quote.turnout', { count: ballots, date }) : t('quote.published', { date })
  return `${t('quote.opening', { municipality, given, total, count })} ${voted}`
}

function districtLine({ name, projects, leftDkk, awardedDkk }: DistrictResult, t: Translate, language: Language): string[] {
  const winners = projects.filter(({ outcome }) => outcome === 'won')
  // Of an earlier round it is not known that nobody won, only that no winner is.
  if (name === null || (winners.length === 0 && awardedDkk === null)) return []
  const words = winners.map(({ title, awardedDkk: amount }) =>
    amount === null ? t('quote.unknown', { title }) : t('quote.award', { title, amount: formatAmount(amount, language) }),
  )
  const given =
    words.length === 0
      ? t('quote.districtNothing', { district: name })
      : t('quote.district', { district: name, projects: listOf(language, words) })
  return [leftDkk ? `${given} ${t('quote.left', { amount: formatAmount(leftDkk, language) })}` : given]
}

/** The result in a few sentences that a newspaper can print as they are; none where no winner of an earlier round is known. */
export function quoteOf(result: RoundResult, municipality: string, t: Translate, language: Language): string[] {
  const { districts, source, isDemo } = result
  if (source === 'record' && winnersIn(districts).length === 0) return []
  return [
    ...(isDemo ? [t('quote.demo')] : []),
    openingOf(result, municipality, t, language),
    ...districts.flatMap((district) => districtLine(district, t, language)),
  ]
}
