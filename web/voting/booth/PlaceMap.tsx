import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { districtsQuery } from '../../districts/districts.api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { backdropData } from '../../map/backdropData.ts'
import { districtKey } from '../../ui/districtKey.ts'
import type { Ballot, Marks } from './ballot.ts'
import { apart, drawingOf, HEIGHT, pathOf, type Spot, WIDTH } from './placeDrawing.ts'
import { useBallotProjects } from './useBallotProjects.ts'

/** Where the projects lie in the district: a drawing with their numbers, which needs neither WebGL nor the map. */
export function PlaceMap({ year, ballot, marks }: { year: number; ballot: Ballot; marks: Marks }) {
  const { t } = useTranslation('voting')
  const { data: districts } = useQuery({ ...districtsQuery, retry: false })
  const projects = useBallotProjects(year)
  const drawing = useMemo(() => (districts ? drawingOf(districts.features, ballot.districtId) : null), [districts, ballot.districtId])
  if (drawing === null) return null
  const spots: Spot[] = ballot.lines.flatMap(({ projectId, lineNumber }) => {
    const place = projects.get(projectId)?.labelPoint
    return place ? [{ projectId, lineNumber, ...drawing.project(place) }] : []
  })
  if (spots.length === 0) return null
  const pins = apart(spots)
  return (
    <section className="bm-place-map" aria-labelledby="place-map">
      <h2 id="place-map">{t('choose.map')}</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('choose.mapLabel', { district: ballot.name })}>
        {drawing.districts.map(({ districtId, path }) => (
          <path
            key={districtId}
            d={path}
            data-bm-district={districtKey(districtId)}
            data-own={districtId === ballot.districtId || undefined}
          />
        ))}
        <path className="bm-place-road" d={pathOf(backdropData.roads, drawing.project)} />
        <path className="bm-place-rail" d={pathOf(backdropData.rail, drawing.project)} />
        <path className="bm-place-outline" d={drawing.own} data-bm-district={districtKey(ballot.districtId)} />
        <Stations project={drawing.project} pins={pins} />
        {pins.map(({ projectId, lineNumber, x, y }) => (
          <g
            key={projectId}
            transform={`translate(${x} ${y})`}
            className="bm-place-pin"
            data-marked={(marks[projectId] ?? 0) > 0 || undefined}
          >
            <rect x={-13} y={-13} width={26} height={26} rx={7} />
            <text textAnchor="middle" y={5}>
              {lineNumber}
            </text>
          </g>
        ))}
      </svg>
    </section>
  )
}

const CLOSE = 34

/** Stations tell where one is; a name gives way to a number that lies on it. */
function Stations({ project, pins }: { project: (place: readonly number[]) => { x: number; y: number }; pins: readonly Spot[] }) {
  const stations = backdropData.places.features.filter(({ properties }) => properties?.kind === 'station')
  return (
    <g className="bm-place-station">
      {stations.map(({ geometry, properties }) => {
        if (geometry.type !== 'Point') return null
        const { x, y } = project(geometry.coordinates)
        const isCovered = pins.some((pin) => Math.hypot(pin.x - x, pin.y - y - 10) < CLOSE)
        return (
          <g key={properties?.name} transform={`translate(${x} ${y})`}>
            <circle r={4} />
            {isCovered ? null : (
              <text y={17} textAnchor="middle">
                {properties?.name}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
