import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { appeal } from '../assessments.api.ts'

/** The author asks once for somebody else's eyes. */
export function AppealForm({ ideaId, until }: { ideaId: number; until: string | null }) {
  const { t } = useTranslation('decision')
  const language = useLanguage()
  const { csrfToken } = useSession()
  return (
    <div className="bm-decision-may">
      <p>{t('mayAppeal', { date: until ? formatDate(until, language) : '' })}</p>
      <ReasonForm
        summary={t('appealOpen')}
        label={t('appealReason')}
        doLabel={t('appealDo')}
        done={t('appealDone')}
        min={ASSESSMENT_LIMITS.reasonMin}
        max={ASSESSMENT_LIMITS.reason}
        onSend={(reason) => appeal(ideaId, reason, csrfToken)}
      />
    </div>
  )
}
