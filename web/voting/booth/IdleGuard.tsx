import { useEffect, useState } from 'react'
import { useTranslation } from '../../lib/i18n.ts'
import { signOut, useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useBooth } from '../useVote.ts'
import type { AwayReason } from './Away.tsx'
import { boothStore, IDLE_MS } from './boothStore.ts'

const ANSWER_WITHIN_MS = 60_000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const
const FRESH_MS = 5_000

/** Asks a screen that has been still for a quarter of an hour whether somebody is there, and clears it when nobody answers. */
export function IdleGuard({ onAway }: { onAway: (reason: AwayReason) => void }) {
  const { csrfToken, person } = useSession()
  const [stillSince, setStillSince] = useState(Date.now)
  const [now, setNow] = useState(Date.now)
  const isAsking = now - stillSince >= IDLE_MS
  const secondsLeft = Math.max(0, Math.ceil((stillSince + IDLE_MS + ANSWER_WITHIN_MS - now) / 1000))
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), isAsking ? 1000 : FRESH_MS)
    const look = () => setNow(Date.now())
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isAsking])
  useEffect(() => {
    if (isAsking) return
    const alive = () => {
      boothStore().touch()
      setStillSince(Date.now())
    }
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { passive: true })
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive)
    }
  }, [isAsking])
  useEffect(() => {
    if (secondsLeft > 0) return
    onAway(clearScreen())
    if (person !== null && !boothStore().snapshot().keepsWhenAway) void signOut(csrfToken).catch(() => {})
  }, [secondsLeft, onAway, person, csrfToken])
  if (!isAsking) return null
  const stay = () => {
    boothStore().touch()
    setStillSince(Date.now())
    setNow(Date.now())
  }
  return <AreYouThere secondsLeft={secondsLeft} onStay={stay} />
}

/** Takes the choice off the screen, and out of the browser unless the voter agreed that it stays. */
function clearScreen(): AwayReason {
  const { keepsWhenAway, draft, receipt } = boothStore().snapshot()
  if (keepsWhenAway && draft !== null) return 'kept'
  boothStore().clear()
  if (receipt) return 'clearedReceipt'
  return draft?.retryKey ? 'clearedUnsure' : 'cleared'
}

function AreYouThere({ secondsLeft, onStay }: { secondsLeft: number; onStay: () => void }) {
  const { t } = useTranslation('voting')
  const { keepsWhenAway } = useBooth()
  return (
    <Dialog title={t('idle.title')} onClose={onStay}>
      <p>{t('idle.text', { count: secondsLeft })}</p>
      <p>{t(keepsWhenAway ? 'idle.kept' : 'idle.lost')}</p>
      <div className="bm-dialog-actions">
        <Button look="main" onClick={onStay}>
          {t('idle.stay')}
        </Button>
      </div>
    </Dialog>
  )
}
