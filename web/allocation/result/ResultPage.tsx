import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { markTextUsable } from '../../lib/firstList.ts'
import { formatAmount, formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { PageSkeleton } from '../../shell/PageSkeleton.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { type RoundResult, resultQuery } from '../result.api.ts'
import { DecisionList } from './DecisionList.tsx'
import { DistrictSection } from './DistrictSection.tsx'
import { Downloads } from './Downloads.tsx'
import { givenIn, winnersIn } from './given.ts'
import { NotPublished } from './NotPublished.tsx'
import { QuoteBox } from './QuoteBox.tsx'
import { ShareYears } from './ShareYears.tsx'
import { useResultCircles } from './useResultCircles.ts'
import './result.css'

/** `/runder/$year/resultat`: how every district decided its share, and why. */
export function ResultPage() {
  const { t } = useTranslation('result')
  const { year } = useParams({ from: '/runder/$year/resultat' })
  const { data, error, refetch } = useQuery(resultQuery(Number(year)))
  usePageTitle(t('title', { year }))
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  if (error instanceof ApiProblem && error.kind === 'not-published') return <NotPublished year={year} problem={error} />
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  return <ResultContent result={data} />
}

function ResultContent({ result }: { result: RoundResult }) {
  const { t } = useTranslation('result')
  const { t: shell } = useTranslation('shell')
  const { roundYear, isDemo, districts, source } = result
  useResultCircles(result)
  // Who comes from a project wants its district, which stands here only now.
  useEffect(() => document.getElementById(window.location.hash.slice(1))?.scrollIntoView(), [])
  return (
    <article className="bm-page bm-tally bm-prints">
      <BackLink to="/runder/$year" params={{ year: String(roundYear) }}>
        {t('back', { year: roundYear })}
      </BackLink>
      <h1>{t('title', { year: roundYear })}</h1>
      {isDemo ? <p className="bm-badge">{shell('demo')}</p> : null}
      <Lead result={result} />
      <p className="bm-detail-actions bm-no-print">
        {source === 'count' ? (
          <Link to="/runder/$year/tjek" params={{ year: String(roundYear) }} className={buttonClass('main')}>
            {t('recount')}
          </Link>
        ) : null}
        <Button onClick={() => window.print()}>{t('print')}</Button>
      </p>
      <nav className="bm-tally-jumps bm-no-print" aria-label={t('jump')}>
        {districts.map(({ districtId, name }) =>
          districtId === null ? null : (
            <a key={districtId} href={`#${districtId}`}>
              {name}
            </a>
          ),
        )}
      </nav>
      <DecisionList result={result} />
      {districts.map((district) => (
        <DistrictSection key={district.districtId ?? 'none'} district={district} result={result} />
      ))}
      <ShareYears result={result} />
      <QuoteBox result={result} />
      {source === 'count' ? <Downloads result={result} /> : null}
      {result.sources ? <p className="bm-fine">{t('sources', { sources: result.sources })}</p> : null}
    </article>
  )
}

function Lead({ result }: { result: RoundResult }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const { districts, publishedAt, totalDkk, source } = result
  const won = winnersIn(districts).length
  const total = formatAmount(totalDkk, language)
  if (source === 'record') {
    return (
      <p className="bm-lead">
        {won > 0 ? t('leadKnown', { total, count: won }) : t('leadUnknown', { total })} {t('unknownStays')}
      </p>
    )
  }
  const given = formatAmount(givenIn(districts), language)
  const date = publishedAt === null ? '' : formatDate(publishedAt, language)
  return <p className="bm-lead">{t('lead', { given, total, count: won, date })}</p>
}
