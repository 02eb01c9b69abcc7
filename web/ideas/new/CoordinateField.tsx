import { type FormEvent, useId, useState } from 'react'
import type { Position } from '../../../server/kernel/geometry.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { type CoordinateReading, readCoordinates } from './coordinates.ts'

/** A place typed as numbers: degrees or metres of zone 32. */
export function CoordinateField({ onPick, onFocus }: { onPick: (place: Position) => void; onFocus: (field: HTMLElement) => void }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const id = useId()
  const [text, setText] = useState('')
  const [reading, setReading] = useState<CoordinateReading | null>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const result = readCoordinates(text)
    setReading(result)
    if (result.ok) onPick(result.position)
  }

  const values = reading?.ok
    ? { lng: formatNumber(reading.position[0], language, 5), lat: formatNumber(reading.position[1], language, 5) }
    : {}
  const isWrong = reading !== null && !reading.ok
  return (
    <details className="bm-coordinates">
      <summary>{t('place.coordinatesOpen')}</summary>
      <form onSubmit={submit} noValidate>
        <div className="bm-field" data-wrong={isWrong || undefined}>
          <label htmlFor={id}>{t('place.coordinates')}</label>
          <p className="bm-field-hint" id={`${id}-hint`}>
            {t('place.coordinatesHint')}
          </p>
          {isWrong ? (
            <p className="bm-field-error" id={`${id}-error`} role="alert">
              {t(`place.coordinateProblem.${reading.reason}`)}
            </p>
          ) : null}
          <div className="bm-input-with-button">
            <input
              id={id}
              className="bm-input"
              type="text"
              autoComplete="off"
              value={text}
              onFocus={(event) => onFocus(event.currentTarget)}
              aria-invalid={isWrong || undefined}
              aria-describedby={isWrong ? `${id}-hint ${id}-error` : `${id}-hint`}
              onChange={(event) => {
                setText(event.target.value)
                setReading(null)
              }}
            />
            <Button type="submit">{t('place.coordinatesUse')}</Button>
          </div>
          <p className="bm-field-hint" role="status">
            {reading?.ok ? t(reading.swapped ? 'place.coordinatesSwapped' : 'place.coordinatesRead', values) : ''}
          </p>
        </div>
      </form>
    </details>
  )
}
