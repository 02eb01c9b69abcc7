import { type FormEvent, useId, useState } from 'react'
import { announce } from '../lib/announce.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'

interface ReasonFormProps {
  /** What it is for; opens the form. */
  summary: string
  label: string
  doLabel: string
  /** Said to screen readers when it went well. */
  done: string
  min: number
  max: number
  onSend: (reason: string) => Promise<void>
}

/** A step that owes a reason: folded until wanted, and sent only when the reason says something. */
export function ReasonForm({ summary, label, doLabel, done, min, max, onSend }: ReasonFormProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
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
      <form className="bm-field" onSubmit={send}>
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
        <div>
          <Button type="submit" disabled={isSending || reason.trim().length < min}>
            {doLabel}
          </Button>
        </div>
      </form>
    </details>
  )
}
