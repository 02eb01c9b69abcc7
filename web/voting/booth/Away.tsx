import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'

export type AwayReason = 'cleared' | 'clearedReceipt' | 'clearedUnsure' | 'kept'

/** What stands on a screen that was left alone: nothing of the choice. */
export function Away({ reason, onReturn }: { reason: AwayReason; onReturn: () => void }) {
  const { t } = useTranslation('voting')
  const navigate = useNavigate()
  function goOn() {
    onReturn()
    if (reason !== 'kept') void navigate({ to: '/stem', search: {} })
  }
  return (
    <section className="bm-booth-sheet">
      <h1>{t('away.title')}</h1>
      <p className="bm-lead">{t(`away.${reason}`)}</p>
      <p>
        <Button look="main" onClick={goOn}>
          {t(reason === 'kept' ? 'away.continue' : 'away.again')}
        </Button>
      </p>
    </section>
  )
}
