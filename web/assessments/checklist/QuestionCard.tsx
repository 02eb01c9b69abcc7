import { useId } from 'react'
import type { Assessment, DraftAnswer, Question } from '../../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { ANSWERS } from '../../plan/planWords.ts'
import { Button } from '../../ui/Button.tsx'
import { BasisLines } from './BasisLines.tsx'

interface QuestionCardProps {
  question: Question
  answer: DraftAnswer
  basis: Assessment['answers'][number]['basis'] | undefined
  nameOf: (layerId: string) => string
  isOpen: boolean
  onChange: (change: Partial<DraftAnswer>) => void
}

/** One question: what the layers say, four answers, guidance, an internal note and a sentence for the public. */
export function QuestionCard({ question, answer, basis, nameOf, isOpen, onChange }: QuestionCardProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const id = useId()
  const wantsWords = answer.answer === 'no' || answer.note !== null || answer.publicText !== null
  return (
    <li className="bm-question" data-answer={answer.answer}>
      <fieldset>
        <legend>{question.question[language]}</legend>
        {basis ? <BasisLines basis={basis} nameOf={nameOf} /> : null}
        <div className="bm-answers">
          {ANSWERS.map((one) => (
            <label key={one} data-answer={one}>
              <input
                type="radio"
                name={`${id}-answer`}
                checked={answer.answer === one}
                disabled={!isOpen}
                onChange={() => onChange({ answer: one })}
              />
              <span>{t(`answer.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {answer.isPrefilled ? (
        <p className="bm-prefilled">
          <span>{t(answer.answer === 'needs-answer' ? 'checklist.nobody' : 'checklist.prefilled')}</span>
          {isOpen && answer.answer !== 'needs-answer' ? (
            <Button look="plain" className="bm-small-button" onClick={() => onChange({ isPrefilled: false })}>
              {t('checklist.confirm')}
            </Button>
          ) : null}
        </p>
      ) : null}
      <details>
        <summary>{t('checklist.guidance')}</summary>
        <p className="bm-fine">{question.guidance[language]}</p>
      </details>
      {wantsWords ? <Words {...{ question, answer, isOpen, onChange }} /> : <MoreWords {...{ question, answer, isOpen, onChange }} />}
    </li>
  )
}

type WordsProps = Pick<QuestionCardProps, 'question' | 'answer' | 'isOpen' | 'onChange'>

function MoreWords(props: WordsProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  if (!props.isOpen) return null
  return (
    <details>
      <summary>{t('checklist.addWords')}</summary>
      <Words {...props} />
    </details>
  )
}

function Words({ question, answer, isOpen, onChange }: WordsProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const id = useId()
  return (
    <div className="bm-question-words">
      <label htmlFor={`${id}-note`}>{t('checklist.note')}</label>
      <textarea
        id={`${id}-note`}
        className="bm-input"
        rows={2}
        maxLength={ASSESSMENT_LIMITS.note}
        readOnly={!isOpen}
        value={answer.note ?? ''}
        onChange={(event) => onChange({ note: event.target.value || null })}
      />
      <div className="bm-label-line">
        <label htmlFor={`${id}-public`}>{t('checklist.publicText')}</label>
        {isOpen && !answer.publicText ? (
          // The public's language is Danish, whatever the planner's page speaks.
          <Button look="plain" className="bm-small-button" onClick={() => onChange({ publicText: question.publicSentence.da })}>
            {t('checklist.insert')}
          </Button>
        ) : null}
      </div>
      <textarea
        id={`${id}-public`}
        className="bm-input"
        rows={2}
        maxLength={ASSESSMENT_LIMITS.publicText}
        readOnly={!isOpen}
        value={answer.publicText ?? ''}
        onChange={(event) => onChange({ publicText: event.target.value || null })}
      />
      <label className="bm-check">
        <input
          type="checkbox"
          checked={answer.authorMayCorrect}
          disabled={!isOpen}
          onChange={(event) => onChange({ authorMayCorrect: event.target.checked })}
        />
        {t('checklist.authorMayCorrect')}
      </label>
    </div>
  )
}
