import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'

interface SaveBarProps {
  isDirty: boolean
  isSending: boolean
  error: unknown
  /** Null when nothing was written. */
  onUndo: (() => void) | null
}

/** Save and undo below a form, with what went wrong above them. */
export function SaveBar({ isDirty, isSending, error, onUndo }: SaveBarProps) {
  const { t } = useTranslation('planElections')
  return (
    <>
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-detail-actions">
        <Button type="submit" look={isDirty ? 'main' : 'quiet'} disabled={isSending || !isDirty}>
          {t(isDirty ? 'save' : 'isSaved')}
        </Button>
        {onUndo ? (
          <Button look="plain" onClick={onUndo} disabled={isSending}>
            {t('undo')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
