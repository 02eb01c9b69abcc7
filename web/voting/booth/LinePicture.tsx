import { useQuery } from '@tanstack/react-query'
import { ideaQuery } from '../../ideas/ideas.api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useBallotProjects } from './useBallotProjects.ts'

/** The first picture of the first idea behind a project, when there is one. */
export function LinePicture({ year, projectId, title }: { year: number; projectId: string; title: string }) {
  const { t } = useTranslation('voting')
  const project = useBallotProjects(year).get(projectId)
  const ideaId = project?.ideas.find(({ isActive }) => isActive)?.ideaId
  const { data: idea } = useQuery({ ...ideaQuery(ideaId ?? 0), enabled: ideaId !== undefined, retry: false })
  const picture = idea?.pictures[0]
  const small = picture?.variants.at(1) ?? picture?.variants[0]
  if (!picture || !small) return null
  return <img className="bm-ballot-picture" src={small.url} alt={picture.altText || t('choose.picture', { title })} loading="lazy" />
}
