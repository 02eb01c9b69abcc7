import { useId, useState } from 'react'

interface NumberFieldProps {
  label: string
  value: number | null
  min: number
  max: number
  /** Whether the field may be empty; then `null` comes. */
  isOptional?: boolean
  hint?: string
  onChange: (value: number | null) => void
}

/** A whole number; what is no number yet stays in the field and is not passed on. */
export function NumberField({ label, value, min, max, isOptional = false, hint, onChange }: NumberFieldProps) {
  const id = useId()
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? (value === null ? '' : String(value))
  const isRight = shown === '' ? isOptional : /^\d+$/.test(shown) && Number(shown) >= min && Number(shown) <= max
  function change(next: string) {
    const digits = next.replaceAll(/[.\s]/g, '')
    const isEmpty = digits === ''
    const fits = /^\d+$/.test(digits) && Number(digits) >= min && Number(digits) <= max
    setText(fits || (isEmpty && isOptional) ? null : digits)
    if (fits) onChange(Number(digits))
    else if (isEmpty) onChange(null)
  }
  return (
    <div className="bm-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="bm-input"
        inputMode="numeric"
        value={shown}
        aria-invalid={isRight ? undefined : true}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {hint ? (
        <p id={`${id}-hint`} className="bm-field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
