import { useTranslation } from '../lib/i18n.ts'
import { useProblemText } from '../lib/problems/useProblemText.ts'
import { Button } from './Button.tsx'

/** What happened, what is kept, what to do, and a second try when one makes sense. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('shell')
  const text = useProblemText(error)
  return (
    <div className="bm-state bm-state-error" role="alert">
      <h2>{text.title}</h2>
      {text.kept ? <p>{text.kept}</p> : null}
      <p>{text.todo}</p>
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  )
}
