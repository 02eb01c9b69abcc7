import type { Idea, NewIdea } from '../../../server/ideas/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { Language } from '../../lib/language.ts'
import { Button } from '../../ui/Button.tsx'
import { differingFields } from './ideaBody.ts'

interface ConflictChoiceProps {
  yours: NewIdea
  current: Idea
  onKeepYours: () => void
  onKeepCurrent: () => void
}

const nameOf: Record<keyof NewIdea, string> = {
  title: 'what.title',
  description: 'what.description',
  category: 'review.category',
  geometry: 'review.place',
  wishedAmountDkk: 'review.amount',
  accessibilityNote: 'review.accessibility',
  upkeepNote: 'review.upkeep',
  pictureIds: 'review.pictures',
}

/** Two versions of one idea side by side, where they differ; the person chooses. */
export function ConflictChoice({ yours, current, onKeepYours, onKeepCurrent }: ConflictChoiceProps) {
  const { t } = useTranslation(['newIdea', 'shell'])
  const language = useLanguage()
  const fields = differingFields(yours, current)
  const theirs: NewIdea = { ...current, pictureIds: current.pictures.map(({ pictureId }) => pictureId) }
  const say = (key: string, ns = 'newIdea') => t(key, { ns })
  const show = (version: NewIdea, field: keyof NewIdea) => wordsOf(version, field, language, say)
  return (
    <section className="bm-conflict" aria-labelledby="conflict-title">
      <h3 id="conflict-title">{t('conflict.title')}</h3>
      <p>{t(fields.length > 0 ? 'conflict.text' : 'conflict.same')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.yours')}</th>
            <th scope="col">{t('conflict.current')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t(nameOf[field])}</th>
              <td>{show(yours, field)}</td>
              <td>{show(theirs, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="bm-send-ways">
        <Button look="main" onClick={onKeepYours}>
          {t('conflict.keepYours')}
        </Button>
        <Button onClick={onKeepCurrent}>{t('conflict.keepCurrent')}</Button>
      </div>
    </section>
  )
}

function wordsOf(version: NewIdea, field: keyof NewIdea, language: Language, say: (key: string, ns?: string) => string): string {
  if (field === 'category') return say(`category.${version.category}`, 'shell')
  if (field === 'wishedAmountDkk')
    return version.wishedAmountDkk === null ? say('review.none') : formatAmount(version.wishedAmountDkk, language)
  if (field === 'pictureIds') return String(version.pictureIds.length)
  if (field === 'geometry') {
    const { type, coordinates } = version.geometry
    return type === 'Point'
      ? coordinates.map((degrees) => degrees.toFixed(5)).join(' ')
      : say(`place.modes.${type === 'LineString' ? 'line' : 'polygon'}`)
  }
  return version[field] ?? say('review.none')
}
