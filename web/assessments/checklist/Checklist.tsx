import { useQuery } from '@tanstack/react-query'
import type { DraftAnswer, Question, Workspace } from '../../../server/assessments/contract.ts'
import { catalogueQuery } from '../../constraints/constraints.api.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { type Draft, withAnswer } from '../draft.ts'
import { QuestionCard } from './QuestionCard.tsx'

const PARTS = ['formal', 'substantive'] as const

export interface PartProps {
  workspace: Workspace
  questions: readonly Question[]
  draft: Draft
  onChange: (change: (draft: Draft) => Draft) => void
  /** False: it is read only now. */
  isOpen: boolean
}

/** About twenty questions in two parts, prefilled from what the layers found; a person confirms or changes each. */
export function Checklist({ workspace, questions, draft, onChange, isOpen }: PartProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const { data: catalogue } = useQuery(catalogueQuery)
  const nameOf = (layerId: string) => catalogue?.items.find((layer) => layer.layerId === layerId)?.name[language] ?? layerId
  const answers = new Map(draft.answers.map((answer) => [answer.questionId, answer]))
  const bases = new Map(workspace.current.answers.map(({ questionId, basis }) => [questionId, basis]))
  return PARTS.map((part) => {
    const ofPart = questions.filter((question) => question.part === part)
    const open = ofPart.filter(({ questionId }) => answers.get(questionId)?.answer === 'needs-answer').length
    return (
      <section key={part} className="bm-checklist" aria-labelledby={`part-${part}`}>
        <h2 id={`part-${part}`}>{t(`checklist.${part}`)}</h2>
        <p className="bm-fine">{open > 0 ? t('checklist.open', { count: open }) : t('checklist.done')}</p>
        <ol>
          {ofPart.map((question) => {
            const answer = answers.get(question.questionId)
            if (!answer) return null
            const change = (next: Partial<DraftAnswer>) => onChange((before) => withAnswer(before, question.questionId, next))
            return (
              <QuestionCard
                key={question.questionId}
                question={question}
                answer={answer}
                basis={bases.get(question.questionId)}
                nameOf={nameOf}
                isOpen={isOpen}
                onChange={change}
              />
            )
          })}
        </ol>
      </section>
    )
  })
}
