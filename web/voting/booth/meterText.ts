import { formatAmount } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { Translate } from '../../lib/translate.ts'
import { type Ballot, type Marks, markedLines, pointsGiven, spentDkk } from './ballot.ts'

/** How much of the ballot is used, in the words of its kind; the bar says it and the live region too. */
export function meterText(t: Translate, language: Language, ballot: Ballot, marks: Marks): string {
  const chosen = markedLines(ballot, marks)
  const money = (amountDkk: number) => formatAmount(amountDkk, language)
  if (ballot.kind === 'points') return t('choose.meter.points', { given: pointsGiven(ballot, marks), points: ballot.points })
  if (ballot.kind === 'knapsack') {
    const spent = spentDkk(ballot, marks)
    return t('choose.meter.money', { spent: money(spent), left: money(ballot.shareDkk - spent) })
  }
  if (ballot.kind === 'approval-limited') return t('choose.meter.of', { chosen: chosen.length, max: ballot.maxChoices })
  const [only] = chosen
  if (only === undefined) return t('choose.meter.none')
  return ballot.kind === 'choose-one' ? t('choose.meter.one', { title: only.title }) : t('choose.meter.chosen', { count: chosen.length })
}
