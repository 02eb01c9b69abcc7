import Check from 'lucide-react/icons/check'
import { useTranslation } from '../../lib/i18n.ts'
import type { Draft } from './draft.ts'
import { STEPS, type Step } from './stepNumber.ts'
import { issuesOf } from './steps.ts'

/** The four steps; each can be opened at any time and says whether it is filled in. */
export function StepIndicator({ step, draft, onStep }: { step: Step; draft: Draft; onStep: (step: Step) => void }) {
  const { t } = useTranslation('newIdea')
  return (
    <nav aria-label={t('steps.label')}>
      <ol className="bm-steps">
        {STEPS.map((one) => {
          const isDone = one < 4 && one !== step && isFilled(draft, one)
          return (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step ? 'step' : undefined}
                data-done={isDone || undefined}
                onClick={() => onStep(one)}
              >
                <span className="bm-step-number" aria-hidden="true">
                  {isDone ? <Check /> : one}
                </span>
                <span className="bm-step-name">{t(`steps.${one}`)}</span>
                {isDone ? <span className="bm-hidden">, {t('steps.done')}</span> : null}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** Step three asks for nothing, so it counts as filled in once something stands there. */
function isFilled(draft: Draft, step: Step): boolean {
  const isTouched = step !== 3 || [draft.wishedAmount, draft.accessibilityNote, draft.upkeepNote].some((text) => text.trim() !== '')
  return isTouched && issuesOf(draft, step).length === 0
}
