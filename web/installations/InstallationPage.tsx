import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Installation } from '../../server/installations/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { formatAmount, formatReducedDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { FundingList } from '../projects/FundingList.tsx'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { Amount } from '../ui/Amount.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Facts } from '../ui/Facts.tsx'
import { ShowOnMap } from '../ui/ShowOnMap.tsx'
import { Tile } from '../ui/Tile.tsx'
import { installationsQuery } from './installations.api.ts'

/** One finished thing and the projects behind it. */
export function InstallationPage() {
  const { id } = useParams({ from: '/anlaeg/$id' })
  const { data, error, refetch } = useQuery(installationsQuery)
  const installation = data?.items.find((item) => item.installationId === id)
  usePageTitle(installation?.title)
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  if (!installation) return <ErrorState error={new ApiProblem('not-found', 404)} />
  return <InstallationContent installation={installation} />
}

function InstallationContent({ installation }: { installation: Installation }) {
  const { t } = useTranslation('installations')
  const { t: shell } = useTranslation('shell')
  const [lng, lat] = installation.geometry.coordinates
  return (
    <article className="bm-page bm-detail">
      <BackLink to="/anlaeg">{t('back')}</BackLink>
      <div className="bm-banner-tile">
        <Tile category={installation.category} districtId={installation.districtId} />
      </div>
      <h1 lang="da">{installation.title}</h1>
      <p className="bm-detail-meta">
        <DistrictChip districtId={installation.districtId} name={installation.districtName} />
        <span className="bm-detail-sign">
          <CategoryIcon category={installation.category} size={17} />
          {shell(`category.${installation.category}`)}
        </span>
      </p>
      <p className="bm-text" lang="da">
        {installation.description}
      </p>
      <div className="bm-detail-actions">
        <ShowOnMap lng={lng} lat={lat} />
      </div>
      {installation.positionAccuracy === 'approximate' ? <p className="bm-fine">{shell('approximate')}</p> : null}
      <InstallationFacts installation={installation} />
    </article>
  )
}

function InstallationFacts({ installation }: { installation: Installation }) {
  const { t } = useTranslation('installations')
  const { t: shell } = useTranslation('shell')
  const language = useLanguage()
  const opened = installation.openedText && language === 'da' ? installation.openedText : formatReducedDate(installation.opened, language)
  const place = installation.placeText
  return (
    <section className="bm-section" aria-label={t('facts')}>
      <Facts
        items={[
          {
            term: t('fact.place'),
            value: place === null ? <span className="bm-unknown">{shell('unknown')}</span> : <span lang="da">{place}</span>,
          },
          { term: t('fact.opened'), value: opened },
          { term: t('fact.cost'), value: <Amount value={installation.totalCostDkk} /> },
          { term: t('fact.awarded'), value: <Amount value={installation.awardedDkk} /> },
          { term: t('fact.funding'), value: <FundingList funding={installation.funding} /> },
          { term: t('fact.projects'), value: <ProjectLinks installation={installation} /> },
        ]}
      />
    </section>
  )
}

function ProjectLinks({ installation }: { installation: Installation }) {
  const language = useLanguage()
  return (
    <ul>
      {installation.projects.map(({ projectId, roundYear, title, awardedDkk }) => (
        <li key={projectId}>
          {roundYear}:{' '}
          <Link to="/projekter/$id" params={{ id: projectId }} lang="da">
            {title}
          </Link>{' '}
          <span className="bm-soft">({formatAmount(awardedDkk, language)})</span>
        </li>
      ))}
    </ul>
  )
}
