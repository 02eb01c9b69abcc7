import { useTranslation } from '../lib/i18n.ts'
import type { Language } from '../lib/language.ts'
import { lengthIssue } from './useLayerForm.ts'

interface SentenceFieldProps {
  id: string
  label: string
  hint?: string
  language?: Language
  rows: number
  min: number
  max: number
  value: string
  onChange: (value: string) => void
  /** True once the person tried to save: only then mistakes are pointed out. */
  isAsked: boolean
}

/** A sentence on one line of text, however it wraps; a line break typed becomes a space. */
export function SentenceField({ id, label, hint, language, rows, min, max, value, onChange, isAsked }: SentenceFieldProps) {
  const { t } = useTranslation('constraints')
  const issue = isAsked ? lengthIssue(value, min, max) : null
  const ids = [hint ? `${id}-hint` : '', issue ? `${id}-error` : '', `${id}-count`].filter(Boolean).join(' ')
  return (
    <div className="bm-field" data-wrong={issue ? true : undefined}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p className="bm-field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {issue ? (
        <p className="bm-field-error" id={`${id}-error`}>
          {t(`form.${issue}`, { min, max })}
        </p>
      ) : null}
      <textarea
        id={id}
        className="bm-input"
        rows={rows}
        lang={language}
        value={value}
        aria-describedby={ids}
        aria-invalid={issue ? true : undefined}
        onChange={(event) => onChange(event.target.value.replaceAll(/[ \t]*[\r\n\t\u2028\u2029]+[ \t]*/g, ' '))}
      />
      <p className="bm-counter" id={`${id}-count`} data-over={value.trim().length > max ? true : undefined}>
        {t('form.count', { count: value.trim().length, max })}
      </p>
    </div>
  )
}
