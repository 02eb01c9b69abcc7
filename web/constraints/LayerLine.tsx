import { Link } from '@tanstack/react-router'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { INSTALLATION_TYPES } from '../../server/kernel/installationTypes.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { bySeverity } from './layerWords.ts'
import { SeveritySign } from './SeveritySign.tsx'
import { StatusChip } from './StatusChip.tsx'

/** A layer in the list: its name leads to its page; what it means and how old it is stand below. */
export function LayerLine({ layer }: { layer: ConstraintLayer }) {
  const language = useLanguage()
  return (
    <li className="bm-rule">
      <h3>
        <Link to="/plan/bindingslag/$layerId" params={{ layerId: layer.layerId }} className="bm-card-link">
          {layer.name[language]}
        </Link>
      </h3>
      <p className="bm-layer-law">{layer.law[language]}</p>
      <SeveritySummary layer={layer} />
      <StatusChip layer={layer} />
    </li>
  )
}

function SeveritySummary({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  return (
    <ul className="bm-severity-summary">
      {bySeverity(layer.severities).map(({ severity, types }) => (
        <li key={severity}>
          <SeveritySign severity={severity} />
          <span>
            <span className="bm-hidden">{t(`severity.${severity}`)}: </span>
            {types.length === INSTALLATION_TYPES.length ? t('allTypes') : types.map((type) => t(`typeInLine.${type}`)).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
