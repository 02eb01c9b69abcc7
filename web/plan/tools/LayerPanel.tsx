import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ConstraintLayer } from '../../../server/constraints/contract.ts'
import { catalogueQuery } from '../../constraints/constraints.api.ts'
import { formatDate, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { constraintPaint } from '../../map/constraintPaint.ts'
import { LayerSwatch } from '../../map/LayerSwatch.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { hasMap, setOpacity, useOpacity, useShownLayers } from './useLayers.ts'

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const

/** The catalogue as switches: what each layer is, how old its data is, and its legend, in the planner's order of work. */
export function LayerPanel() {
  const { t } = useTranslation('mapTools')
  const { data, error, refetch } = useQuery(catalogueQuery)
  const { shown, hideAll } = useShownLayers()
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <Skeleton height={200} />
  const mapped = data.items.filter(({ isMapped }) => isMapped)
  const unmapped = data.items.filter(({ isMapped }) => !isMapped)
  return (
    <div className="bm-layers">
      <p className="bm-fine">{t('layers.intro')}</p>
      {shown.length > 0 ? (
        <Button look="plain" className="bm-small-button" onClick={hideAll}>
          {t('layers.hideAll', { count: shown.length })}
        </Button>
      ) : null}
      {STEPS.map((step) => (
        <LayerGroup key={step} title={t(`step.${step}`)} layers={mapped.filter(({ workOrder }) => workOrder === step)} />
      ))}
      {unmapped.length > 0 ? <Unmapped layers={unmapped} /> : null}
      <p className="bm-fine">
        <Link to="/plan/bindingslag">{t('layers.catalogue')}</Link>
      </p>
    </div>
  )
}

function LayerGroup({ title, layers }: { title: string; layers: ConstraintLayer[] }) {
  if (layers.length === 0) return null
  return (
    <fieldset className="bm-layer-group">
      <legend>{title}</legend>
      <ul>
        {layers.map((layer) => (
          <LayerLine key={layer.layerId} layer={layer} />
        ))}
      </ul>
    </fieldset>
  )
}

function LayerLine({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const { shown, isFull, toggle } = useShownLayers()
  const isOn = shown.includes(layer.layerId)
  const canShow = hasMap(layer)
  return (
    <li className="bm-layer" data-status={layer.data.status}>
      <label>
        <input type="checkbox" checked={isOn && canShow} disabled={!canShow || (isFull && !isOn)} onChange={() => toggle(layer.layerId)} />
        <LayerSwatch {...constraintPaint(layer.layerNumber)} />
        <span>{layer.name[language]}</span>
      </label>
      <LayerStatusLine layer={layer} />
      {isOn && canShow ? (
        <>
          <p className="bm-fine">
            {layer.rule[language]} {t('layers.count', { count: layer.data.featureCount ?? 0 })}
          </p>
          <OpacitySlider layerId={layer.layerId} name={layer.name[language]} />
        </>
      ) : null}
    </li>
  )
}

/** How old the data is, in words and with a sign: what was never loaded is not green, it is not checked. */
function LayerStatusLine({ layer: { data } }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const day = data.datasetDate ?? data.loadedAt
  return (
    <p className="bm-layer-status">
      <span>{t(`status.${data.status}`, { date: day ? formatDate(day, language) : t('layers.noDate') })}</span>
      {data.isDemo ? <span className="bm-badge">{t('layers.demo')}</span> : null}
    </p>
  )
}

function OpacitySlider({ layerId, name }: { layerId: string; name: string }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  const opacity = useOpacity(layerId)
  return (
    <label className="bm-layer-opacity">
      <span>{t('layers.opacity')}</span>
      <input
        type="range"
        min={20}
        max={100}
        step={10}
        value={Math.round(opacity * 100)}
        aria-label={t('layers.opacityOf', { name })}
        onChange={(event) => setOpacity(layerId, Number(event.target.value) / 100)}
      />
      <output>{formatNumber(opacity * 100, language)} %</output>
    </label>
  )
}

function Unmapped({ layers }: { layers: ConstraintLayer[] }) {
  const { t } = useTranslation('mapTools')
  const language = useLanguage()
  return (
    <details className="bm-layer-more">
      <summary>{t('layers.unmapped', { count: layers.length })}</summary>
      <p className="bm-fine">{t('layers.unmappedText')}</p>
      <ul className="bm-notes">
        {layers.map(({ layerId, name, law }) => (
          <li key={layerId}>
            {name[language]} <span className="bm-soft-text">{law[language]}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
