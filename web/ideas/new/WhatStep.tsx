import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { CategoryIcon } from '../../map/CategoryIcon.tsx'
import { CATEGORY_CHOICES, type Draft } from './draft.ts'
import { describedBy, FieldError, fieldId, TextField } from './fields.tsx'
import { PicturePicker } from './PicturePicker.tsx'
import type { OpenForm } from './sendDraft.ts'
import type { FieldIssue } from './steps.ts'

interface WhatStepProps {
  draft: Draft
  form: OpenForm
  issueFor: (field: string) => FieldIssue | undefined
}

export function WhatStep({ draft, form, issueFor }: WhatStepProps) {
  const { t } = useTranslation('newIdea')
  const { change } = form.store
  return (
    <>
      <TextField
        field="title"
        label={t('what.title')}
        hint={t('what.titleHint')}
        value={draft.title}
        onChange={(title) => change({ title })}
        issue={issueFor('title')}
        counter={<Counter length={draft.title.trim().length} max={IDEA_LIMITS.title} />}
      />
      <TextField
        field="description"
        label={t('what.description')}
        hint={t('what.descriptionHint')}
        value={draft.description}
        onChange={(description) => change({ description })}
        issue={issueFor('description')}
        rows={6}
        counter={<Counter length={draft.description.trim().length} max={IDEA_LIMITS.description} />}
      />
      <CategoryCards draft={draft} onChoose={(category) => change({ category })} issue={issueFor('category')} />
      <PicturePicker draft={draft} form={form} issueFor={issueFor} />
    </>
  )
}

/** Counts all the time for the eye, and aloud only when there is something to know. */
function Counter({ length, max }: { length: number; max: number }) {
  const { t } = useTranslation('newIdea')
  const left = max - length
  const isClose = left < max / 10
  return (
    <p className="bm-counter" data-over={left < 0 || undefined} role={isClose ? 'status' : undefined}>
      {left < 0 ? t('what.over', { count: -left }) : t('what.left', { count: left })}
    </p>
  )
}

interface CategoryCardsProps {
  draft: Draft
  onChoose: (category: Draft['category']) => void
  issue: FieldIssue | undefined
}

function CategoryCards({ draft, onChoose, issue }: CategoryCardsProps) {
  const { t } = useTranslation(['newIdea', 'shell'])
  return (
    <fieldset
      className="bm-field bm-categories"
      id={fieldId('category')}
      tabIndex={-1}
      data-wrong={issue ? true : undefined}
      {...describedBy('category', false, issue)}
    >
      <legend>{t('what.category')}</legend>
      <FieldError field="category" issue={issue} />
      <div>
        {CATEGORY_CHOICES.map((category) => (
          <label key={category} className="bm-category">
            <input
              type="radio"
              name="category"
              value={category}
              checked={draft.category === category}
              onChange={() => onChoose(category)}
            />
            <CategoryIcon category={category} size={24} />
            <span>{t(`category.${category}`, { ns: 'shell' })}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
