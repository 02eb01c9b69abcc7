import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { INSTALLATION_TYPES, type InstallationType } from '../../../server/kernel/installationTypes.ts'
import { checkQuery } from '../../feasibility/feasibility.api.ts'
import { middleOf } from '../../ideas/new/measure.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CrosshairChip } from './CrosshairChip.tsx'
import { Findings } from './Findings.tsx'
import { PlaceNumbers } from './PlaceNumbers.tsx'
import type { ToolProps } from './toolProps.ts'
import { useMapPencil } from './useMapPencil.ts'

/** What is here: a click gives the coordinates, and everything the layers say of the place. */
export function IdentifyPanel({ geometry, onGeometry }: ToolProps) {
  const { t } = useTranslation('mapTools')
  const [crosshair, setCrosshair] = useState(false)
  const [type, setType] = useState<InstallationType | null>(null)
  useMapPencil({
    mode: 'point',
    value: geometry?.type === 'Point' ? geometry : null,
    crosshair,
    hint: t('identify.hint'),
    onChange: onGeometry,
  })
  return (
    <div className="bm-tool-body">
      <CrosshairChip isOn={crosshair} onToggle={() => setCrosshair(!crosshair)} />
      {geometry === null ? <p className="bm-fine">{t('identify.empty')}</p> : <Answer {...{ geometry, type, setType }} />}
    </div>
  )
}

interface AnswerProps {
  geometry: PlaceGeometry
  type: InstallationType | null
  setType: (type: InstallationType | null) => void
}

function Answer({ geometry, type, setType }: AnswerProps) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const { csrfToken } = useSession()
  const { data, error, isFetching, refetch } = useQuery(checkQuery({ geometry, installationType: type }, language, csrfToken))
  return (
    <>
      <PlaceNumbers place={middleOf(geometry)} />
      <label className="bm-tool-field">
        <span>{t('identify.type')}</span>
        <select
          className="bm-select"
          value={type ?? ''}
          onChange={(event) => setType((event.target.value || null) as InstallationType | null)}
        >
          <option value="">{t('identify.anyType')}</option>
          {INSTALLATION_TYPES.map((one) => (
            <option key={one} value={one}>
              {t(`type.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {error ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {data ? <Findings result={data} /> : isFetching ? <Skeleton height={90} /> : null}
    </>
  )
}
