import { useTranslation } from '../lib/i18n.ts'
import { useProblemText } from '../lib/problems/useProblemText.ts'
import { Button } from '../ui/Button.tsx'
import './feasibility.css'

/** The check did not answer. The idea can be sent all the same. */
export function CheckFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation('feasibility')
  const { title, todo } = useProblemText(error)
  return (
    <div className="bm-feasibility bm-feasibility-empty" role="status">
      <p>
        <strong>{t('failed.title')}</strong>
      </p>
      <p>
        {title} {todo}
      </p>
      <p className="bm-soft">{t('failed.text')}</p>
      <div>
        <Button onClick={onRetry}>{t('failed.retry')}</Button>
      </div>
    </div>
  )
}
