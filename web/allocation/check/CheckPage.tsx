import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { markTextUsable } from '../../lib/firstList.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { PageSkeleton } from '../../shell/PageSkeleton.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { NotPublished } from '../result/NotPublished.tsx'
import { type RoundResult, resultQuery } from '../result.api.ts'
import { CheckList } from './CheckList.tsx'
import { WhatIf } from './WhatIf.tsx'
import '../../ui/fields.css'
import '../result/result.css'
import './check.css'

/** `/runder/$year/tjek`: the reader counts again, in their own browser, from the published files. */
export function CheckPage() {
  const { t } = useTranslation('check')
  const { year } = useParams({ from: '/runder/$year/tjek' })
  const { data, error, refetch } = useQuery(resultQuery(Number(year)))
  usePageTitle(t('title', { year }))
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  if (error instanceof ApiProblem && error.kind === 'not-published') return <NotPublished year={year} problem={error} />
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  return <CheckContent result={data} year={year} />
}

function CheckContent({ result, year }: { result: RoundResult; year: string }) {
  const { t } = useTranslation('check')
  const isCounted = result.source === 'count'
  return (
    <article className="bm-page bm-tally bm-recount">
      <BackLink to="/runder/$year/resultat" params={{ year }}>
        {t('back', { year })}
      </BackLink>
      <h1>{t('title', { year })}</h1>
      <p className="bm-lead">{isCounted ? t('lead') : t('noFiles', { year })}</p>
      {isCounted ? <CheckList result={result} /> : null}
      <WhatIf result={result} />
    </article>
  )
}
