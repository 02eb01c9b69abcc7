import type { Assessment, Question } from '../../server/assessments/contract.ts'
import { totalsOf } from '../../server/assessments/rules/estimate.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { type Difference, type Draft, differencesOf, draftOf } from './draft.ts'

interface DraftConflictProps {
  yours: Draft
  current: Assessment
  questions: readonly Question[]
  onResolve: (choice: 'yours' | 'current') => void
}

/** Somebody else saved meanwhile: where the two differ, side by side, and the choice. */
export function DraftConflict({ yours, current, questions, onResolve }: DraftConflictProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const differences = differencesOf(yours, draftOf(current))
  const words = useDifferenceWords(questions)
  return (
    <section className="bm-draft-conflict" aria-labelledby="draft-conflict" role="alert">
      <h2 id="draft-conflict">{t('conflict.title', { name: current.assessor?.displayName ?? t('conflict.somebody') })}</h2>
      <p>{t(differences.length > 0 ? 'conflict.text' : 'conflict.same')}</p>
      {differences.length > 0 ? (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('conflict.what')}</th>
              <th scope="col">{t('conflict.yours')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => {
              const { name, mine, theirs } = words(difference, yours, draftOf(current))
              return (
                <tr key={difference.field === 'answer' ? difference.questionId : difference.field}>
                  <th scope="row">{name}</th>
                  <td>{mine}</td>
                  <td>{theirs}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      ) : null}
      <div className="bm-detail-actions">
        <Button look="main" onClick={() => onResolve('yours')}>
          {t('conflict.keepYours')}
        </Button>
        <Button onClick={() => onResolve('current')}>{t('conflict.keepTheirs')}</Button>
      </div>
    </section>
  )
}

function useDifferenceWords(questions: readonly Question[]) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const none = t('conflict.none')
  return (difference: Difference, yours: Draft, current: Draft) => {
    if (difference.field === 'answer') {
      const question = questions.find(({ questionId }) => questionId === difference.questionId)
      const say = ({ answer, note, publicText }: typeof difference.yours) =>
        [t(`answer.${answer}`), publicText, note].filter(Boolean).join(' – ')
      return { name: question?.question[language] ?? difference.questionId, mine: say(difference.yours), theirs: say(difference.current) }
    }
    if (difference.field === 'estimate') {
      const say = (estimate: Draft['estimate']) => formatAmount(totalsOf(estimate).totalDkk, language)
      return { name: t('part.economy'), mine: say(difference.yours), theirs: say(difference.current) }
    }
    const say = (draft: Draft) => {
      if (difference.field === 'outcome') return draft.outcome ? t(`outcome.${draft.outcome}`) : none
      return String(draft[difference.field] ?? none)
    }
    return { name: t(`conflict.field.${difference.field}`), mine: say(yours), theirs: say(current) }
  }
}
