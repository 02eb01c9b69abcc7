import { useState } from 'react'
import type { Assessment, Question, Workspace } from '../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../server/assessments/limits.ts'
import { announce } from '../lib/announce.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { ReasonForm } from '../plan/ReasonForm.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Notice } from '../ui/Notice.tsx'
import { takeStep } from './assessments.api.ts'

/** An assessment that is submitted or decided: what it says, and what a second person or a later look may do. */
export function DecidedPart({ workspace, questions }: { workspace: Workspace; questions: readonly Question[] }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { current, may, earlier } = workspace
  return (
    <div className="bm-outcome-form">
      {current.outcome ? <OutcomeFacts assessment={current} /> : <p>{t('decided.nothing')}</p>}
      <Sentences assessment={current} questions={questions} />
      {current.state === 'submitted' && !may.approve ? <Notice>{t('decided.waits')}</Notice> : null}
      {may.approve ? <Approval workspace={workspace} /> : null}
      {may.return ? <ReasonedStep workspace={workspace} name="return" /> : null}
      {may.reopen ? <ReasonedStep workspace={workspace} name="reopen" /> : null}
      {earlier.length > 0 ? (
        <details>
          <summary>{t('decided.earlier', { count: earlier.length })}</summary>
          {earlier.map((assessment) => (
            <OutcomeFacts key={assessment.assessmentId} assessment={assessment} />
          ))}
        </details>
      ) : null}
    </div>
  )
}

function OutcomeFacts({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const { outcome, publicReason, assessor, approver, submittedAt, decidedAt, correctUntil, appealUntil } = assessment
  const day = (value: string | null) => (value === null ? null : formatDate(value, language))
  const facts = [
    { term: t('decided.assessor'), value: [assessor?.displayName, day(submittedAt)].filter(Boolean).join(', ') },
    { term: t('decided.approver'), value: [approver?.displayName, day(decidedAt)].filter(Boolean).join(', ') },
    { term: t('decided.correctUntil'), value: day(correctUntil) ?? '' },
    { term: t('decided.appealUntil'), value: day(appealUntil) ?? '' },
  ]
  return (
    <section className="bm-decided">
      {outcome ? (
        <h2>
          <span className="bm-outcome-badge" data-outcome={outcome}>
            {t(`outcome.${outcome}`)}
          </span>
        </h2>
      ) : null}
      {publicReason ? <p className="bm-text">{publicReason}</p> : null}
      <Facts items={facts.filter(({ value }) => value !== '')} />
    </section>
  )
}

function Sentences({ assessment, questions }: { assessment: Assessment; questions: readonly Question[] }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const told = assessment.answers.filter(({ publicText }) => publicText)
  if (told.length === 0) return null
  return (
    <section className="bm-sentences">
      <h3>{t('decided.sentences')}</h3>
      <ul className="bm-notes">
        {told.map(({ questionId, publicText, answer }) => (
          <li key={questionId}>
            {questions.find((question) => question.questionId === questionId)?.question[language] ?? questionId}{' '}
            <strong>{t(`answer.${answer}`)}</strong>. {publicText}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Approval({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function approve() {
    setIsSending(true)
    setError(null)
    try {
      await takeStep(workspace.ideaId, { name: 'approve', version: workspace.current.version }, csrfToken)
      announce(t('decided.approved'))
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <section className="bm-submit" aria-label={t('decided.approveTitle')}>
      <p>{t('decided.approveText', { name: workspace.current.assessor?.displayName ?? '' })}</p>
      {error ? <ErrorState error={error} /> : null}
      <Button look="main" onClick={approve} disabled={isSending}>
        {t('decided.approve')}
      </Button>
    </section>
  )
}

/** Sending back and opening again owe a reason. */
function ReasonedStep({ workspace, name }: { workspace: Workspace; name: 'return' | 'reopen' }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { csrfToken } = useSession()
  const { ideaId, current } = workspace
  return (
    <ReasonForm
      summary={t(`decided.${name}`)}
      label={t('decided.reason')}
      doLabel={t(`decided.${name}Do`)}
      done={t(`decided.${name}Done`)}
      min={ASSESSMENT_LIMITS.returnReasonMin}
      max={ASSESSMENT_LIMITS.note}
      onSend={async (reason) => {
        await takeStep(ideaId, name === 'return' ? { name, version: current.version, reason } : { name, reason }, csrfToken)
      }}
    />
  )
}
