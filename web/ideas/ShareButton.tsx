import { useState } from 'react'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'

/** Hands the address on: the phone's own sharing where there is one, otherwise the clipboard, otherwise shown to copy by hand. */
export function ShareButton({ title }: { title: string }) {
  const { t } = useTranslation('idea')
  const [state, setState] = useState<'idle' | 'copied' | 'by-hand'>('idle')
  const url = `${window.location.origin}${window.location.pathname}`
  async function share() {
    try {
      if (navigator.share) {
        await navigator.share({ title, url })
        return
      }
      await navigator.clipboard.writeText(url)
      setState('copied')
      announce(t('share.copied'))
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      setState('by-hand')
    }
  }
  return (
    <>
      <Button onClick={share}>{state === 'copied' ? t('share.copied') : t('share.do')}</Button>
      {state === 'by-hand' ? (
        <label className="bm-share-address">
          {t('share.byHand')}
          <input readOnly value={url} onFocus={(event) => event.target.select()} />
        </label>
      ) : null}
    </>
  )
}
