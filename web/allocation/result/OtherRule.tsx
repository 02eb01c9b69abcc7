import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { DistrictResult } from '../result.api.ts'
import { wordsOf } from './otherWords.ts'
import { haveSameAwards } from './sameAwards.ts'

/** What the other rule would have given with the same ballots, and how many would have nothing under each. */
export function OtherRule({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const language = useLanguage()
  const { other, rule, fundedPerBallot, projects, passedOn } = district
  if (other === null || rule === null) return null
  // Compared is the count itself, not what followed when a winner could not be built.
  const now = projects.map(({ projectId, awardedDkk }) => ({ projectId, amountDkk: awardedDkk ?? 0 }))
  const isSame = haveSameAwards(passedOn[0]?.awardsBefore ?? now, other.awards)
  const nothing = fundedPerBallot?.[0] ?? null
  return (
    <details className="bm-tally-steps">
      <summary>
        {isSame ? t('other.same', { rule: t(`ruleName.${other.rule}`) }) : t('other.open', { rule: t(`ruleName.${other.rule}`) })}
      </summary>
      <p className="bm-notice-plain">{t('other.notResult')}</p>
      {isSame ? null : (
        <ul className="bm-notes">
          {other.awards.map(({ projectId, amountDkk }) => (
            <li key={projectId}>
              <span lang="da">{titleOf(projectId)}</span>: {formatAmount(amountDkk, language)}
            </li>
          ))}
          <li>{t('other.left', { amount: formatAmount(other.leftDkk, language) })}</li>
        </ul>
      )}
      {nothing === null || other.withNothing === null ? null : (
        <p>
          {t('other.nothing', {
            here: formatNumber(nothing, language),
            there: formatNumber(other.withNothing, language),
            rule: t(`ruleName.${rule}`),
            otherRule: t(`ruleName.${other.rule}`),
          })}
        </p>
      )}
      {other.preference && !isSame ? (
        <p className="bm-fine">
          {t('other.preference', {
            result: formatNumber(other.preference.result, language),
            other: formatNumber(other.preference.other, language),
            same: formatNumber(other.preference.same, language),
          })}
        </p>
      ) : null}
    </details>
  )
}
