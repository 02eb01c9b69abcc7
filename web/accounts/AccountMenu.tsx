import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { SessionBody } from '../../server/accounts/contract.ts'
import { useTranslation } from '../lib/i18n.ts'
import { signOut } from '../lib/session.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import './accounts.css'

interface AccountMenuProps {
  person: NonNullable<SessionBody['person']>
  csrfToken: string | null
  isTestSignIn: boolean
}

/** Name and role of who is signed in, and the way out. */
export function AccountMenu({ person, csrfToken, isTestSignIn }: AccountMenuProps) {
  const { t } = useTranslation('accounts')
  const [hasFailed, setHasFailed] = useState(false)
  const menu = useCloseOutside()
  const { mayPlan } = useMayPlan()
  async function leave() {
    try {
      await signOut(csrfToken)
    } catch {
      setHasFailed(true)
    }
  }
  return (
    <details className="bm-account" ref={menu}>
      <summary className="bm-text-button">
        <span className="bm-hidden">{t('menu')}: </span>
        <span className="bm-account-name">{person.displayName}</span>
        {isTestSignIn ? <span className="bm-test-mark">{t('test')}</span> : null}
      </summary>
      <div className="bm-account-menu">
        <p>
          <strong>{person.displayName}</strong>
          <br />
          {t(`role.${person.role}`)}
        </p>
        {mayPlan ? (
          <p>
            <Link to="/plan">{t('workspace')}</Link>
          </p>
        ) : null}
        {isTestSignIn ? <p className="bm-fine">{t('testExplained')}</p> : null}
        <button type="button" className="bm-button bm-button-quiet" onClick={leave}>
          {t('signOut')}
        </button>
        {hasFailed ? <p role="alert">{t('signOutFailed')}</p> : null}
      </div>
    </details>
  )
}

/** Closes the menu on Escape and on a press beside it. */
function useCloseOutside() {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = menu.current
      if (!element?.open) return
      if (event instanceof KeyboardEvent && event.key === 'Escape') {
        element.open = false
        element.querySelector('summary')?.focus()
      } else if (event.type === 'pointerdown' && !element.contains(event.target as Node)) element.open = false
    }
    document.addEventListener('keydown', close)
    document.addEventListener('pointerdown', close)
    return () => {
      document.removeEventListener('keydown', close)
      document.removeEventListener('pointerdown', close)
    }
  }, [])
  return menu
}
