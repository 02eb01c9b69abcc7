import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Round } from '../../server/rounds/contract.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { roundsQuery } from './rounds.api.ts'
import './history.css'

/** Every round there was, newest first. */
export function RoundsPage() {
  const { t } = useTranslation('rounds')
  const { data, error, refetch } = useQuery(roundsQuery)
  usePageTitle(t('history.title'))
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  return (
    <div className="bm-page">
      <h1>{t('history.title')}</h1>
      <p className="bm-lead">{t('history.lead')}</p>
      <ol className="bm-history">
        {data.items.map((round) => (
          <RoundLine key={round.year} round={round} />
        ))}
      </ol>
    </div>
  )
}

function RoundLine({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const { t: shell } = useTranslation('shell')
  const language = useLanguage()
  const counts = [
    t('history.total', { total: formatAmount(round.totalDkk, language) }),
    round.projectCount > 0 ? t('history.projects', { count: round.projectCount }) : null,
    round.ideaCount > 0 ? t('share.ideas', { count: round.ideaCount }) : null,
  ].filter(Boolean)
  return (
    <li className="bm-history-line">
      <span className="bm-history-year" aria-hidden="true">
        {round.year}
      </span>
      <div>
        <h2>
          <Link to="/runder/$year" params={{ year: String(round.year) }} className="bm-card-link">
            <span className="bm-hidden">{round.year}: </span>
            {round.title ?? round.theme}
          </Link>
        </h2>
        <p>{counts.join(' · ')}</p>
        {round.isDemo ? <p className="bm-badge">{shell('demo')}</p> : null}
        {round.currentPhase ? (
          <p>
            {t('history.now')}: {t(`phase.${round.currentPhase}`)}
          </p>
        ) : null}
      </div>
    </li>
  )
}
