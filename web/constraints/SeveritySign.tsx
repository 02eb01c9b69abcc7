import { SEVERITIES, type Severity } from '../../server/kernel/severity.ts'
import { useTranslation } from '../lib/i18n.ts'

/** The number of a severity on its colour; its words stand beside it. */
export function SeveritySign({ severity }: { severity: Severity }) {
  return (
    <span className="bm-severity" data-severity={severity} aria-hidden="true">
      {severity}
    </span>
  )
}

/** What the four numbers mean. */
export function SeverityLegend() {
  const { t } = useTranslation('constraints')
  return (
    <ul className="bm-severity-legend" aria-label={t('legend')}>
      {SEVERITIES.map((severity) => (
        <li key={severity}>
          <SeveritySign severity={severity} />
          {t(`severity.${severity}`)}
        </li>
      ))}
    </ul>
  )
}
