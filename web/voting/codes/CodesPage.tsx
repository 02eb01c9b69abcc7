import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MadeCodes } from '../../../server/voting/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { isSetUp } from '../useVote.ts'
import { electionQuery } from '../voting.api.ts'
import { BatchList } from './BatchList.tsx'
import { CodeSheet } from './CodeSheet.tsx'
import { NewBatch } from './NewBatch.tsx'
import './codes.css'

/** `/plan/afstemning/koder`: sheets of voting codes; made here, printed once, and then only their numbers are known. */
export function CodesPage() {
  const { t } = useTranslation('codes')
  const { mayRunMeetings } = useMayPlan()
  return (
    <PlanFrame title={t('title')} forMeetings>
      {mayRunMeetings ? <Codes /> : null}
    </PlanFrame>
  )
}

function Codes() {
  const { t } = useTranslation('codes')
  const round = useCurrentRound()
  const { data: election, error, refetch } = useQuery(electionQuery(round?.year ?? null))
  const [made, setMade] = useState<MadeCodes | null>(null)
  if (round === null || (error instanceof ApiProblem && error.status === 404))
    return <EmptyState title={t('noVote')} text={t('noVoteText')} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (election === undefined) return <Skeleton height={160} />
  if (!isSetUp(election)) return <EmptyState title={t('notReady')} text={t('notReadyText')} />
  const { districts } = election.setup
  const takesCodes = election.state === 'frozen' || election.state === 'open'
  return (
    <>
      <p className="bm-lead">{t('lead')}</p>
      {takesCodes ? (
        <NewBatch
          year={election.roundYear}
          districts={districts.filter(({ settings }) => settings.channels.includes('code') && settings.decidedBy !== 'agreed-sharing')}
          onMade={setMade}
        />
      ) : (
        <EmptyState title={t('over')} text={t('overText')} />
      )}
      <BatchList year={election.roundYear} districts={districts} />
      {made ? <CodeSheet made={made} districts={districts} year={election.roundYear} onForget={() => setMade(null)} /> : null}
    </>
  )
}
