import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Idea } from '../../../server/ideas/contract.ts'
import type { InstallationType } from '../../../server/kernel/installationTypes.ts'
import type { Round } from '../../../server/rounds/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { signInPath } from '../../lib/session.ts'
import { sharesQuery } from '../../rounds/rounds.api.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'
import { DraftLine, DraftNotice } from './DraftNotes.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import { FormFooter } from './FormFooter.tsx'
import { MoneyStep } from './MoneyStep.tsx'
import { useDraftState } from './openForm.ts'
import { PlaceStep } from './PlaceStep.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { SendOutcome } from './SendOutcome.tsx'
import { StepIndicator } from './StepIndicator.tsx'
import type { OpenForm, SendTarget } from './sendDraft.ts'
import type { Step } from './stepNumber.ts'
import type { FieldIssue } from './steps.ts'
import { useIssues } from './useIssues.ts'
import { usePlaceAnswer } from './usePlaceAnswer.ts'
import { useSend } from './useSend.ts'
import { useStepFocus } from './useStepFocus.ts'
import { WhatStep } from './WhatStep.tsx'

interface IdeaFormProps {
  target: SendTarget
  form: OpenForm
  round: Round | null
  step: Step
  onStep: (step: Step) => void
  onSent: (idea: Idea) => void
  onDiscarded: () => void
}

/** The four steps around one draft. */
export function IdeaForm({ target, form, round, step, onStep, onSent, onDiscarded }: IdeaFormProps) {
  const { t } = useTranslation('newIdea')
  const state = useDraftState(form)
  const { draft } = state
  const answer = usePlaceAnswer(draft.geometry)
  const [installationType, setType] = useState<InstallationType | null>(null)
  const shares = useQuery(sharesQuery(round?.year ?? null)).data
  const districtId = answer?.preview.inside ? answer.preview.districtId : null
  const share = shares?.items.find((one) => one.districtId === districtId) ?? null
  const checks = useIssues(draft, step, answer)
  const { goToField } = useStepFocus(step)
  const sending = useSend(target, form, onSent, ({ issues }) => checks.refuse(issues))

  const { reset } = sending
  useEffect(() => {
    if (step !== 1) setSheetHeight('full')
    if (step !== 4) reset()
  }, [step, reset])
  useEffect(() => {
    lendToMap({ highlight: step === 1 ? null : draft.geometry })
    return () => lendToMap({ highlight: null })
  }, [step, draft.geometry])

  function goTo(issue: FieldIssue) {
    goToField(issue.field, issue.step)
    if (issue.step !== step) onStep(issue.step)
  }

  const parts = {
    1: (
      <PlaceStep
        draft={draft}
        store={form.store}
        answer={answer}
        share={share}
        round={round}
        issue={checks.issueFor('geometry')}
        ideaId={target.kind === 'change' ? target.idea.ideaId : null}
        installationType={installationType}
        onType={setType}
      />
    ),
    2: <WhatStep draft={draft} form={form} issueFor={checks.issueFor} />,
    3: <MoneyStep draft={draft} store={form.store} share={share} issueFor={checks.issueFor} />,
    4: <ReviewStep draft={draft} answer={answer} onStep={onStep} />,
  }
  return (
    <>
      <StepIndicator step={step} draft={draft} onStep={onStep} />
      <DraftNotice state={state} store={form.store} step={step} />
      <h2 className="bm-step-heading" id="step-heading" tabIndex={-1}>
        <span className="bm-step-of">{t('steps.of', { step })}</span>
        {t(`heading.${step}`)}
      </h2>
      <ErrorSummary issues={checks.issues} attempt={checks.attempt} onGo={goTo} />
      {step === 4 ? <SendOutcome form={form} sending={sending} /> : null}
      <div className="bm-step-body">{parts[step]}</div>
      <DraftLine
        state={state}
        store={form.store}
        isChange={target.kind === 'change'}
        onDiscarded={() => {
          checks.forget()
          sending.reset()
          onDiscarded()
        }}
      />
      <FormFooter
        step={step}
        isChange={target.kind === 'change'}
        isSending={sending.state.phase === 'sending'}
        onBack={() => onStep((step - 1) as Step)}
        onNext={() => checks.check() && onStep((step + 1) as Step)}
        onSend={() => checks.check() && void sending.send()}
        onSignIn={() => checks.check() && window.location.assign(signInPath())}
      />
    </>
  )
}
