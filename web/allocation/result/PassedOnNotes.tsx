import { formatAmount, formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { DistrictResult } from '../result.api.ts'

/** Winners that could not be built: why, and what the count had given before. */
export function PassedOnNotes({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  return district.passedOn.map(({ projectId, reason, confirmedAt, awardsBefore, how }) => (
    <Notice key={projectId}>
      <p>
        <strong>{t('passedOn.title', { title: titleOf(projectId) })}</strong> <span lang="da">{reason}</span>
      </p>
      <p>
        {t(`passedOn.${how}`)} {t('passedOn.when', { date: formatDate(confirmedAt, language) })}
      </p>
      <p className="bm-fine">
        {t('passedOn.before', {
          awards: awardsBefore.map((award) => `${titleOf(award.projectId)} ${formatAmount(award.amountDkk, language)}`).join(', '),
        })}
      </p>
    </Notice>
  ))
}
