import type { CheckResult } from '../../server/feasibility/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { lineLengthM, middleOf } from '../ideas/new/measure.ts'
import { formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { compareAnswers, directionOf } from './answer.ts'
import { BetterPlace } from './BetterPlace.tsx'
import { CheckFailed } from './CheckFailed.tsx'
import { FeasibilityCard, FeasibilitySkeleton } from './FeasibilityCard.tsx'
import { ShowRules } from './ShowRules.tsx'
import { TypeChoice } from './TypeChoice.tsx'
import { useCheck } from './useCheck.ts'
import './feasibility.css'

interface PlaceFeasibilityProps {
  geometry: PlaceGeometry
  /** Where a dragged pin or the cross is right now. */
  trial: PlaceGeometry | null
  installationType: InstallationType | null
  onType: (type: InstallationType | null) => void
  onMove: (geometry: PlaceGeometry) => void
}

/** The card beside the form's map: it follows the pin, says whether over there is better, and never stops anybody. */
export function PlaceFeasibility({ geometry, trial, installationType, onType, onMove }: PlaceFeasibilityProps) {
  const { t } = useTranslation('feasibility')
  const chosen = useCheck({ geometry, installationType })
  const moving = useCheck({ geometry: trial, installationType })
  const isTrying = trial !== null && moving.result !== undefined
  const { result, error, isOld, retry } = isTrying ? moving : chosen
  if (error) return <CheckFailed error={error} onRetry={retry} />
  if (result === undefined) return <FeasibilitySkeleton />
  return (
    <FeasibilityCard
      result={result}
      isOld={isOld}
      heading="h3"
      actions={
        <>
          <ShowRules result={result} geometry={geometry} />
          {isTrying ? null : <BetterPlace question={{ geometry, installationType }} isBest={result.verdict === 'clear'} onMove={onMove} />}
        </>
      }
      foot={<p className="bm-soft">{t('neverBlocks')}</p>}
    >
      {isTrying && chosen.result ? <TrialLine from={geometry} to={trial} before={chosen.result} now={result} /> : null}
      <TypeChoice value={installationType} onChange={onType} />
    </FeasibilityCard>
  )
}

interface TrialLineProps {
  from: PlaceGeometry
  to: PlaceGeometry
  before: CheckResult
  now: CheckResult
}

/** Whether the place under the finger is better than the chosen one. */
function TrialLine({ from, to, before, now }: TrialLineProps) {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  const [start, end] = [middleOf(from), middleOf(to)]
  const distanceM = Math.round(lineLengthM([start, end]))
  if (distanceM === 0) return null
  const comparison = compareAnswers(now, before)
  return (
    <p className="bm-trial" data-comparison={comparison}>
      {t(`trial.${comparison}`, { distance: formatDistance(distanceM, language), direction: t(`direction.${directionOf(start, end)}`) })}
    </p>
  )
}
