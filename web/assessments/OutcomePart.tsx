import { useId, useState } from 'react'
import type { Question } from '../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../server/assessments/limits.ts'
import { questionsAgainst } from '../../server/assessments/rules.ts'
import { announce } from '../lib/announce.ts'
import { formatNumber } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { OUTCOMES } from '../plan/planWords.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { takeStep } from './assessments.api.ts'
import type { PartProps } from './checklist/Checklist.tsx'
import { DecidedPart } from './DecidedPart.tsx'
import type { Draft } from './draft.ts'
import type { DraftSaver, SaverState } from './draftSaver.ts'
import { NumberField } from './economy/NumberField.tsx'

type OutcomePartProps = PartProps & { saver: DraftSaver; phase: SaverState['phase']; onPart: () => void }

/** The outcome with its public reason; who may write it, who may approve it, and what is decided. */
export function OutcomePart(props: OutcomePartProps) {
  const { workspace, draft, isOpen } = props
  if (!isOpen) return <DecidedPart workspace={workspace} questions={props.questions} />
  return (
    <div className="bm-outcome-form">
      <OutcomeChoice draft={draft} onChange={props.onChange} />
      <ReasonField draft={draft} onChange={props.onChange} />
      <CorrectionField draft={draft} onChange={props.onChange} />
      <SubmitPart {...props} />
    </div>
  )
}

function OutcomeChoice({ draft, onChange }: Pick<PartProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation(['assessment', 'plan'])
  const name = useId()
  return (
    <fieldset className="bm-outcomes">
      <legend>{t('outcomePart.choose')}</legend>
      {OUTCOMES.map((outcome) => (
        <label key={outcome}>
          <input
            type="radio"
            name={name}
            checked={draft.outcome === outcome}
            onChange={() => onChange((before) => ({ ...before, outcome }))}
          />
          <span>
            <strong>{t(`outcome.${outcome}`)}</strong>
            <small>{t(`outcomePart.means.${outcome}`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The sentences written for the public, one after the other. */
function sentencesOf(draft: Draft): string {
  return draft.answers
    .filter(({ answer, publicText }) => publicText && (answer === 'no' || answer === 'needs-answer'))
    .map(({ publicText }) => publicText)
    .join('\n')
}

function ReasonField({ draft, onChange }: Pick<PartProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const id = useId()
  const text = draft.publicReason ?? ''
  const sentences = sentencesOf(draft)
  const set = (publicReason: string) => onChange((before) => ({ ...before, publicReason: publicReason || null }))
  const isOwed = draft.outcome !== null && draft.outcome !== 'feasible'
  return (
    <div className="bm-field">
      <div className="bm-label-line">
        <label htmlFor={id}>{t(isOwed ? 'outcomePart.reasonOwed' : 'outcomePart.reason')}</label>
        {sentences && !text.includes(sentences) ? (
          <Button
            look="plain"
            className="bm-small-button"
            onClick={() => set((text ? `${text}\n${sentences}` : sentences).slice(0, ASSESSMENT_LIMITS.reason))}
          >
            {t('outcomePart.collect')}
          </Button>
        ) : null}
      </div>
      <p className="bm-field-hint" id={`${id}-hint`}>
        {t('outcomePart.reasonHint')}
      </p>
      <textarea
        id={id}
        className="bm-input"
        rows={6}
        maxLength={ASSESSMENT_LIMITS.reason}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={(event) => set(event.target.value)}
      />
      <p className="bm-counter">
        {t('outcomePart.length', { used: formatNumber(text.length, language), most: formatNumber(ASSESSMENT_LIMITS.reason, language) })}
      </p>
    </div>
  )
}

const USUAL_DAYS = 14

function CorrectionField({ draft, onChange }: Pick<PartProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { correctionDays, outcome } = draft
  if (outcome === null || outcome === 'feasible') return null
  const set = (days: number | null) => onChange((before) => ({ ...before, correctionDays: days }))
  return (
    <div className="bm-correction">
      <label className="bm-check">
        <input type="checkbox" checked={correctionDays !== null} onChange={(event) => set(event.target.checked ? USUAL_DAYS : null)} />
        {t('outcomePart.mayCorrect')}
      </label>
      {correctionDays === null ? null : (
        <NumberField
          label={t('outcomePart.days')}
          value={correctionDays}
          min={1}
          max={ASSESSMENT_LIMITS.correctionDays}
          isOpen
          onChange={set}
        />
      )}
      <p className="bm-fine">{t('outcomePart.correctHint')}</p>
    </div>
  )
}

function SubmitPart({ workspace, questions, draft, saver, onPart }: OutcomePartProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const missing = missingOf(draft)
  const against = draft.outcome === null ? [] : questionsAgainst(draft.outcome, draft.answers)
  async function submit() {
    setIsSending(true)
    setError(null)
    try {
      if (!(await saver.begin())) return
      await takeStep(workspace.ideaId, { name: 'submit', version: saver.snapshot().version }, csrfToken)
      announce(t('outcomePart.submitted'))
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <section className="bm-submit" aria-label={t('outcomePart.submitTitle')}>
      {missing ? <p className="bm-fine">{t(`outcomePart.missing.${missing}`)}</p> : null}
      {against.length > 0 ? <Against ids={against} questions={questions} onPart={onPart} /> : null}
      {error ? <ErrorState error={error} /> : null}
      <Button look="main" onClick={submit} disabled={isSending || missing !== null || against.length > 0}>
        {t('outcomePart.submit')}
      </Button>
      <p className="bm-fine">{t('outcomePart.second')}</p>
    </section>
  )
}

function missingOf({ outcome, publicReason }: Draft): 'outcome' | 'reason' | null {
  if (outcome === null) return 'outcome'
  const isReasoned = (publicReason?.trim().length ?? 0) >= ASSESSMENT_LIMITS.reasonMin
  return outcome !== 'feasible' && !isReasoned ? 'reason' : null
}

function Against({ ids, questions, onPart }: { ids: string[]; questions: readonly Question[]; onPart: () => void }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  return (
    <div className="bm-against">
      <p>{t('outcomePart.against', { count: ids.length })}</p>
      <ul className="bm-notes">
        {ids.map((id) => (
          <li key={id}>{questions.find(({ questionId }) => questionId === id)?.question[language] ?? id}</li>
        ))}
      </ul>
      <Button look="plain" className="bm-small-button" onClick={onPart}>
        {t('outcomePart.toChecklist')}
      </Button>
    </div>
  )
}
