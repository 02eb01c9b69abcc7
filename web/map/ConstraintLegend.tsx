import { X } from 'lucide-react'
import type { Translate } from '../lib/translate.ts'
import { ConstraintSign } from './ConstraintSign.tsx'
import { LayerSwatch } from './LayerSwatch.tsx'
import type { ShownConstraint } from './mapContract.ts'

type ConstraintLegendProps = { texts: Translate; shown: readonly ShownConstraint[]; onHide: () => void }

/** What the painted areas are. Stands on wide maps; on a phone the card in the sheet carries the same signs. */
export function ConstraintLegend({ texts, shown, onHide }: ConstraintLegendProps) {
  return (
    <section className="bm-map-rules" aria-label={texts('rules.title')}>
      <div className="bm-map-card-head">
        <h2 className="bm-map-card-title">{texts('rules.title')}</h2>
        <button type="button" className="bm-map-card-close" aria-label={texts('rules.hide')} onClick={onHide}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      <ul>
        {shown.map(({ layerId, name, severity, paint }) => (
          <li key={layerId}>
            {paint ? <LayerSwatch {...paint} /> : <ConstraintSign severity={severity} />}
            <span>
              {name}
              {paint ? null : <span className="bm-map-rules-word">{texts(`rules.severity.${severity}`)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {shown.some(({ isDemo }) => isDemo) && <p className="bm-map-rules-demo">{texts('rules.demo')}</p>}
    </section>
  )
}
