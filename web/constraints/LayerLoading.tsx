import type { ConstraintLayer, LayerLoad } from '../../server/constraints/contract.ts'
import { formatTime } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { useLayerLoad } from './useLayerLoad.ts'

/** For staff: the load that waits or is under way, live, and the way to ask for one. */
export function LayerLoading({ layer }: { layer: ConstraintLayer }) {
  const { t } = useTranslation('constraints')
  const { progress, isOver, error, mayReload, reload } = useLayerLoad(layer.layerId)
  if (progress === null || !layer.isMapped) return null
  if (progress.load) return <Progress load={progress.load} before={layer.data.featureCount} />
  return (
    <div className="bm-layer-load">
      {isOver ? <p>{t(layer.data.failure ? 'load.failed' : 'load.done')}</p> : null}
      {error ? <ErrorState error={error} /> : null}
      {progress.reload === 'possible' ? (
        <Button onClick={reload} disabled={!mayReload}>
          {t('load.ask')}
        </Button>
      ) : (
        <p className="bm-fine">{t(`load.${progress.reload}`)}</p>
      )}
    </div>
  )
}

function Progress({ load: { status, startedAt, featureCount }, before }: { load: LayerLoad; before: number | null }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  return (
    <div className="bm-layer-load" data-status={status}>
      <p>
        <strong>{t(`load.${status}`)}</strong> {t('load.since', { time: formatTime(Date.parse(startedAt), language) })}
      </p>
      <progress aria-label={t(`load.${status}`)} />
      {status === 'running' ? (
        <p>
          {t('load.soFar', { count: featureCount })}{' '}
          {before === null ? null : <span className="bm-fine">{t('load.before', { count: before })}</span>}
        </p>
      ) : null}
    </div>
  )
}
