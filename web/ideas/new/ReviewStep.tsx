import type { ReactNode } from 'react'
import { formatAmount, formatArea, formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { CategoryIcon } from '../../map/CategoryIcon.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { readAmount } from './amount.ts'
import type { Draft, DraftPicture } from './draft.ts'
import { lineLengthM, ringAreaM2 } from './measure.ts'
import type { Step } from './stepNumber.ts'
import { usePictureUrl } from './usePictureUrl.ts'
import type { PlaceAnswer } from './usePlaceAnswer.ts'

interface ReviewStepProps {
  draft: Draft
  answer: PlaceAnswer | null
  onStep: (step: Step) => void
}

/** Everything once more, each part with the way back to its step. */
export function ReviewStep({ draft, answer, onStep }: ReviewStepProps) {
  const { t } = useTranslation(['newIdea', 'shell'])
  const language = useLanguage()
  const amount = readAmount(draft.wishedAmount)
  const amountText = amount.ok && amount.amountDkk !== null ? formatAmount(amount.amountDkk, language) : draft.wishedAmount
  return (
    <>
      <p className="bm-lead">{t('review.lead')}</p>
      <dl className="bm-review">
        <Part name={t('review.place')} step={1} onStep={onStep}>
          {answer?.preview.inside ? <DistrictChip districtId={answer.preview.districtId} name={answer.preview.name} /> : null}
          <PlaceWords draft={draft} />
        </Part>
        <Part name={t('review.text')} step={2} onStep={onStep}>
          {draft.title.trim() ? <strong>{draft.title}</strong> : <Missing />}
          {draft.description.trim() ? <p className="bm-written">{draft.description}</p> : null}
        </Part>
        <Part name={t('review.category')} step={2} onStep={onStep}>
          {draft.category ? (
            <span className="bm-review-category">
              <CategoryIcon category={draft.category} />
              {t(`category.${draft.category}`, { ns: 'shell' })}
            </span>
          ) : (
            <Missing />
          )}
        </Part>
        <Part name={t('review.pictures')} step={2} onStep={onStep}>
          {draft.pictures.length === 0 ? <span className="bm-soft">{t('review.noPictures')}</span> : null}
          <div className="bm-review-pictures">
            {draft.pictures.map((picture) => (
              <SmallPicture key={picture.localId} picture={picture} />
            ))}
          </div>
        </Part>
        <Part name={t('review.amount')} step={3} onStep={onStep}>
          {amountText.trim() || <Missing />}
        </Part>
        <Part name={t('review.accessibility')} step={3} onStep={onStep}>
          {draft.accessibilityNote.trim() ? <p className="bm-written">{draft.accessibilityNote}</p> : <Missing />}
        </Part>
        <Part name={t('review.upkeep')} step={3} onStep={onStep}>
          {draft.upkeepNote.trim() ? <p className="bm-written">{draft.upkeepNote}</p> : <Missing />}
        </Part>
      </dl>
    </>
  )
}

function Part({ name, step, onStep, children }: { name: string; step: Step; onStep: (step: Step) => void; children: ReactNode }) {
  const { t } = useTranslation('newIdea')
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="bm-review-change">
        <button
          type="button"
          className="bm-button bm-button-plain"
          aria-label={t('review.changeLabel', { what: name })}
          onClick={() => onStep(step)}
        >
          {t('review.change')}
        </button>
      </dd>
    </div>
  )
}

function Missing() {
  const { t } = useTranslation('newIdea')
  return <span className="bm-soft">{t('review.none')}</span>
}

function PlaceWords({ draft: { geometry, placeName } }: { draft: Draft }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  if (geometry === null) return <span className="bm-soft">{t('review.noPlace')}</span>
  if (geometry.type === 'Point') return <span>{placeName ?? t('review.point')}</span>
  if (geometry.type === 'LineString')
    return <span>{t('review.line', { length: formatDistance(lineLengthM(geometry.coordinates), language) })}</span>
  return <span>{t('review.polygon', { area: formatArea(Math.round(ringAreaM2(geometry.coordinates[0] ?? [])), language) })}</span>
}

function SmallPicture({ picture }: { picture: DraftPicture }) {
  const view = usePictureUrl(picture)
  return view.kind === 'shown' ? (
    <img src={view.url} alt={picture.altText} />
  ) : (
    <span className="bm-soft">{picture.altText || picture.fileName}</span>
  )
}
