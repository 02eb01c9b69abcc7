import type { CheckResult, Finding } from '../../server/feasibility/contract.ts'
import { formatArea, formatDate, formatDistance, formatUnknown } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { ConstraintSign } from '../map/ConstraintSign.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'

const LABELS_SHOWN = 3

type Datasets = CheckResult['datasets']

export function ReasonList({ findings, datasets }: { findings: readonly Finding[]; datasets: Datasets }) {
  if (findings.length === 0) return null
  return (
    <ul className="bm-reasons">
      {findings.map((finding) => (
        <Reason key={finding.layerId} finding={finding} dataset={datasets.find(({ layerId }) => layerId === finding.layerId)} />
      ))}
    </ul>
  )
}

/** One rule in plain words; the law is one click away. */
function Reason({ finding, dataset }: { finding: Finding; dataset: Datasets[number] | undefined }) {
  const { t } = useTranslation('feasibility')
  return (
    <li className="bm-reason">
      <ConstraintSign severity={finding.severity} />
      <div>
        <p className="bm-reason-name">
          {finding.name}
          <span className="bm-reason-word">{t(`severity.${finding.severity}`)}</span>
        </p>
        <p>{finding.citizenText}</p>
        {finding.isDemo ? <p className="bm-reason-example">{t('exampleShort')}</p> : null}
        {dataset?.status === 'stale' ? <StaleNote dataset={dataset} /> : null}
        <details className="bm-fold">
          <summary>{t('law.open')}</summary>
          <LawFacts finding={finding} dataset={dataset} />
        </details>
      </div>
    </li>
  )
}

function StaleNote({ dataset }: { dataset: Datasets[number] }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  const date = dataset.datasetDate ?? dataset.loadedAt
  return <p className="bm-reason-stale">{t('stale', { date: date === null ? formatUnknown(language) : formatDate(date, language) })}</p>
}

function LawFacts({ finding, dataset }: { finding: Finding; dataset: Datasets[number] | undefined }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  const labels = [...new Set(finding.features.map(({ label }) => label).filter((label) => label !== null))]
  const dataDate = finding.features[0]?.datasetDate ?? dataset?.datasetDate ?? dataset?.loadedAt ?? null
  const facts: (Fact | null)[] = [
    { term: t('law.law'), value: <LawLink law={finding.law} lawUrl={finding.lawUrl} /> },
    { term: t('law.where'), value: <Where finding={finding} /> },
    labels.length === 0 ? null : { term: t('law.what'), value: labels.slice(0, LABELS_SHOWN).join(', ') },
    { term: t('law.authority'), value: finding.authority },
    finding.waitingWeeks === null ? null : { term: t('law.waiting'), value: t('law.weeks', { count: finding.waitingWeeks }) },
    { term: t('law.date'), value: dataDate === null ? formatUnknown(language) : formatDate(dataDate, language) },
  ]
  return <Facts items={facts.filter((fact) => fact !== null)} />
}

export function LawLink({ law, lawUrl }: { law: string; lawUrl: string | null }) {
  if (lawUrl === null) return law
  return (
    <a href={lawUrl} target="_blank" rel="noreferrer">
      {law}
    </a>
  )
}

function Where({ finding: { relation, distanceM, overlapM2, overlapM } }: { finding: Finding }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  if (relation === 'near') {
    return distanceM === 0 ? t('law.touching') : t('law.away', { distance: formatDistance(Math.max(1, Math.round(distanceM)), language) })
  }
  if (overlapM2 !== null && overlapM2 > 0) return t('law.area', { area: formatArea(Math.max(1, Math.round(overlapM2)), language) })
  if (overlapM !== null && overlapM > 0) return t('law.length', { length: formatDistance(Math.max(1, Math.round(overlapM)), language) })
  return t('law.inside')
}
