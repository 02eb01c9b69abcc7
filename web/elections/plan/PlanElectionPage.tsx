import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { PlanElection } from '../../../server/elections/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { beginElection, planElectionQuery } from '../elections.api.ts'
import { ElectionChecklist } from './ElectionChecklist.tsx'
import { ElectionLogList } from './ElectionLogList.tsx'
import { ElectionSteps } from './ElectionSteps.tsx'
import { FreezePart, FrozenPart } from './FreezePart.tsx'
import { LotForm } from './LotForm.tsx'
import { PreparationList } from './PreparationList.tsx'
import { SettingsForm } from './SettingsForm.tsx'
import { RefusalContext, useSending } from './useSending.ts'
import { VoteRooms } from './VoteRooms.tsx'
import '../elections.css'

/** `/plan/afstemning`: the organiser sets the round's vote up, freezes it, and takes its steps with a second person. */
export function PlanElectionPage() {
  const { t } = useTranslation('planElections')
  const { mayOrganise, mayPlan } = useMayPlan()
  const round = useCurrentRound()
  const { data, error, refetch } = useQuery(planElectionQuery(mayOrganise && round ? round.year : null))
  const title = t('title', { year: round?.year ?? '' })
  if (!mayPlan) return <PlanFrame title={title}>{null}</PlanFrame>
  if (!mayOrganise) {
    return (
      <PlanFrame title={title}>
        <EmptyState title={t('organiserOnly.title')} text={t('organiserOnly.text')} />
      </PlanFrame>
    )
  }
  return (
    <PlanFrame title={title}>
      {round === null ? <EmptyState title={t('noRound')} /> : null}
      {error ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {!data && !error && round !== null ? <Skeleton height={260} /> : null}
      {data && round ? data.election === null ? <Begin year={round.year} /> : <SetUp election={data.election} /> : null}
    </PlanFrame>
  )
}

function Begin({ year }: { year: number }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  return (
    <EmptyState title={t('begin.title')} text={t('begin.text')}>
      {error ? <ErrorState error={error} /> : null}
      <Button look="main" disabled={isSending} onClick={() => send(t('begin.done'), () => beginElection(year, csrfToken))}>
        {t('begin.do')}
      </Button>
    </EmptyState>
  )
}

function SetUp({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { state, stopReason } = election
  const [refusal, setRefusal] = useState<unknown>(null)
  const wasFrozen = refusal instanceof ApiProblem && refusal.kind === 'frozen' && state !== 'draft'
  return (
    <RefusalContext value={setRefusal}>
      <div className="bm-vote-plan">
        {wasFrozen ? <ErrorState error={refusal} /> : null}
        <div className="bm-vote-state" data-state={state}>
          <p className="bm-vote-state-words">{t(`state.${state}`)}</p>
          <p className="bm-fine">{t(`next.${state}`)}</p>
          {stopReason === null ? null : <p className="bm-text">»{stopReason}«</p>}
        </div>
        <VoteRooms election={election} />
        {state === 'draft' ? (
          <>
            <ElectionChecklist election={election} />
            <Part id="regler" title={t('settings.title')}>
              <SettingsForm election={election} />
            </Part>
            <Part id="priser" title={t('prepare.title')}>
              <PreparationList election={election} />
            </Part>
            <Part id="lodtraekning" title={t('lot.title')}>
              <p>{t('lot.text')}</p>
              <LotForm election={election} />
            </Part>
            <FreezePart election={election} />
          </>
        ) : (
          <>
            <ElectionSteps election={election} />
            <FrozenPart election={election} />
          </>
        )}
        <ElectionLogList election={election} />
      </div>
    </RefusalContext>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="bm-vote-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
