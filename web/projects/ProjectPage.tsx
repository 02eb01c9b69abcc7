import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Project } from '../../server/projects/contract.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { buttonClass } from '../ui/Button.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ShowOnMap } from '../ui/ShowOnMap.tsx'
import { ProjectFacts } from './ProjectFacts.tsx'
import { ProjectState } from './ProjectState.tsx'
import { ProjectTrace } from './ProjectTrace.tsx'
import { projectQuery } from './projects.api.ts'

/** One project: of an earlier round with everything the sources say, of today's with the ideas behind it. */
export function ProjectPage() {
  const { id } = useParams({ from: '/projekter/$id' })
  const { data, error, refetch } = useQuery(projectQuery(id))
  usePageTitle(data?.title)
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  return <ProjectContent project={data} />
}

/** Of an earlier round, or counted in a vote that is published: there is a result to read about. */
const hasResult = ({ state, outcome }: Project) => state === null || outcome !== 'unknown'

function ProjectContent({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { t: shell } = useTranslation('shell')
  const place = project.labelPoint
  return (
    <article className="bm-page bm-detail">
      <BackLink to="/runder/$year" params={{ year: String(project.roundYear) }}>
        {t('page.round', { year: project.roundYear })}
      </BackLink>
      <h1 lang="da">{project.title}</h1>
      <p className="bm-detail-meta">
        <ProjectState project={project} />
        {project.districtName ? <DistrictChip districtId={project.districtId} name={project.districtName} /> : null}
        <span className="bm-detail-sign">
          <CategoryIcon category={project.category} size={17} />
          {shell(`category.${project.category}`)}
        </span>
      </p>
      {project.stateReason ? <Notice>{t('reason', { reason: project.stateReason })}</Notice> : null}
      <p className="bm-text" lang="da">
        {project.description}
      </p>
      <div className="bm-detail-actions">
        {place ? <ShowOnMap lng={place[0]} lat={place[1]} /> : null}
        {project.installationId ? (
          <Link to="/anlaeg/$id" params={{ id: project.installationId }} className={buttonClass('quiet')}>
            {t('page.installation')}
          </Link>
        ) : null}
        {hasResult(project) ? (
          <Link
            to="/runder/$year/resultat"
            params={{ year: String(project.roundYear) }}
            hash={project.districtId ?? 'elsewhere'}
            className={buttonClass('quiet')}
          >
            {t('page.result', { year: project.roundYear })}
          </Link>
        ) : null}
      </div>
      {project.positionAccuracy === 'approximate' ? <p className="bm-fine">{shell('approximate')}</p> : null}
      {hasResult(project) ? <ProjectFacts project={project} /> : null}
      <ProjectTrace project={project} />
    </article>
  )
}
