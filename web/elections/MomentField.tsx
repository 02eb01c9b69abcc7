import { useId, useState } from 'react'
import { fromCopenhagenLocal, toCopenhagenLocal } from '../../server/kernel/copenhagen.ts'
import { useTranslation } from '../lib/i18n.ts'

interface MomentFieldProps {
  label: string
  /** ISO instant; null while there is none. */
  value: string | null
  onChange: (instant: string | null) => void
}

/** A moment in Danish time, wherever the browser is; an hour that does not exist in March is refused beside the field. */
export function MomentField({ label, value, onChange }: MomentFieldProps) {
  const { t } = useTranslation('planElections')
  const id = useId()
  const shown = value === null ? '' : toCopenhagenLocal(new Date(value))
  const [wrong, setWrong] = useState<string | null>(null)
  function change(text: string) {
    // Untouched, an instant stays what it is also in the hour that comes twice in October.
    if (text === shown) return setWrong(null)
    const instant = fromCopenhagenLocal(text)
    setWrong(instant === null && text !== '' ? text : null)
    if (instant !== null || text === '') onChange(instant?.toISOString() ?? null)
  }
  return (
    <div className="bm-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="bm-input"
        type="datetime-local"
        value={wrong ?? shown}
        aria-invalid={wrong === null ? undefined : true}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-hint`} className={wrong === null ? 'bm-field-hint' : 'bm-field-error'}>
        {t(wrong === null ? 'moment.hint' : 'moment.noSuchHour')}
      </p>
    </div>
  )
}
