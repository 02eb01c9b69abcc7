import { X } from 'lucide-react'
import type { Translate } from '../lib/translate.ts'
import { LegendSign } from './LegendSign.tsx'
import { LAYER_ORDER } from './layerOrder.ts'
import type { LegendEntry, MapView } from './mapLayer.ts'

type MapLegendProps = { texts: Translate; view: MapView; onClose: () => void }

/** What the signs mean. Read from the layers that show, so that legend and map cannot part. */
export function MapLegend({ texts, view, onClose }: MapLegendProps) {
  const layers = LAYER_ORDER.filter((layer) => layer.visibleWhen(view)).toReversed()
  const entries = layers.flatMap((layer) => layer.legend).filter((entry) => isShown(entry, view))
  return (
    <section className="bm-map-legend" aria-label={texts('legend.title')}>
      <div className="bm-map-card-head">
        <h2 className="bm-map-card-title">{texts('legend.title')}</h2>
        <button type="button" className="bm-map-card-close" aria-label={texts('legend.close')} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      <ul>
        {entries.map((entry) => (
          <li key={entry.sign}>
            <LegendSign sign={entry.sign} />
            {texts(entry.textKey)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function isShown({ sign }: LegendEntry, view: MapView): boolean {
  const isKind = sign === 'idea' || sign === 'project' || sign === 'installation'
  return !isKind || view.visibleKinds.includes(sign)
}
