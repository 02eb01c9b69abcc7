import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { SEVERITIES, type Severity } from '../../server/kernel/severity.ts'
import { useTranslation } from '../lib/i18n.ts'
import { SeveritySign } from './SeveritySign.tsx'

interface SeverityFieldProps {
  type: InstallationType
  value: Severity
  onChange: (value: Severity) => void
}

/** What the rule means for one kind of installation. */
export function SeverityField({ type, value, onChange }: SeverityFieldProps) {
  const { t } = useTranslation('constraints')
  const id = `severity-${type}`
  return (
    <div className="bm-severity-field">
      <label htmlFor={id}>{t(`type.${type}`)}</label>
      <SeveritySign severity={value} />
      <select id={id} className="bm-input" value={value} onChange={(event) => onChange(Number(event.target.value) as Severity)}>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {severity} – {t(`severity.${severity}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
