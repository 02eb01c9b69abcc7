import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { roundsQuery, useCurrentRound } from '../../rounds/rounds.api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { DecisionList } from '../result/DecisionList.tsx'
import { resultQuery } from '../result.api.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { PassOnPart } from './PassOnPart.tsx'
import '../result/result.css'
import './decisions.css'

/** `/plan/afstemning/beslutninger`: what political bodies decided, and winners that cannot be built. */
export function DecisionsPage() {
  const { t } = useTranslation('decisions')
  const { person } = useSession()
  const isOrganiser = person?.role === 'organiser' || person?.role === 'admin'
  return <PlanFrame title={t('title')}>{isOrganiser ? <Decisions /> : <Notice>{t('organisersOnly')}</Notice>}</PlanFrame>
}

function Decisions() {
  const { t } = useTranslation(['decisions', 'result'])
  const current = useCurrentRound()
  const { data: rounds, error, refetch } = useQuery(roundsQuery)
  const [chosen, setChosen] = useState<number | null>(null)
  const id = useId()
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (current === undefined || rounds === undefined) return <Skeleton height={120} />
  if (rounds.items.length === 0) return <Notice>{t('noRounds')}</Notice>
  // Between two rounds none is the current one; there is still something to decide about the last.
  const year = chosen ?? current?.year ?? Math.max(...rounds.items.map((round) => round.year))
  return (
    <>
      <p className="bm-lead">{t('lead')}</p>
      <div className="bm-tool-field">
        <label htmlFor={id}>{t('round')}</label>
        <select id={id} className="bm-select" value={year} onChange={(event) => setChosen(Number(event.target.value))}>
          {rounds.items.map((round) => (
            <option key={round.year} value={round.year}>
              {round.year}
            </option>
          ))}
        </select>
      </div>
      <OfRound key={year} year={year} />
    </>
  )
}

function OfRound({ year }: { year: number }) {
  const { t } = useTranslation('decisions')
  const { data: result, error, refetch } = useQuery(resultQuery(year))
  if (error instanceof ApiProblem && error.kind === 'not-published') return <Notice>{t('notPublished', { year })}</Notice>
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!result) return <Skeleton height={200} />
  return (
    <>
      <p>
        <Link to="/runder/$year/resultat" params={{ year: String(year) }}>
          {t('toResult', { year })}
        </Link>
      </p>
      <DecisionList result={result} />
      <DecisionForm result={result} />
      {result.source === 'count' ? <PassOnPart result={result} /> : null}
    </>
  )
}
