import type { CheckResult, Finding } from '../../../server/feasibility/contract.ts'
import { formatArea, formatDate, formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PlanSign } from './PlanSign.tsx'

/** Everything the layers say of a place, for the planner: law, distance, authority, data; and what was not checked. */
export function Findings({ result }: { result: CheckResult }) {
  const { t } = useTranslation('mapTools')
  const { findings, duties, notChecked, datasets, verdict, partial, district, earliestStart } = result
  const language = useLanguage()
  const nameOf = new Map(datasets.map(({ layerId, name }) => [layerId, name]))
  return (
    <div className="bm-findings">
      <p className="bm-findings-verdict">
        <PlanSign verdict={verdict} partial={partial} />
        <strong>{t(partial && verdict === 'clear' ? 'verdict.clearPartial' : `verdict.${verdict}`)}</strong>
      </p>
      <p className="bm-fine">
        {district ? t('findings.district', { name: district.name }) : t('findings.outside')}
        {earliestStart ? ` · ${t('findings.earliest', { date: formatDate(earliestStart, language) })}` : ''}
      </p>
      {findings.length === 0 ? <p>{t('findings.none')}</p> : null}
      <ul>
        {findings.map((finding) => (
          <FindingLine key={finding.layerId} finding={finding} />
        ))}
      </ul>
      {duties.length > 0 ? (
        <details>
          <summary>{t('findings.duties', { count: duties.length })}</summary>
          <ul className="bm-notes">
            {duties.map(({ layerId, name, plannerText }) => (
              <li key={layerId}>
                <strong>{name}.</strong> {plannerText}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {notChecked.length > 0 ? (
        <details className="bm-findings-missing">
          <summary>{t('findings.notChecked', { count: notChecked.length })}</summary>
          <p>{notChecked.map((layerId) => nameOf.get(layerId) ?? layerId).join(', ')}</p>
        </details>
      ) : null}
    </div>
  )
}

export function FindingLine({ finding }: { finding: Finding }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const { severity, name, relation, distanceM, overlapM2, overlapM, law, lawUrl, authority, waitingWeeks, features, isDemo } = finding
  const where =
    relation === 'inside'
      ? t('findings.inside')
      : distanceM === 0
        ? t('findings.touching')
        : t('findings.near', { distance: formatDistance(distanceM, language) })
  const shared = overlapM2 ? ` (${formatArea(overlapM2, language)})` : overlapM ? ` (${formatDistance(overlapM, language)})` : ''
  const labels = features.flatMap(({ label }) => (label ? [label] : []))
  const date = features.find(({ datasetDate }) => datasetDate)?.datasetDate
  return (
    <li className="bm-finding" data-severity={severity}>
      <h3>
        <PlanSign verdict={severity} /> {name}
      </h3>
      <p>
        {t(`severity.${severity}`)} · {where}
        {shared}
      </p>
      <p className="bm-fine">{finding.plannerText}</p>
      <p className="bm-fine">
        {lawUrl ? (
          <a href={lawUrl} target="_blank" rel="noreferrer">
            {law}
          </a>
        ) : (
          law
        )}
        {' · '}
        {authority}
        {waitingWeeks ? ` · ${t('findings.weeks', { count: waitingWeeks })}` : ''}
      </p>
      {labels.length > 0 ? <p className="bm-fine">{labels.slice(0, 3).join(' · ')}</p> : null}
      <p className="bm-fine">
        {date ? t('findings.data', { date: formatDate(date, language) }) : t('findings.dataUnknown')}
        {isDemo ? (
          <>
            {' '}
            <span className="bm-badge">{t('layers.demo')}</span>
          </>
        ) : null}
      </p>
    </li>
  )
}
