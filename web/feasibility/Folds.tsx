import type { CheckResult, Duty } from '../../server/feasibility/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { ConstraintSign } from '../map/ConstraintSign.tsx'
import { notCheckedNames } from './answer.ts'
import { LawLink } from './Reasons.tsx'

/** What nobody looked at: said as plainly as what was found. */
export function NotChecked({ result }: { result: CheckResult }) {
  const { t } = useTranslation('feasibility')
  const names = notCheckedNames(result)
  if (names.length === 0) return null
  return (
    <details className="bm-fold bm-not-checked">
      <summary>{t('notChecked.title', { count: names.length })}</summary>
      <p className="bm-soft">{t('notChecked.text')}</p>
      <ul className="bm-notes">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  )
}

/** Duties that follow what is built, wherever it stands. */
export function Duties({ duties }: { duties: readonly Duty[] }) {
  const { t } = useTranslation('feasibility')
  if (duties.length === 0) return null
  return (
    <details className="bm-fold">
      <summary>{t('duties', { count: duties.length })}</summary>
      <ul className="bm-reasons">
        {duties.map(({ layerId, severity, name, citizenText, law, lawUrl }) => (
          <li key={layerId} className="bm-reason">
            <ConstraintSign severity={severity} />
            <div>
              <p className="bm-reason-name">
                {name}
                <span className="bm-reason-word">{t(`severity.${severity}`)}</span>
              </p>
              <p>{citizenText}</p>
              <p className="bm-soft">
                <LawLink law={law} lawUrl={lawUrl} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
