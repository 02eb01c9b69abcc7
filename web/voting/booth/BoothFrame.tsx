import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { markTextUsable } from '../../lib/firstList.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { configQuery } from '../../rounds/rounds.api.ts'
import { LanguageSwitch } from '../../shell/LanguageSwitch.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useBooth } from '../useVote.ts'
import { Away, type AwayReason } from './Away.tsx'
import { boothStore } from './boothStore.ts'
import { IdleGuard } from './IdleGuard.tsx'
import { LargePrintSwitch, useLargePrint } from './largePrint.tsx'
import { useIsOnline } from './useIsOnline.ts'
import './booth.css'

/** The room itself: a quiet header with the way out, and the page. `view` names what is shown, so that the focus follows it. */
export function BoothFrame({ view, isInside = false, children }: { view: string; isInside?: boolean; children: ReactNode }) {
  const { t } = useTranslation('voting')
  const { person } = useSession()
  const isLarge = useLargePrint()
  const isOnline = useIsOnline()
  const [away, setAway] = useState<AwayReason | null>(null)
  useEffect(markTextUsable, [])
  useViewFocus(away ?? view)
  useForgetWhenLeaving()
  return (
    <div className="bm-booth" data-large={isLarge || undefined}>
      <BoothHeader isInside={isInside} />
      <main id="main" tabIndex={-1} className="bm-booth-main">
        <div role="status">{isOnline ? null : <p className="bm-booth-offline">{t('frame.offline')}</p>}</div>
        {away ? <Away reason={away} onReturn={() => setAway(null)} /> : children}
      </main>
      {away === null && (isInside || person !== null) ? <IdleGuard onAway={setAway} /> : null}
    </div>
  )
}

function BoothHeader({ isInside }: { isInside: boolean }) {
  const { t } = useTranslation('voting')
  const { data: config } = useQuery(configQuery)
  const brand = t('brand', { year: config?.currentYear ?? '' }).trim()
  return (
    <header className="bm-booth-header">
      {isInside ? (
        <span className="bm-brand">{brand}</span>
      ) : (
        <Link to="/" className="bm-brand">
          {brand}
        </Link>
      )}
      <div className="bm-booth-tools">
        <LargePrintSwitch />
        <LanguageSwitch />
        {isInside ? <LeaveButton /> : null}
      </div>
    </header>
  )
}

/** The way out. Whoever has marked something is asked once. */
function LeaveButton() {
  const { t } = useTranslation('voting')
  const navigate = useNavigate()
  const { draft } = useBooth()
  const [isAsking, setIsAsking] = useState(false)
  function leave() {
    boothStore().clear()
    void navigate({ to: '/', search: {} })
  }
  const hasMarks = draft !== null && (Object.keys(draft.marks).length > 0 || draft.retryKey !== null)
  return (
    <>
      <button
        type="button"
        className="bm-text-button"
        title={t('frame.leaveHint')}
        onClick={() => (hasMarks ? setIsAsking(true) : leave())}
      >
        {t('frame.leave')}
      </button>
      {isAsking ? (
        <Dialog title={t('leave.title')} onClose={() => setIsAsking(false)}>
          <p>{t(draft?.retryKey ? 'leave.unsure' : 'leave.text')}</p>
          <div className="bm-dialog-actions">
            <Button look="main" onClick={() => setIsAsking(false)}>
              {t('leave.stay')}
            </Button>
            <Button onClick={leave}>{t('leave.go')}</Button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}

// What was shown last: the frame itself is drawn anew between the ballot and the receipt.
let viewBefore: string | null = null

/** After a step the focus goes to its heading. Not when the page opens. */
function useViewFocus(view: string): void {
  useEffect(() => {
    const isFirst = viewBefore === null || viewBefore === view
    viewBefore = view
    return isFirst ? undefined : focusHeadingSoon()
  }, [view])
}

const FOCUS_EVERY_MS = 50
const FOCUS_TRIES = 40

/** The heading may still be on its way. The answer stops waiting for it. */
function focusHeadingSoon(): () => void {
  let triesLeft = FOCUS_TRIES
  function focus() {
    const heading = document.querySelector<HTMLElement>('#main h1')
    triesLeft -= 1
    if (heading === null && triesLeft > 0) return
    clearInterval(timer)
    if (heading) heading.tabIndex = -1
    heading?.focus()
  }
  const timer = setInterval(focus, FOCUS_EVERY_MS)
  focus()
  return () => clearInterval(timer)
}

const IN_BOOTH = /^\/stem(\/|$)/

/** Whoever walks out of the booth leaves nothing behind. */
function useForgetWhenLeaving(): void {
  const router = useRouter()
  useEffect(
    () => router.subscribe('onBeforeNavigate', ({ toLocation }) => (IN_BOOTH.test(toLocation.pathname) ? undefined : boothStore().clear())),
    [router],
  )
}
