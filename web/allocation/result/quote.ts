import { formatAmount, formatDate, formatNumber } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { Translate } from '../../lib/translate.ts'
import type { RoundResult } from '../result.api.ts'

const listOf = (language: Language, words: readonly string[]) =>
  new Intl.ListFormat(language === 'da' ? 'da-DK' : 'en-GB', { type: 'conjunction' }).format(words)

/** The result in a few sentences that a newspaper can print as they are. */
export function quoteOf(
  { districts, roundYear, publishedAt, totalDkk }: RoundResult,
  municipality: string,
  t: Translate,
  language: Language,
) {
  const won = districts.flatMap(({ projects }) => projects.filter(({ outcome }) => outcome === 'won'))
  const known = won.filter(({ awardedDkk }) => awardedDkk !== null)
  const ballots = districts.reduce((sum, one) => sum + (one.ballots ?? 0), 0)
  const values = {
    municipality,
    year: roundYear,
    total: formatAmount(totalDkk, language),
    projects: formatNumber(won.length, language),
    count: won.length,
    ballots: formatNumber(ballots, language),
    date: publishedAt === null ? '' : formatDate(publishedAt, language),
  }
  const opening = publishedAt !== null && ballots > 0 ? t('quote.opening', values) : t('quote.openingKnown', values)
  const lines = districts.flatMap(({ name, projects, leftDkk }) => {
    const winners = projects.filter(({ outcome }) => outcome === 'won')
    if (winners.length === 0 || name === null) return []
    const words = winners.map(({ title, awardedDkk }) =>
      awardedDkk === null ? t('quote.unknown', { title }) : t('quote.award', { title, amount: formatAmount(awardedDkk, language) }),
    )
    const left = leftDkk ? ` ${t('quote.left', { amount: formatAmount(leftDkk, language) })}` : ''
    return [`${t('quote.district', { district: name, projects: listOf(language, words) })}${left}`]
  })
  return [opening, ...(known.length > 0 || lines.length > 0 ? lines : [])]
}
