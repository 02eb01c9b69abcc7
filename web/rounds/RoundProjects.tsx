import { useQuery } from '@tanstack/react-query'
import type { Round } from '../../server/rounds/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { ProjectCard } from '../projects/ProjectCard.tsx'
import { projectsQuery } from '../projects/projects.api.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { groupByDistrict } from './groupByDistrict.ts'

/** The round's projects, district by district, winners first. */
export function RoundProjects({ round }: { round: Round }) {
  const { t } = useTranslation('rounds')
  const { data, error, refetch } = useQuery(projectsQuery(round.year))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  return (
    <section className="bm-section" aria-labelledby="projects">
      <h2 id="projects">{t('round.projects')}</h2>
      {!data ? <Skeleton height={200} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState
          title={t(round.phases.length > 0 ? 'round.noProjectsYet' : 'round.noProjects')}
          text={t(round.phases.length > 0 ? 'round.noProjectsYetText' : 'round.noProjectsText')}
        />
      ) : null}
      {data &&
        groupByDistrict(data.items).map(({ districtId, districtName, projects }) => (
          <div key={districtId ?? 'none'} className="bm-project-group">
            <h3>
              <DistrictChip districtId={districtId} name={districtName ?? t('round.wholeMunicipality')} />
            </h3>
            <ul>
              {projects.map((project) => (
                <ProjectCard key={project.projectId} project={project} />
              ))}
            </ul>
          </div>
        ))}
    </section>
  )
}
