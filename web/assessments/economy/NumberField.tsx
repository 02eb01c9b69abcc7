import { useEffect, useId, useRef, useState } from 'react'

interface NumberFieldProps {
  label: string
  value: number
  onChange: (value: number) => void
  isOpen: boolean
  min?: number
  max: number
  /** Places after the comma. */
  digits?: number
}

/** Reads `1.250,5` and `1250.5`; null for what is no number. */
export function readNumber(text: string, digits: number): number | null {
  const bare = text.replaceAll(/\s/g, '')
  const isDanish = bare.includes(',') || /^\d{1,3}(\.\d{3})+$/.test(bare)
  const plain = isDanish ? bare.replaceAll('.', '').replace(',', '.') : bare
  if (!/^\d+(\.\d+)?$/.test(plain)) return null
  return Number(Number(plain).toFixed(digits))
}

const written = (value: number) => String(value).replace('.', ',')

/** A number that may be typed with comma or dot. What is no number stays as typed until the field is left. */
export function NumberField({ label, value, onChange, isOpen, min = 0, max, digits = 0 }: NumberFieldProps) {
  const id = useId()
  const [text, setText] = useState(written(value))
  const told = useRef(value)
  useEffect(() => {
    if (value !== told.current) setText(written(value))
    told.current = value
  }, [value])
  function change(next: string) {
    setText(next)
    const number = readNumber(next, digits)
    if (number === null) return
    const inside = Math.min(max, Math.max(min, number))
    told.current = inside
    onChange(inside)
  }
  const isWrong = readNumber(text, digits) === null
  return (
    <div className="bm-number-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="bm-input"
        type="text"
        inputMode={digits > 0 ? 'decimal' : 'numeric'}
        autoComplete="off"
        readOnly={!isOpen}
        value={text}
        aria-invalid={isWrong || undefined}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setText(written(value))}
      />
    </div>
  )
}
