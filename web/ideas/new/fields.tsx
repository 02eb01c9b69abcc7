import type { ReactNode } from 'react'
import type { FieldIssue } from './steps.ts'
import { useIssueText } from './useIssueText.ts'

export function fieldId(field: string): string {
  return `field-${field}`
}

/** Attributes that tie an input to its hint and its error. */
export function describedBy(field: string, hasHint: boolean, issue: FieldIssue | undefined) {
  const ids = [hasHint ? `${fieldId(field)}-hint` : '', issue ? `${fieldId(field)}-error` : ''].filter(Boolean)
  return { 'aria-describedby': ids.join(' ') || undefined, 'aria-invalid': issue ? true : undefined }
}

export function FieldError({ field, issue }: { field: string; issue: FieldIssue | undefined }) {
  const say = useIssueText()
  if (!issue) return null
  return (
    <p className="bm-field-error" id={`${fieldId(field)}-error`}>
      {say(issue)}
    </p>
  )
}

interface TextFieldProps {
  field: string
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  issue: FieldIssue | undefined
  rows?: number
  counter?: ReactNode
  optional?: string
  inputMode?: 'text' | 'numeric'
  onBlur?: () => void
}

/** Label, hint, input, error and counter in the order they are read. `rows` makes it a text area. */
export function TextField({ field, label, hint, value, onChange, issue, rows, counter, optional, inputMode, onBlur }: TextFieldProps) {
  const shared = {
    id: fieldId(field),
    className: 'bm-input',
    value,
    onBlur,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    ...describedBy(field, hint !== undefined, issue),
  }
  return (
    <div className="bm-field" data-wrong={issue ? true : undefined}>
      <label htmlFor={fieldId(field)}>
        {label}
        {optional ? <span className="bm-optional"> ({optional})</span> : null}
      </label>
      {hint ? (
        <p className="bm-field-hint" id={`${fieldId(field)}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError field={field} issue={issue} />
      {rows ? <textarea rows={rows} {...shared} /> : <input type="text" inputMode={inputMode} autoComplete="off" {...shared} />}
      {counter}
    </div>
  )
}
