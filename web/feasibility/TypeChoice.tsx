import { useId } from 'react'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { useTranslation } from '../lib/i18n.ts'
import { TYPE_CHOICES } from './answer.ts'
import '../ui/fields.css'

interface TypeChoiceProps {
  value: InstallationType | null
  onChange: (type: InstallationType | null) => void
}

/** What it is that shall stand there. Nobody has to say it: then the strictest answer counts. */
export function TypeChoice({ value, onChange }: TypeChoiceProps) {
  const { t } = useTranslation('feasibility')
  const id = useId()
  return (
    <div className="bm-type-choice">
      <label htmlFor={id}>{t('type.label')}</label>
      <select
        id={id}
        className="bm-select"
        value={value ?? ''}
        onChange={(event) => onChange(TYPE_CHOICES.find((type) => type === event.target.value) ?? null)}
      >
        <option value="">{t('type.unknown')}</option>
        {TYPE_CHOICES.map((type) => (
          <option key={type} value={type}>
            {t(`type.${type}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
