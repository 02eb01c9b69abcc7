import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Round } from '../../server/rounds/contract.ts'
import { IdeaCard, IdeaCardSkeleton } from '../ideas/IdeaCard.tsx'
import { ideaListQuery } from '../ideas/ideas.api.ts'
import { NoIdeas } from '../ideas/NoIdeas.tsx'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { formatAmount, formatArea } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { sharesQuery, useCurrentRound } from '../rounds/rounds.api.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { Button } from '../ui/Button.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { DistrictInstallations } from './DistrictInstallations.tsx'
import { districtsQuery } from './districts.api.ts'
import { ShareHistory } from './ShareHistory.tsx'
import './districts.css'

/** One district: its share now, its ideas, its shares through the rounds and what stands there. */
export function DistrictPage() {
  const { id } = useParams({ from: '/bydele/$id' })
  const { t } = useTranslation('districts')
  const { data, error, refetch } = useQuery(districtsQuery)
  const round = useCurrentRound()
  const district = data?.features.find((feature) => feature.properties.districtId === id)?.properties
  usePageTitle(district?.name)
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  if (!district) return <ErrorState error={new ApiProblem('not-found', 404)} />
  return (
    <article className="bm-page bm-district">
      <BackLink to="/">{t('back')}</BackLink>
      <h1>
        <DistrictChip districtId={id} name={district.name} />
      </h1>
      {round ? <CurrentShare districtId={id} round={round} /> : null}
      <DistrictIdeas key={id} districtId={id} round={round ?? undefined} />
      <ShareHistory districtId={id} />
      <DistrictInstallations districtId={id} />
      <BorderNote areaM2={district.areaM2} attribution={data.attribution} isOfficial={data.isOfficial} />
    </article>
  )
}

function CurrentShare({ districtId, round }: { districtId: string; round: Round }) {
  const { t } = useTranslation('districts')
  const language = useLanguage()
  const share = useQuery(sharesQuery(round.year)).data?.items.find((item) => item.districtId === districtId)
  if (!share) return null
  const values = { year: round.year, share: formatAmount(share.shareDkk, language), total: formatAmount(round.totalDkk, language) }
  return (
    <div className="bm-district-share">
      <p>{t('share', values)}</p>
      <BudgetBar districtId={districtId} part={share.shareDkk} whole={round.totalDkk} />
    </div>
  )
}

function DistrictIdeas({ districtId, round }: { districtId: string; round: Round | undefined }) {
  const { t } = useTranslation('districts')
  const { t: ideas } = useTranslation('ideas')
  const filters = { district: districtId }
  const list = useInfiniteQuery(ideaListQuery(round?.year ?? null, filters))
  const total = list.data?.pages[0]?.total ?? 0
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <section className="bm-section" aria-labelledby="ideas">
      <h2 id="ideas">
        {t('ideas')} <span className="bm-soft bm-count">{list.data ? ideas('list.count', { count: total }) : ''}</span>
      </h2>
      {list.error ? <ErrorState error={list.error} onRetry={() => list.refetch()} /> : null}
      {items?.length === 0 ? <NoIdeas filters={filters} round={round} /> : null}
      <ol className="bm-bleed">{items?.map((idea) => <IdeaCard key={idea.ideaId} idea={idea} />) ?? <IdeaCardSkeleton />}</ol>
      {list.hasNextPage ? (
        <Button onClick={() => list.fetchNextPage()}>{ideas('list.more', { left: total - (items?.length ?? 0) })}</Button>
      ) : null}
    </section>
  )
}

function BorderNote({ areaM2, attribution, isOfficial }: { areaM2: number; attribution: string; isOfficial: boolean }) {
  const { t } = useTranslation('districts')
  const language = useLanguage()
  return (
    <p className="bm-fine">
      {t('area', { area: formatArea(Math.round(areaM2 / 10_000) * 10_000, language) })} {isOfficial ? '' : t('derived')} {attribution}.
    </p>
  )
}
