import type { Assessment, Question } from '../../../server/assessments/contract.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'

interface AnswerTableProps {
  answers: Assessment['answers']
  questions: readonly Question[]
  withNotes: boolean
}

/** Every question with its answer; internal notes only when asked for. */
export function AnswerTable({ answers, questions, withNotes }: AnswerTableProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  return (
    <section>
      <h3>{t('print.answers')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('print.question')}</th>
            <th scope="col">{t('print.answerTo')}</th>
            <th scope="col">{t('print.text')}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ questionId, answer, publicText, note, isPrefilled }) => (
            <tr key={questionId}>
              <th scope="row">{questions.find((question) => question.questionId === questionId)?.question[language] ?? questionId}</th>
              <td>
                {t(`answer.${answer}`)}
                {isPrefilled ? ` (${t('checklist.prefilled').toLowerCase()})` : ''}
              </td>
              <td>
                {publicText}
                {withNotes && note ? <em> {note}</em> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
