import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CheckResult, IdeaFeasibility as Records } from '../../server/feasibility/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import type { Severity } from '../../server/kernel/severity.ts'
import { formatAmount, formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { sharesQuery } from '../rounds/rounds.api.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { lightOf, lightOfSeverity } from './answer.ts'
import { CheckFailed } from './CheckFailed.tsx'
import { FeasibilityCard, FeasibilitySkeleton } from './FeasibilityCard.tsx'
import { ideaFeasibilityQuery } from './feasibility.api.ts'
import { ShowRules } from './ShowRules.tsx'
import { TypeChoice } from './TypeChoice.tsx'
import { useCheck } from './useCheck.ts'
import { VerdictSign } from './VerdictSign.tsx'
import './feasibility.css'

/** On an idea's page: what is known of its place now, what was known when it was sent, and what changed between. */
export function IdeaFeasibility({ idea }: { idea: Idea }) {
  const language = useLanguage()
  const [installationType, setType] = useState<InstallationType | null>(null)
  const records = useQuery(ideaFeasibilityQuery(idea.ideaId, language))
  const kept = records.data?.latest ?? records.data?.submission ?? null
  // Without a record (an idea from before the rules were known), or for a kind of thing, the place is checked now.
  const asksNow = installationType !== null || records.isError || (records.isSuccess && kept === null)
  const now = useCheck({ geometry: asksNow ? idea.geometry : null, installationType })
  const result = asksNow ? now.result : kept
  if (asksNow && now.error) return <CheckFailed error={now.error} onRetry={now.retry} />
  if (!result) return <FeasibilitySkeleton />
  return (
    <div className="bm-section">
      <FeasibilityCard
        result={result}
        isOld={asksNow && now.isOld}
        heading="h2"
        actions={<ShowRules result={result} geometry={idea.geometry} />}
        foot={<Checked result={result} records={records.data} />}
      >
        <ShareLine idea={idea} />
        <TypeChoice value={installationType} onChange={setType} />
      </FeasibilityCard>
    </div>
  )
}

function ShareLine({ idea: { roundYear, districtId, districtName } }: { idea: Idea }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  const share = useQuery(sharesQuery(roundYear)).data?.items.find((one) => one.districtId === districtId)?.shareDkk ?? null
  return (
    <p className="bm-share-line">
      <DistrictChip districtId={districtId} name={districtName}>
        {share === null ? null : <span className="bm-soft"> · {t('share', { share: formatAmount(share, language) })}</span>}
      </DistrictChip>
    </p>
  )
}

function Checked({ result, records }: { result: CheckResult; records: Records | undefined }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  return (
    <>
      <p className="bm-soft">{t('checkedAt', { date: formatDate(result.checkedAt, language) })}</p>
      {records?.submission ? <Since submission={records.submission} changes={records.changes} /> : null}
    </>
  )
}

/** History is told, never rewritten. */
function Since({ submission, changes }: { submission: CheckResult; changes: Records['changes'] }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  if (changes.length === 0) return <p className="bm-soft">{t('since.nothing')}</p>
  const light = lightOf(submission)
  return (
    <details className="bm-fold" open>
      <summary>{t('since.title', { count: changes.length })}</summary>
      <ul className="bm-check-changes">
        {changes.map(({ layerId, name, before, after }) => (
          <li key={layerId}>
            <strong>{name}</strong>: <Weight severity={before} /> → <Weight severity={after} />
          </li>
        ))}
      </ul>
      <p className="bm-then" data-bm-verdict={light}>
        <VerdictSign light={light} size={22} />
        {t('since.then', { date: formatDate(submission.checkedAt, language), verdict: t(`verdict.${light}`) })}
      </p>
    </details>
  )
}

function Weight({ severity }: { severity: Severity | null }) {
  const { t } = useTranslation('feasibility')
  return <span data-bm-verdict={severity === null ? 'unsure' : lightOfSeverity(severity)}>{t(`change.${severity ?? 'none'}`)}</span>
}
