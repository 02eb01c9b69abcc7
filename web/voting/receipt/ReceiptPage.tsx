import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Election } from '../../../server/elections/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { markTextUsable } from '../../lib/firstList.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { configQuery } from '../../rounds/rounds.api.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { electionQuery, receiptsQuery } from '../voting.api.ts'
import { ReceiptCheck } from './ReceiptCheck.tsx'
import type { ReceiptSearch } from './receiptSearch.ts'
import './receipt.css'

/** `/kvittering`: finds a receipt in the published list, by the reader's own browser. */
export function ReceiptPage() {
  const { t } = useTranslation('voting')
  const { year: asked } = useSearch({ from: '/kvittering' }) as ReceiptSearch
  const config = useQuery(configQuery)
  const year = asked ?? config.data?.currentYear ?? null
  const election = useQuery(electionQuery(year))
  usePageTitle(t('receipt.title'))
  const isKnown = election.data !== undefined || election.error !== null || config.error !== null
  useEffect(() => {
    if (isKnown) markTextUsable()
  }, [isKnown])
  return (
    <article className="bm-page bm-receipt">
      <h1>{t('receipt.title')}</h1>
      <p className="bm-lead">{t('receipt.lead')}</p>
      {year === null ? null : <p className="bm-fine">{t('receipt.year', { year })}</p>}
      <Body year={year} election={election.data} error={election.error ?? config.error} onRetry={() => void election.refetch()} />
      <Meaning />
    </article>
  )
}

interface BodyProps {
  year: number | null
  election: Election | undefined
  error: Error | null
  onRetry: () => void
}

const isNotThere = (error: unknown) => error instanceof ApiProblem && error.status === 404

function Body({ year, election, error, onRetry }: BodyProps) {
  const { t } = useTranslation('voting')
  const isPublic = election !== undefined && ['closed', 'counted', 'published'].includes(election.state)
  const list = useQuery({ ...receiptsQuery(year), enabled: isPublic })
  const receipt = useLocation({ select: ({ hash }) => hash })
  if (isNotThere(error)) return <EmptyState title={t('receipt.none')} />
  if (error) return <ErrorState error={error} onRetry={onRetry} />
  if (election === undefined) return <Skeleton height={160} />
  if (!isPublic || isNotThere(list.error)) return <NotYet closesAt={election.closesAt} state={election.state} />
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Skeleton height={160} />
  return <ReceiptCheck key={receipt} list={list.data} election={election} receipt={receipt} />
}

function NotYet({ closesAt, state }: Pick<Election, 'closesAt' | 'state'>) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const isStillComing = closesAt !== null && (state === 'open' || state === 'frozen')
  return (
    <EmptyState
      title={t('receipt.notYet')}
      text={isStillComing ? t('receipt.notYetWhen', { closes: formatMoment(closesAt, language) }) : t('receipt.notYetUnknown')}
    >
      {isStillComing ? (
        <Link to="/stem" className={buttonClass('quiet')}>
          {t('receipt.vote')}
        </Link>
      ) : null}
    </EmptyState>
  )
}

function Meaning() {
  const { t } = useTranslation('voting')
  return (
    <section className="bm-section" aria-labelledby="means">
      <h2 id="means">{t('receipt.means')}</h2>
      <p>{t('receipt.provesText')}</p>
      <p>{t('receipt.contentText')}</p>
      <p>{t('receipt.clashText')}</p>
    </section>
  )
}
