import { useState } from 'react'
import { lineLengthM, ringAreaM2 } from '../../ideas/new/measure.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { CrosshairChip } from './CrosshairChip.tsx'
import type { ToolProps } from './toolProps.ts'
import { useMapPencil } from './useMapPencil.ts'

const MODES = ['line', 'polygon'] as const
const typeOf = { line: 'LineString', polygon: 'Polygon' } as const

/** Length of a line, area and edge of a shape, in the municipality's own metres. */
export function MeasurePanel({ geometry, onGeometry, onTool }: ToolProps) {
  const { t } = useTranslation('mapTools')
  const [mode, setMode] = useState<(typeof MODES)[number]>(geometry?.type === 'Polygon' ? 'polygon' : 'line')
  const [crosshair, setCrosshair] = useState(false)
  const [drawing, setDrawing] = useState<PlaceGeometry | null>(null)
  const value = geometry?.type === typeOf[mode] ? geometry : null
  useMapPencil({ mode, value, crosshair, hint: t(`measure.hint.${mode}`), onChange: onGeometry, onDrawing: setDrawing })
  return (
    <div className="bm-tool-body">
      <div className="bm-chip-wrap">
        {MODES.map((one) => (
          <Chip key={one} isOn={mode === one} onToggle={() => setMode(one)}>
            {t(`measure.mode.${one}`)}
          </Chip>
        ))}
      </div>
      <CrosshairChip isOn={crosshair} onToggle={() => setCrosshair(!crosshair)} />
      {drawing ? (
        // Not a live region: it changes with every movement of the pointer.
        <div className="bm-measure-live">
          <p className="bm-fine">{t('measure.soFar')}</p>
          <Measures geometry={drawing} />
        </div>
      ) : (
        <div role="status">{value ? <Measures geometry={value} /> : <p className="bm-fine">{t('measure.empty')}</p>}</div>
      )}
      {value && !drawing ? (
        <div className="bm-chip-wrap">
          <Button onClick={() => onTool('identify')}>{t('measure.whatIsHere')}</Button>
          <Button look="plain" onClick={() => onGeometry(null)}>
            {t('measure.clear')}
          </Button>
        </div>
      ) : null}
      <p className="bm-fine">{t('measure.preview')}</p>
    </div>
  )
}

function Measures({ geometry }: { geometry: PlaceGeometry }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const metres = (value: number) => `${formatNumber(value, language, 1)} m`
  if (geometry.type === 'LineString') return <p className="bm-measure">{metres(lineLengthM(geometry.coordinates))}</p>
  if (geometry.type !== 'Polygon') return null
  const ring = geometry.coordinates[0] ?? []
  const [areaM2, edgeM] = [ringAreaM2(ring), lineLengthM(ring)]
  // Two corners are no area yet: their distance counts, which the ring goes twice.
  if (areaM2 < 0.05) return <p className="bm-measure">{metres(edgeM / 2)}</p>
  return (
    <p className="bm-measure">
      {formatNumber(areaM2, language, 1)} m² <span className="bm-fine">{t('measure.edge', { length: metres(edgeM) })}</span>
    </p>
  )
}
