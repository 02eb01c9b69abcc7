import { lazy, Suspense, useRef, useState } from 'react'
import type { Question } from '../../../server/assessments/contract.ts'
import type { Idea } from '../../../server/ideas/contract.ts'
import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'

// The fields are those of the form for ideas, which most readers of an idea never need.
const CorrectionFields = lazy(() => import('./CorrectionFields.tsx').then(({ CorrectionFields }) => ({ default: CorrectionFields })))

interface CorrectionFormProps {
  idea: Idea
  until: string | null
  /** What was left to the author to put right. */
  questions: readonly Question[]
}

/** Within the window the author puts the idea right, with a line to the assessor. */
export function CorrectionForm({ idea, until, questions }: CorrectionFormProps) {
  const { t } = useTranslation('decision')
  const language = useLanguage()
  const [wasOpened, setWasOpened] = useState(false)
  const [isSent, setIsSent] = useState(false)
  const fold = useRef<HTMLDetailsElement>(null)
  function close() {
    if (fold.current) fold.current.open = false
    setIsSent(true)
  }
  return (
    <div className="bm-decision-may">
      <p>{t('mayCorrect', { date: until ? formatDate(until, language) : '' })}</p>
      {questions.length > 0 ? (
        <ul className="bm-notes">
          {questions.map(({ questionId, question }) => (
            <li key={questionId}>{question[language]}</li>
          ))}
        </ul>
      ) : null}
      <p role="status">{isSent ? <strong>{t('correctDone')}</strong> : null}</p>
      <details className="bm-reasoned" ref={fold} onToggle={() => setWasOpened(true)}>
        <summary>{t('correctOpen')}</summary>
        {wasOpened ? (
          <Suspense fallback={<Skeleton height={320} />}>
            <CorrectionFields key={idea.version} idea={idea} onSent={close} />
          </Suspense>
        ) : null}
      </details>
    </div>
  )
}
