import { Link } from '@tanstack/react-router'
import type { Idea } from '../../server/ideas/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'

/** What became of the idea: the projects it went into, or the public reason why it goes no further. */
export function IdeaTrace({ idea: { outcome, projects } }: { idea: Idea }) {
  const { t } = useTranslation('idea')
  if (outcome === null && projects.length === 0) return null
  return (
    <section className="bm-section" aria-labelledby="trace">
      <h2 id="trace">{t('trace.title')}</h2>
      <ul className="bm-idea-trace">
        {outcome ? <OutcomeLine outcome={outcome} /> : null}
        {projects.map((project) => (
          <ProjectLine key={project.projectId} project={project} />
        ))}
      </ul>
    </section>
  )
}

function OutcomeLine({ outcome }: { outcome: NonNullable<Idea['outcome']> }) {
  const { t } = useTranslation('idea')
  if (outcome.kind === 'withdrawn-in-favour' && outcome.projectId !== null) {
    return (
      <li>
        {t('trace.inFavour')}{' '}
        <Link to="/projekter/$id" params={{ id: outcome.projectId }}>
          {outcome.projectTitle}
        </Link>
      </li>
    )
  }
  return (
    <li>
      <strong>{t('trace.notTaken')}</strong>
      <p className="bm-text">{t('trace.reason', { reason: outcome.reason ?? '' })}</p>
    </li>
  )
}

function ProjectLine({ project }: { project: Idea['projects'][number] }) {
  const { t } = useTranslation('idea')
  const { projectId, title, districtId, districtName, state, isActive, isMerged } = project
  const facts = [t(`trace.state.${state}`), isActive && isMerged ? t('trace.merged') : null]
  return (
    <li>
      {t(isActive ? 'trace.partOf' : 'trace.wasPartOf')}{' '}
      <Link to="/projekter/$id" params={{ id: projectId }}>
        {title}
      </Link>
      <p className="bm-detail-meta">
        <DistrictChip districtId={districtId} name={districtName} />
        <span>{facts.filter(Boolean).join(' · ')}</span>
      </p>
    </li>
  )
}
