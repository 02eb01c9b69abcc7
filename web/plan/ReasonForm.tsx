import { type ReactNode, useId, useState } from 'react'
import { announce } from '../lib/announce.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'

interface ReasonedStep {
  label: string
  /** Said to screen readers when it went well. */
  done: string
  onSend: (reason: string) => Promise<void>
}

interface ReasonedStepsProps {
  /** What it is for; opens the form. */
  summary: string
  /** What one should know before writing. */
  hint?: ReactNode
  label: string
  min: number
  max: number
  steps: readonly ReasonedStep[]
}

/** Steps that owe a reason: folded until wanted, and sent only when the reason says something. */
export function ReasonedSteps({ summary, hint, label, min, max, steps }: ReasonedStepsProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function send({ done, onSend }: ReasonedStep) {
    setIsSending(true)
    setError(null)
    try {
      await onSend(reason)
      announce(done)
      setReason('')
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <details className="bm-reasoned">
      <summary>{summary}</summary>
      {hint}
      <div className="bm-field">
        <label htmlFor={id}>{label}</label>
        <textarea
          id={id}
          className="bm-input"
          rows={3}
          maxLength={max}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error ? <ErrorState error={error} /> : null}
        <div className="bm-detail-actions">
          {steps.map((step) => (
            <Button key={step.label} onClick={() => send(step)} disabled={isSending || reason.trim().length < min}>
              {step.label}
            </Button>
          ))}
        </div>
      </div>
    </details>
  )
}

interface ReasonFormProps extends Omit<ReasonedStepsProps, 'steps'>, Omit<ReasonedStep, 'label'> {
  doLabel: string
}

/** One step that owes a reason. */
export function ReasonForm({ doLabel, done, onSend, ...form }: ReasonFormProps) {
  return <ReasonedSteps {...form} steps={[{ label: doLabel, done, onSend }]} />
}
