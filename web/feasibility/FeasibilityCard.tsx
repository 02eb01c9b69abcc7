import { type ReactNode, useId } from 'react'
import type { CheckResult } from '../../server/feasibility/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { hasExampleData, type Light, lightOf, notCheckedNames, reasonsOf } from './answer.ts'
import { Duties, NotChecked } from './Folds.tsx'
import { ReasonList } from './Reasons.tsx'
import { VerdictSign } from './VerdictSign.tsx'
import './feasibility.css'

interface FeasibilityCardProps {
  result: CheckResult
  /** The answer belongs to the place before; the new one is on its way. */
  isOld?: boolean
  heading: 'h2' | 'h3'
  /** Between the light and the reasons. */
  children?: ReactNode
  /** What can be done about it, after the reasons. */
  actions?: ReactNode
  /** Below everything. */
  foot?: ReactNode
}

/** What may stand at a place, in words and shape, with the reasons, the law behind them and what nobody looked at. */
export function FeasibilityCard({ result, isOld = false, heading: Heading, children, actions, foot }: FeasibilityCardProps) {
  const { t } = useTranslation('feasibility')
  const titleId = useId()
  const light = lightOf(result)
  const { first, more } = reasonsOf(result)
  return (
    <section className="bm-feasibility" data-bm-verdict={light} data-old={isOld || undefined} aria-labelledby={titleId} aria-busy={isOld}>
      <Heading id={titleId}>{t('title')}</Heading>
      <Verdict light={light} notCheckedCount={notCheckedNames(result).length} />
      {hasExampleData(result) ? <p className="bm-badge bm-example">{t('example')}</p> : null}
      {children}
      {result.installationType === null && result.verdict !== 'clear' ? <p className="bm-soft">{t('anyType')}</p> : null}
      <ReasonList findings={first} datasets={result.datasets} />
      {actions === undefined ? null : <div className="bm-feasibility-actions">{actions}</div>}
      <div className="bm-folds">
        {more.length === 0 ? null : (
          <details className="bm-fold">
            <summary>{t('more', { count: more.length })}</summary>
            <ReasonList findings={more} datasets={result.datasets} />
          </details>
        )}
        <NotChecked result={result} />
        <Duties duties={result.duties} />
      </div>
      <EarliestStart result={result} />
      {foot}
    </section>
  )
}

function Verdict({ light, notCheckedCount }: { light: Light; notCheckedCount: number }) {
  const { t } = useTranslation('feasibility')
  return (
    <div className="bm-verdict">
      <VerdictSign light={light} size={40} />
      <div role="status">
        <p className="bm-verdict-word">{t(`verdict.${light}`)}</p>
        <p className="bm-verdict-text">{t(`verdictText.${light}`, { count: notCheckedCount })}</p>
      </div>
    </div>
  )
}

function EarliestStart({ result: { earliestStart, verdict } }: { result: CheckResult }) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  if (earliestStart === null || verdict === 'clear') return null
  return <p className="bm-soft">{t('earliestStart', { date: formatDate(earliestStart, language) })}</p>
}

/** The card's room while nothing is known yet. */
export function FeasibilitySkeleton() {
  return (
    <div className="bm-feasibility bm-feasibility-empty">
      <Skeleton width="45%" height={18} />
      <Skeleton height={44} />
      <Skeleton width="80%" />
    </div>
  )
}
