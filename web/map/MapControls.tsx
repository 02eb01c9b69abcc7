import { Maximize, Minus, Plus, Shapes } from 'lucide-react'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { useState } from 'react'
import type { Translate } from '../lib/translate.ts'
import { BY_PERSON, freeMiddleOffset } from './camera.ts'
import { freeMiddleOf } from './freeMiddle.ts'
import { MapLegend } from './MapLegend.tsx'
import type { MapPadding } from './mapContract.ts'
import type { MapView } from './mapLayer.ts'

type MapControlsProps = { map: MapLibreMap; texts: Translate; padding: MapPadding; view: MapView; onShowAll: () => void }

/** Zoom, the whole municipality, the legend: large targets, translated, no gesture needed. */
export function MapControls({ map, texts, padding, view, onShowAll }: MapControlsProps) {
  const [isLegendOpen, setIsLegendOpen] = useState(false)
  const zoomBy = (step: number) => {
    const center = map.unproject(freeMiddleOf(map, padding))
    map.easeTo({ center, zoom: map.getZoom() + step, offset: freeMiddleOffset(padding), duration: 250 }, BY_PERSON)
  }
  return (
    <div className="bm-map-controls">
      <div className="bm-map-buttons">
        <ControlButton label={texts('controls.zoomIn')} onPress={() => zoomBy(1)} icon={Plus} />
        <ControlButton label={texts('controls.zoomOut')} onPress={() => zoomBy(-1)} icon={Minus} />
        <ControlButton label={texts('controls.showAll')} onPress={onShowAll} icon={Maximize} />
      </div>
      {!view.isDrawing && (
        <div className="bm-map-legend-corner">
          <div className="bm-map-buttons">
            <ControlButton
              label={texts('controls.legend')}
              onPress={() => setIsLegendOpen(!isLegendOpen)}
              icon={Shapes}
              isOpen={isLegendOpen}
            />
          </div>
          {isLegendOpen && <MapLegend texts={texts} view={view} onClose={() => setIsLegendOpen(false)} />}
        </div>
      )}
    </div>
  )
}

type ControlButtonProps = { label: string; onPress: () => void; icon: typeof Plus; isOpen?: boolean }

function ControlButton({ label, onPress, icon: Icon, isOpen }: ControlButtonProps) {
  return (
    <button type="button" className="bm-map-button" aria-label={label} title={label} aria-expanded={isOpen} onClick={onPress}>
      <Icon size={20} aria-hidden="true" />
    </button>
  )
}
