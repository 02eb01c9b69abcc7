import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { districtsQuery } from '../../districts/districts.api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { projectsQuery } from '../../projects/projects.api.ts'
import { outlineOf, SIZE } from './ballotDrawing.ts'

/** Where the projects lie, as lines and numbers that any printer prints. Without places there is no map. */
export function BallotMap({ year, districtId, lines }: { year: number; districtId: string; lines: MeetingDesk['lines'] }) {
  const { t } = useTranslation('meetings')
  const { data: districts } = useQuery({ ...districtsQuery, retry: false })
  const { data: projects } = useQuery({ ...projectsQuery(year), retry: false })
  const outline = useMemo(() => (districts ? outlineOf(districts.features, districtId) : null), [districts, districtId])
  if (outline === null || projects === undefined) return null
  const spots = lines.flatMap(({ projectId, lineNumber }) => {
    const place = projects.items.find((project) => project.projectId === projectId)?.labelPoint
    return place ? [{ lineNumber, ...outline.placeOf(place) }] : []
  })
  if (spots.length === 0) return null
  return (
    <svg className="bm-ballot-map" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t('ballots.map')}>
      <path d={outline.path} />
      {spots.map(({ lineNumber, x, y }) => (
        <g key={lineNumber} transform={`translate(${x} ${y})`}>
          <circle r={13} />
          <text textAnchor="middle" y={5}>
            {lineNumber}
          </text>
        </g>
      ))}
    </svg>
  )
}
