import { useQuery } from '@tanstack/react-query'
import type { Round } from '../../server/rounds/contract.ts'
import { VoteNotice } from '../elections/VoteNotice.tsx'
import { IdeaFilters } from '../ideas/IdeaFilters.tsx'
import { IdeaList } from '../ideas/IdeaList.tsx'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { PhaseStrip } from './PhaseStrip.tsx'
import { configQuery, roundsQuery, useCurrentRound } from './rounds.api.ts'
import { ShareList } from './ShareList.tsx'

/** The front page: the round that runs now, its districts and its ideas. */
export function CurrentRoundPage() {
  const { t } = useTranslation('rounds')
  const round = useCurrentRound()
  usePageTitle(null)
  return (
    <>
      <div className="bm-page bm-front">
        <h1>{t('front.title')}</h1>
        <Lead round={round} />
        {round === undefined ? <Skeleton height={38} /> : null}
        {round ? <PhaseStrip round={round} /> : null}
        {round ? <VoteNotice round={round} /> : null}
        {round?.isDemo ? <DemoBadge /> : null}
      </div>
      <RoundTrouble />
      {round === null ? <EmptyState title={t('front.noRound')} text={t('front.noRoundText')} /> : <RoundBody round={round} />}
    </>
  )
}

function RoundBody({ round }: { round: Round | undefined }) {
  return (
    <>
      <ShareList year={round?.year ?? null} totalDkk={round?.totalDkk ?? null} />
      <IdeaFilters />
      <IdeaList round={round} />
    </>
  )
}

function Lead({ round }: { round: Round | null | undefined }) {
  const { t } = useTranslation('rounds')
  const language = useLanguage()
  const total = formatAmount(round?.totalDkk ?? 1_000_000, language)
  const takesIdeas = !round || round.currentPhase === 'involvement'
  return <p className="bm-lead">{t(takesIdeas ? 'front.leadIdeas' : 'front.leadFollow', { total })}</p>
}

function DemoBadge() {
  const { t } = useTranslation('shell')
  return <p className="bm-badge">{t('demo')}</p>
}

function RoundTrouble() {
  const config = useQuery(configQuery)
  const rounds = useQuery(roundsQuery)
  const error = config.error ?? rounds.error
  if (!error) return null
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        void config.refetch()
        void rounds.refetch()
      }}
    />
  )
}
