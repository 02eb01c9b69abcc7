import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useMemo, useState } from 'react'
import { ideaMapQuery } from '../../ideas/ideas.api.ts'
import { ringAreaM2 } from '../../ideas/new/measure.ts'
import { formatArea, formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'
import { useCurrentRound } from '../../rounds/rounds.api.ts'
import { lendToMap, useLentToMap } from '../../shell/mapState.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { bufferOf, distanceToGeometryM } from './buffer.ts'
import type { ToolProps } from './toolProps.ts'

const STEPS_M = [10, 25, 50, 100, 300] as const
const LARGEST_M = 1000
const LISTED = 8

/** Everything within a distance of the open idea, or of what was drawn or pointed at. */
export function BufferPanel({ geometry, onGeometry, onTool }: ToolProps) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const id = useId()
  const opened = useLentToMap((state) => state.highlight)
  const [distanceM, setDistanceM] = useState(25)
  const centre = opened ?? geometry
  const area = useMemo(() => (centre ? bufferOf(centre, distanceM) : null), [centre, distanceM])
  useMark(area)
  if (!centre || !area) return <p className="bm-fine">{t('buffer.empty')}</p>
  return (
    <div className="bm-tool-body">
      <p className="bm-fine">{t(opened ? 'buffer.aroundIdea' : 'buffer.aroundDrawn')}</p>
      <div className="bm-chip-wrap">
        {STEPS_M.map((step) => (
          <Chip key={step} isOn={distanceM === step} onToggle={() => setDistanceM(step)}>
            {formatDistance(step, language)}
          </Chip>
        ))}
      </div>
      <div className="bm-tool-field">
        <label htmlFor={id}>{t('buffer.distance')}</label>
        <input
          id={id}
          className="bm-input"
          type="number"
          inputMode="numeric"
          min={1}
          max={LARGEST_M}
          value={distanceM}
          onChange={(event) => setDistanceM(Math.min(LARGEST_M, Math.max(1, Math.round(Number(event.target.value)) || 1)))}
        />
      </div>
      <p className="bm-measure" role="status">
        {formatArea(ringAreaM2(area.coordinates[0] ?? []), language)}
      </p>
      <IdeasWithin geometry={centre} distanceM={distanceM} />
      <Button
        onClick={() => {
          onGeometry(area)
          onTool('identify')
        }}
      >
        {t('buffer.check')}
      </Button>
    </div>
  )
}

function useMark(area: PlaceGeometry | null) {
  useEffect(() => {
    lendToMap({ marks: area && { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: area }] } })
  }, [area])
  useEffect(() => () => lendToMap({ marks: null }), [])
}

function IdeasWithin({ geometry, distanceM }: { geometry: PlaceGeometry; distanceM: number }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const round = useCurrentRound()
  const { data } = useQuery(ideaMapQuery(round?.year ?? null, {}, true))
  const near = useMemo(
    () =>
      (data?.features ?? [])
        .map(({ properties: { ideaId, title, lng, lat } }) => ({ ideaId, title, awayM: distanceToGeometryM([lng, lat], geometry) }))
        .filter(({ awayM }) => awayM > 0.5 && awayM <= distanceM)
        .sort((a, b) => a.awayM - b.awayM),
    [data, geometry, distanceM],
  )
  return (
    <>
      <h3>{t('buffer.ideas', { count: near.length })}</h3>
      <ul className="bm-notes">
        {near.slice(0, LISTED).map(({ ideaId, title, awayM }) => (
          <li key={ideaId}>
            <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }}>
              {title}
            </Link>{' '}
            <span className="bm-soft-text">{formatDistance(awayM, language)}</span>
          </li>
        ))}
      </ul>
      {near.length > LISTED ? <p className="bm-fine">{t('buffer.more', { count: near.length - LISTED })}</p> : null}
    </>
  )
}
