import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { SEVERITIES, type Severity } from '../../server/kernel/severity.ts'
import { useTranslation } from '../lib/i18n.ts'
import { SeveritySign } from './SeveritySign.tsx'

interface SeverityFieldProps {
  type: InstallationType
  value: Severity
  onChange: (value: Severity) => void
}

/** What the rule means for one kind of installation: one of four numbers, whose words stand in the legend above. */
export function SeverityField({ type, value, onChange }: SeverityFieldProps) {
  const { t } = useTranslation('constraints')
  return (
    <fieldset className="bm-severity-field">
      <legend>{t(`type.${type}`)}</legend>
      <span className="bm-severity-choices">
        {SEVERITIES.map((severity) => (
          <label key={severity} title={t(`severity.${severity}`)}>
            <input
              type="radio"
              className="bm-hidden"
              name={`severity-${type}`}
              checked={severity === value}
              onChange={() => onChange(severity)}
            />
            <SeveritySign severity={severity} />
            <span className="bm-hidden">
              {severity} {t(`severity.${severity}`)}
            </span>
          </label>
        ))}
      </span>
    </fieldset>
  )
}
