import { Link } from '@tanstack/react-router'
import Check from 'lucide-react/icons/check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import X from 'lucide-react/icons/x'
import type { Consent, PlanProject } from '../../../server/projects/contract.ts'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { keepSearch } from '../../plan/planSearch.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { takeProjectStep } from './planProjects.api.ts'

const SIGNS = { yes: Check, no: X, asked: CircleHelp } as const

/** An idea in a project: what its author said to the merge, and the ways to keep it after a "no" or to split it off. */
export function ConsentLine({ project, consent, isOpen }: { project: PlanProject; consent: Consent; isOpen: boolean }) {
  const { t } = useTranslation('planProjects')
  const { csrfToken } = useSession()
  const { ideaId, title, isActive, answer, note, keptReason, askedAt } = consent
  const limits = { min: PROJECT_LIMITS.reasonMin, max: PROJECT_LIMITS.reason }
  return (
    <li data-active={isActive || undefined}>
      <p>
        <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} search={keepSearch}>
          {title}
        </Link>{' '}
        <span className="bm-soft-text">{t('ideaNumber', { id: ideaId })}</span>
      </p>
      {isActive ? askedAt === null ? null : <Answer consent={consent} /> : <p className="bm-fine">{t('parted')}</p>}
      {note ? <p className="bm-fine bm-text">»{note}«</p> : null}
      {keptReason ? <p className="bm-fine bm-text">{t('kept', { reason: keptReason })}</p> : null}
      {isOpen && isActive && answer === 'no' && keptReason === null ? (
        <ReasonForm
          summary={t('keep')}
          label={t('keepReason')}
          doLabel={t('keepDo')}
          done={t('done.kept')}
          onSend={async (reason) => {
            await takeProjectStep(project, { name: 'keep-idea', ideaId, reason }, csrfToken)
          }}
          {...limits}
        />
      ) : null}
      {isOpen && isActive ? (
        <ReasonForm
          summary={t('split')}
          label={t('publicReason')}
          doLabel={t('splitDo')}
          done={t('done.split')}
          onSend={async (reason) => {
            await takeProjectStep(project, { name: 'split', ideaIds: [ideaId], reason }, csrfToken)
          }}
          {...limits}
        />
      ) : null}
    </li>
  )
}

function Answer({ consent: { answer, authorName, answeredAt } }: { consent: Consent }) {
  const { t } = useTranslation('planProjects')
  const language = useLanguage()
  const Sign = SIGNS[answer ?? 'asked']
  const date = answeredAt ? formatDate(answeredAt, language) : ''
  return (
    <p className="bm-consent" data-answer={answer ?? 'asked'}>
      <Sign size={16} aria-hidden="true" />
      {t(`consent.${answer ?? 'asked'}`, { name: authorName ?? t('author'), date })}
    </p>
  )
}
