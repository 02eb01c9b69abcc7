import type { PlaceGeometry } from '../../../server/kernel/geometry.ts'
import type { Round, Share } from '../../../server/rounds/contract.ts'
import { formatAmount, formatArea, formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { canDraw } from '../../map/canDraw.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { lineLengthM, ringAreaM2 } from './measure.ts'
import type { PlaceAnswer } from './usePlaceAnswer.ts'

interface PlaceResultProps {
  geometry: PlaceGeometry | null
  answer: PlaceAnswer | null
  share: Share | null
  round: Pick<Round, 'totalDkk'> | null
}

/** Which district the place is in and what it has to share, or how far away the nearest is. Read aloud when it changes. */
export function PlaceResult({ geometry, answer, share, round }: PlaceResultProps) {
  const { t } = useTranslation('newIdea')
  return (
    <div
      className="bm-place-result"
      aria-live="polite"
      data-bm-district={answer?.preview.inside ? districtKey(answer.preview.districtId) : undefined}
    >
      {geometry === null ? <p>{t(canDraw() ? 'place.lead' : 'place.leadWithoutMap')}</p> : null}
      {geometry !== null && answer?.preview.inside === true ? (
        <Inside answer={answer} geometry={geometry} share={share} round={round} />
      ) : null}
      {geometry !== null && answer?.preview.inside === false ? <Outside answer={answer} /> : null}
      {geometry === null || geometry.type === 'Point' ? null : <Measure geometry={geometry} />}
    </div>
  )
}

function Inside({ answer, geometry, share, round }: PlaceResultProps & { answer: PlaceAnswer; geometry: PlaceGeometry }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const { preview, certainty } = answer
  if (!preview.inside) return null
  const shareDkk = share?.shareDkk ?? null
  const certaintyText =
    certainty === 'preview' && geometry.type !== 'Point' ? 'previewShape' : certainty === 'asking' ? 'checking' : certainty
  return (
    <>
      <p className="bm-place-name">
        <span className="bm-dot" aria-hidden="true" />
        <strong>{preview.name}</strong>
      </p>
      <p>
        {shareDkk === null
          ? t('place.shareUnknown')
          : t('place.share', { share: formatAmount(shareDkk, language), total: formatAmount(round?.totalDkk, language) })}
      </p>
      <BudgetBar districtId={preview.districtId} part={shareDkk} whole={round?.totalDkk ?? null} />
      {preview.spansNames.length > 1 ? (
        <p>{t('place.spans', { names: new Intl.ListFormat(language, { type: 'conjunction' }).format(preview.spansNames) })}</p>
      ) : null}
      {preview.partlyOutside ? <p className="bm-warning">{t('place.partly')}</p> : null}
      <p className="bm-soft bm-certainty">{t(`place.${certaintyText}`)}</p>
    </>
  )
}

function Outside({ answer: { preview } }: { answer: PlaceAnswer }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  if (preview.inside) return null
  return (
    <>
      <p>
        <strong>{t('place.outside')}</strong>
      </p>
      <p>{t('place.outsideText', { name: preview.nearestDistrictName, distance: formatDistance(preview.distanceM, language) })}</p>
    </>
  )
}

function Measure({ geometry }: { geometry: Exclude<PlaceGeometry, { type: 'Point' }> }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  if (geometry.type === 'LineString')
    return <p>{t('place.length', { length: formatDistance(lineLengthM(geometry.coordinates), language) })}</p>
  return <p>{t('place.area', { area: formatArea(Math.round(ringAreaM2(geometry.coordinates[0] ?? [])), language) })}</p>
}
