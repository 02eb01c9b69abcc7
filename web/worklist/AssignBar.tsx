import { useState } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { AssignForm } from './AssignForm.tsx'

/** What is done with the chosen rows, at the bottom of the panel. */
export function AssignBar({ ideaIds, onDone }: { ideaIds: number[]; onDone: () => void }) {
  const { t } = useTranslation(['worklist', 'plan'])
  const [isAsking, setIsAsking] = useState(false)
  return (
    <section className="bm-assign-bar" aria-label={t('assign.bar')}>
      <p>{t('assign.chosen', { count: ideaIds.length })}</p>
      <Button look="main" onClick={() => setIsAsking(true)}>
        {t('assign.open')}
      </Button>
      <Button look="plain" onClick={onDone}>
        {t('assign.none')}
      </Button>
      {isAsking ? (
        <Dialog title={t('assign.title', { count: ideaIds.length })} onClose={() => setIsAsking(false)}>
          <AssignForm
            ideaIds={ideaIds}
            onDone={() => {
              setIsAsking(false)
              onDone()
            }}
            onCancel={() => setIsAsking(false)}
          />
        </Dialog>
      ) : null}
    </section>
  )
}
