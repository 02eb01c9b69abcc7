import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import type { Idea } from '../../server/ideas/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { lendToMap } from '../shell/mapState.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ShowOnMap } from '../ui/ShowOnMap.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { IdeaFacts } from './IdeaFacts.tsx'
import { IdeaHistory } from './IdeaHistory.tsx'
import { IdeaPictures } from './IdeaPictures.tsx'
import { IdeaTrace } from './IdeaTrace.tsx'
import { ideaQuery } from './ideas.api.ts'
import { OwnerActions } from './OwnerActions.tsx'
import { ShareButton } from './ShareButton.tsx'
import './ideaPage.css'

const IdeaFeasibility = lazy(() =>
  import('../feasibility/IdeaFeasibility.tsx').then(({ IdeaFeasibility }) => ({ default: IdeaFeasibility })),
)

const IdeaDecision = lazy(() => import('../assessments/author/IdeaDecision.tsx').then(({ IdeaDecision }) => ({ default: IdeaDecision })))

/** One idea, whole. */
export function IdeaPage() {
  const { id } = useParams({ from: '/ideer/$id' })
  const isNumber = /^[1-9]\d{0,9}$/.test(id)
  const { data, error, refetch } = useQuery({ ...ideaQuery(Number(id)), enabled: isNumber })
  usePageTitle(data?.title)
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  useEffect(() => {
    lendToMap({ highlight: data?.geometry ?? null })
    return () => lendToMap({ highlight: null })
  }, [data?.geometry])
  if (!isNumber) return <ErrorState error={new ApiProblem('not-found', 404)} />
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  return <IdeaContent key={data.ideaId} idea={data} />
}

function IdeaContent({ idea }: { idea: Idea }) {
  const { t } = useTranslation('idea')
  const { t: shell } = useTranslation('shell')
  const [lng, lat] = idea.labelPoint
  return (
    <article className="bm-page bm-detail">
      <BackLink to="/">{t('back')}</BackLink>
      {idea.isDemo ? <p className="bm-badge bm-idea-badge">{shell('demo')}</p> : null}
      <h1>{idea.title}</h1>
      <p className="bm-detail-meta">
        <DistrictChip districtId={idea.districtId} name={idea.districtName} />
        <span className="bm-detail-sign">
          <CategoryIcon category={idea.category} size={17} />
          {shell(`category.${idea.category}`)}
        </span>
        <span>{t('number', { id: idea.ideaId })}</span>
      </p>
      {idea.status === 'withdrawn' ? <Notice>{t('withdrawn')}</Notice> : null}
      <IdeaTrace idea={idea} />
      <Suspense fallback={null}>
        <IdeaDecision idea={idea} />
      </Suspense>
      <IdeaPictures pictures={idea.pictures} />
      <p className="bm-text bm-idea-text">{idea.description}</p>
      <div className="bm-detail-actions">
        <ShowOnMap lng={lng} lat={lat} />
        <ShareButton title={idea.title} />
      </div>
      {idea.mayChange ? <OwnerActions idea={idea} /> : null}
      <Suspense fallback={<Skeleton height={150} />}>
        <IdeaFeasibility idea={idea} />
      </Suspense>
      <IdeaFacts idea={idea} />
      <IdeaHistory history={idea.history} />
    </article>
  )
}
