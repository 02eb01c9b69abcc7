import { useState } from 'react'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { forgetPicture } from './draftPictures.ts'
import type { DraftState, DraftStore } from './draftStore.ts'
import type { Step } from './stepNumber.ts'

function discardWithPictures(store: DraftStore): void {
  for (const { localId } of store.snapshot().draft.pictures) void forgetPicture(localId)
  store.discard()
}

/** What happened to the draft behind the person's back: found again, changed or gone in another window. */
export function DraftNotice({ state, store, step }: { state: DraftState; store: DraftStore; step: Step }) {
  const { t } = useTranslation('newIdea')
  // Whoever comes back from the sign-in knows the draft is there.
  const isTold = state.notice !== null && (state.notice !== 'restored' || step === 1)
  return (
    <div role="status" className="bm-draft-status">
      {!isTold ? null : (
        <div className="bm-draft-notice">
          <p>{t(`draft.${state.notice}`)}</p>
          <div>
            {state.notice === 'gone-elsewhere' ? (
              <Button look="plain" onClick={() => discardWithPictures(store)}>
                {t('draft.clearHere')}
              </Button>
            ) : null}
            <Button look="plain" onClick={store.dismissNotice}>
              {t('draft.ok')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}

interface DraftLineProps {
  state: DraftState
  store: DraftStore
  isChange: boolean
  onDiscarded: () => void
}

/** "Kladde gemt", and the way to throw it away. */
export function DraftLine({ state, store, isChange, onDiscarded }: DraftLineProps) {
  const { t } = useTranslation('newIdea')
  const [isAsking, setIsAsking] = useState(false)
  if (state.saved === 'nothing-yet') return null
  return (
    <div className="bm-draft-line">
      <p data-refused={state.saved === 'refused' || undefined}>{t(`draft.${state.saved}`)}</p>
      <Button look="plain" onClick={() => setIsAsking(true)}>
        {t('draft.discard')}
      </Button>
      {isAsking ? (
        <Dialog title={t('draft.discardTitle')} onClose={() => setIsAsking(false)}>
          <p>{t(isChange ? 'draft.discardEdit' : 'draft.discardText')}</p>
          <div className="bm-dialog-actions">
            <Button
              look="danger"
              onClick={() => {
                setIsAsking(false)
                discardWithPictures(store)
                onDiscarded()
              }}
            >
              {t('draft.discard')}
            </Button>
            <Button onClick={() => setIsAsking(false)}>{t('draft.keep')}</Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}
