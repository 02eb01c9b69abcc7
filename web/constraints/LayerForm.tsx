import { type FormEvent, useEffect, useRef } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { LAYER_LIMITS } from '../../server/constraints/limits.ts'
import { INSTALLATION_TYPES } from '../../server/kernel/installationTypes.ts'
import { useTranslation } from '../lib/i18n.ts'
import { LANGUAGES } from '../lib/language.ts'
import { Button } from '../ui/Button.tsx'
import { LayerConflict } from './LayerConflict.tsx'
import { SaveProblem } from './SaveProblem.tsx'
import { SentenceField } from './SentenceField.tsx'
import { SeverityField } from './SeverityField.tsx'
import { SeverityLegend } from './SeveritySign.tsx'
import { useLayerForm } from './useLayerForm.ts'
import '../ui/fields.css'
import '../ideas/new/newIdea.css'

interface LayerFormProps {
  layer: ConstraintLayer
  csrfToken: string | null
  /** With what to say: saved, or left. */
  onClose: (message: string) => void
}

/** A planner changes severities and sentences, with a reason. */
export function LayerForm({ layer, csrfToken, onClose }: LayerFormProps) {
  const { t } = useTranslation('constraints')
  const form = useLayerForm(layer, csrfToken, () => onClose(t('form.saved')))
  const { words, reason } = form.draft
  const leave = () => {
    form.leave()
    onClose(t('form.left'))
  }
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  function submit(event: FormEvent) {
    event.preventDefault()
    form.save()
  }
  return (
    <form className="bm-section bm-layer-form" onSubmit={submit} noValidate aria-labelledby="ret">
      <h2 id="ret" ref={heading} tabIndex={-1}>
        {t('form.title')}
      </h2>
      {form.isKept ? <p className="bm-fine">{t('form.kept')}</p> : null}
      <fieldset className="bm-severity-fields">
        <legend>{t('meaning.title')}</legend>
        <SeverityLegend />
        {INSTALLATION_TYPES.map((type) => (
          <SeverityField key={type} type={type} value={words.severities[type]} onChange={(value) => form.setSeverity(type, value)} />
        ))}
      </fieldset>
      {(['citizenText', 'plannerText'] as const).flatMap((part) =>
        LANGUAGES.map((language) => (
          <SentenceField
            key={`${part}-${language}`}
            id={`${part}-${language}`}
            label={t(`form.${part}.${language}`)}
            language={language}
            rows={part === 'citizenText' ? 3 : 6}
            min={LAYER_LIMITS.textMin}
            max={LAYER_LIMITS[part]}
            value={words[part][language]}
            onChange={(text) => form.setText(part, language, text)}
            isAsked={form.isAsked}
          />
        )),
      )}
      <SentenceField
        id="reason"
        label={t('form.reason')}
        hint={t('form.reasonHint')}
        rows={2}
        min={LAYER_LIMITS.reasonMin}
        max={LAYER_LIMITS.reason}
        value={reason}
        onChange={form.setReason}
        isAsked={form.isAsked}
      />
      {form.conflict ? <LayerConflict base={form.draft.base} current={form.conflict} onRebase={form.rebase} onTakeTheirs={leave} /> : null}
      {form.error && !form.conflict ? <SaveProblem error={form.error} /> : null}
      <div className="bm-detail-actions">
        <Button look="main" type="submit" disabled={form.isSaving || form.conflict !== null}>
          {form.isSaving ? t('form.saving') : t('form.save')}
        </Button>
        <Button onClick={leave}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
