import { useEffect, useRef } from 'react'
import { useTranslation } from '../../lib/i18n.ts'
import type { FieldIssue } from './steps.ts'
import { useIssueText } from './useIssueText.ts'

interface ErrorSummaryProps {
  issues: FieldIssue[]
  /** Raised each time the person asked to go on; the summary then takes the focus. */
  attempt: number
  onGo: (issue: FieldIssue) => void
}

/** What is to be put right, each line leading to its field. */
export function ErrorSummary({ issues, attempt, onGo }: ErrorSummaryProps) {
  const { t } = useTranslation('newIdea')
  const say = useIssueText()
  const box = useRef<HTMLDivElement>(null)
  // Not on every change of the list: fixing a field must not pull the focus out of it.
  useEffect(() => {
    if (attempt > 0) box.current?.focus()
  }, [attempt])
  if (issues.length === 0) return null
  return (
    <div className="bm-error-summary" ref={box} tabIndex={-1} role="alert">
      <h3>{t('errors.title', { count: issues.length })}</h3>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.field} ${issue.text}`}>
            <button type="button" onClick={() => onGo(issue)}>
              {say(issue)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
