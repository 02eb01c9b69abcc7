import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isBeforeAwards } from '../../server/kernel/phases.ts'
import type { Round } from '../../server/rounds/contract.ts'
import { VoteNotice } from '../elections/VoteNotice.tsx'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { buttonClass } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { AwardTable } from './AwardTable.tsx'
import { PhaseStrip } from './PhaseStrip.tsx'
import { RoundProjects } from './RoundProjects.tsx'
import { RoundRecord } from './RoundRecord.tsx'
import { RoundRules } from './RoundRules.tsx'
import { roundsQuery } from './rounds.api.ts'
import './history.css'

/** One round: theme, rules, shares, projects, meetings and votes, as far as they are known. */
export function RoundPage() {
  const { t } = useTranslation('rounds')
  const { year } = useParams({ from: '/runder/$year' })
  const { data, error, refetch } = useQuery(roundsQuery)
  const round = data?.items.find((candidate) => String(candidate.year) === year)
  usePageTitle(data && !round ? t('round.notFound') : t('round.title', { year }))
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  if (!round) return <ErrorState error={new ApiProblem('not-found', 404)} />
  return <RoundContent round={round} />
}

function RoundContent({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const { t: shell } = useTranslation('shell')
  return (
    <article className="bm-page bm-round">
      <BackLink to="/runder">{t('round.back')}</BackLink>
      <h1>{t('round.title', { year: round.year })}</h1>
      <p className="bm-round-theme">
        <span className="bm-soft">{t('round.theme')}: </span>
        {round.theme}
      </p>
      {round.isDemo ? <p className="bm-badge">{shell('demo')}</p> : null}
      <p className="bm-fine">{t('round.danishOnly')}</p>
      {round.description ? (
        <p className="bm-round-text" lang="da">
          {round.description}
        </p>
      ) : null}
      <PhaseStrip round={round} />
      <VoteNotice round={round} />
      {isBeforeAwards(round.currentPhase) && round.currentPhase !== 'decision' ? null : (
        <p className="bm-detail-actions">
          <Link to="/runder/$year/resultat" params={{ year: String(round.year) }} className={buttonClass('main')}>
            {t('round.result')}
          </Link>
          <span className="bm-fine">{t('round.resultText')}</span>
        </p>
      )}
      <AwardTable round={round} />
      <RoundProjects round={round} />
      <RoundRecord round={round} />
      <RoundRules round={round} />
      {round.record.sources ? <p className="bm-fine">{t('round.sources', { sources: round.record.sources })}</p> : null}
    </article>
  )
}
