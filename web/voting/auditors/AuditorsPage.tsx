import { useQuery } from '@tanstack/react-query'
import type { Election } from '../../../server/elections/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { auditorsQuery, electionQuery } from '../voting.api.ts'
import { AuditorForm } from './AuditorForm.tsx'
import './auditors.css'

const POSITIONS = [1, 2]

/** `/plan/afstemning/revisorer`: the two people receipts are sealed for; named by an organiser until the set-up is frozen. */
export function AuditorsPage() {
  const { t } = useTranslation('auditors')
  const { mayPlan } = useMayPlan()
  return <PlanFrame title={t('title')}>{mayPlan ? <OfTheRound /> : null}</PlanFrame>
}

function OfTheRound() {
  const { t } = useTranslation('auditors')
  const round = useCurrentRound()
  const { data: election, error, refetch } = useQuery(electionQuery(round?.year ?? null))
  if (round === null || (error instanceof ApiProblem && error.status === 404))
    return <EmptyState title={t('noVote')} text={t('noVoteText')} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return election === undefined ? <Skeleton height={200} /> : <Auditors election={election} />
}

function Auditors({ election }: { election: Election }) {
  const { t } = useTranslation('auditors')
  const { mayOrganise } = useMayPlan()
  const { roundYear, state } = election
  const { data, error, refetch } = useQuery(auditorsQuery(roundYear))
  const mayName = mayOrganise && state === 'draft'
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={200} />
  return (
    <>
      <p className="bm-lead">{t('lead')}</p>
      {mayName ? <p>{t('how')}</p> : null}
      <ul className="bm-auditors">
        {POSITIONS.map((position) => {
          const auditor = data.items.find((one) => one.position === position) ?? null
          return (
            <li key={position}>
              <h2>{t('position', { position })}</h2>
              {auditor === null ? (
                <p className="bm-fine">{t('nobody')}</p>
              ) : (
                <dl className="bm-facts">
                  <dt>{t('name')}</dt>
                  <dd>{auditor.name}</dd>
                  <dt>{t('fingerprint')}</dt>
                  <dd className="bm-auditor-print">{auditor.fingerprint.match(/.{4}/g)?.join(' ')}</dd>
                </dl>
              )}
              {mayName ? <AuditorForm year={roundYear} position={position} isChange={auditor !== null} /> : null}
            </li>
          )
        })}
      </ul>
      {mayName ? <p className="bm-fine">{t('compare')}</p> : null}
      {!mayName && mayOrganise ? <p className="bm-fine">{t(state === 'frozen' ? 'frozen' : 'over')}</p> : null}
    </>
  )
}
