import { Link } from '@tanstack/react-router'
import type { Project } from '../../server/projects/contract.ts'
import { formatAmount, formatReducedDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { lendToMap } from '../shell/mapState.ts'
import { Tile } from '../ui/Tile.tsx'
import { ProjectState } from './ProjectState.tsx'

/** One project in a round's list: outcome, award and year, unknown said plainly. */
export function ProjectCard({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const language = useLanguage()
  const point = () => lendToMap({ hovered: { kind: 'project', id: project.projectId } })
  const leave = () => lendToMap({ hovered: null })
  const facts = [
    project.outcome === 'won' ? t('card.awarded', { amount: formatAmount(project.awardedDkk, language) }) : null,
    project.opened ? t('card.opened', { date: formatReducedDate(project.opened, language) }) : null,
    project.placeText,
  ].filter(Boolean)
  return (
    <li className="bm-card" onPointerEnter={point} onPointerLeave={leave} onFocus={point} onBlur={leave}>
      <Tile category={project.category} districtId={project.districtId} />
      <div className="bm-card-text">
        <h4 className="bm-card-title">
          <Link to="/projekter/$id" params={{ id: project.projectId }} className="bm-card-link" lang="da">
            {project.title}
          </Link>
        </h4>
        <p className="bm-card-meta">
          <ProjectState project={project} />
        </p>
        {facts.length > 0 ? <p className="bm-card-meta">{facts.join(' · ')}</p> : null}
      </div>
    </li>
  )
}
