import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PlanTabs } from '../plan/PlanTabs.tsx'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { catalogueQuery } from './constraints.api.ts'
import './constraints.css'
import { LayerLine } from './LayerLine.tsx'
import { countMaps } from './layerStatus.ts'
import { SeverityLegend } from './SeveritySign.tsx'

/** `/plan/bindingslag`: every rule about places in the order a planner works through them. */
export function ConstraintsPage() {
  const { t } = useTranslation('constraints')
  const { data, error, refetch } = useQuery(catalogueQuery)
  const { mayPlan } = useMayPlan()
  usePageTitle(t('title'))
  useEffect(() => {
    if (data) markTextUsable()
  }, [data])
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  const steps = [...Map.groupBy(data.items, ({ workOrder }) => workOrder)].sort(([a], [b]) => a - b)
  return (
    <div className="bm-page bm-constraints">
      {mayPlan ? <PlanTabs /> : null}
      <h1>{t('title')}</h1>
      <p className="bm-lead">{t('lead', { count: data.items.length })}</p>
      <NotChecked layers={data.items} />
      <SeverityLegend />
      {steps.map(([step, layers]) => (
        <Step key={step} step={step} layers={layers} />
      ))}
    </div>
  )
}

function NotChecked({ layers }: { layers: readonly ConstraintLayer[] }) {
  const { t } = useTranslation('constraints')
  const { maps, notChecked } = countMaps(layers)
  if (notChecked === 0) return null
  return (
    <Notice>
      <strong>{t('notChecked', { count: notChecked, maps })}</strong> {t('notCheckedText')}
    </Notice>
  )
}

function Step({ step, layers }: { step: number; layers: readonly ConstraintLayer[] }) {
  const { t } = useTranslation('constraints')
  const id = `trin-${step}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="bm-step-title">
        <span className="bm-step-count">{step}</span>
        {t(`step.${step}`)}
      </h2>
      <ul className="bm-rules">
        {layers.map((layer) => (
          <LayerLine key={layer.layerId} layer={layer} />
        ))}
      </ul>
    </section>
  )
}
