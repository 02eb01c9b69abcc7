import MapPin from 'lucide-react/icons/map-pin'
import { useTranslation } from '../../lib/i18n.ts'
import { cameraText } from '../../lib/searchParams.ts'
import { useBallotProjects } from './useBallotProjects.ts'

const CLOSE_ZOOM = 15.5

/** The way to look at the place: another window, so that the booth stays as it is. */
export function LinePlace({ year, projectId, title }: { year: number; projectId: string; title: string }) {
  const { t } = useTranslation('voting')
  const project = useBallotProjects(year).get(projectId)
  if (!project?.labelPoint) return null
  const [lng, lat] = project.labelPoint
  return (
    <a
      className="bm-ballot-place"
      href={`/projekter/${projectId}?at=${cameraText({ lng, lat, zoom: CLOSE_ZOOM })}`}
      target="_blank"
      rel="noreferrer"
      aria-label={t('choose.placeOf', { title })}
    >
      <MapPin aria-hidden="true" />
      {t('choose.place')}
    </a>
  )
}
