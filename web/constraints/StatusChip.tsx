import Check from 'lucide-react/icons/check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import Clock from 'lucide-react/icons/clock'
import MapPinOff from 'lucide-react/icons/map-pin-off'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { statusOf } from './layerStatus.ts'

const SIGNS = { fresh: Check, stale: Clock, 'never-loaded': CircleDashed, failed: TriangleAlert, unmapped: MapPinOff }

/** How far the data of a layer can be trusted, by shape, words and date. */
export function StatusChip({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  const status = statusOf(layer)
  const Sign = SIGNS[status]
  const day = layer.data.datasetDate ?? layer.data.loadedAt
  return (
    <span className="bm-status-line">
      <span className="bm-status" data-status={status}>
        <Sign aria-hidden="true" />
        {t(`status.${status}`, { date: day ? formatDate(day, language) : '' })}
      </span>
      {layer.data.isDemo ? <span className="bm-badge">{t('demo')}</span> : null}
    </span>
  )
}
