import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { signInPath, useSession } from '../lib/session.ts'
import { NO_FILTERS } from '../lib/sharedSearch.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

const AccountMenu = lazy(async () => ({ default: (await import('../accounts/AccountMenu.tsx')).AccountMenu }))

export function PanelHeader() {
  const { t } = useTranslation('shell')
  return (
    <header className="bm-header">
      <Link to="/" search={NO_FILTERS} className="bm-brand">
        {t('brand')}
      </Link>
      <div className="bm-header-tools">
        <LanguageSwitch />
        <span aria-hidden="true">·</span>
        <Account />
      </div>
    </header>
  )
}

function Account() {
  const { t } = useTranslation('accounts')
  const { person, csrfToken, isTestSignIn } = useSession()
  if (person) {
    return (
      <Suspense fallback={<span>{person.displayName}</span>}>
        <AccountMenu person={person} csrfToken={csrfToken} isTestSignIn={isTestSignIn} />
      </Suspense>
    )
  }
  return (
    <a
      className="bm-text-button"
      href="/auth/sign-in"
      onClick={(event) => {
        event.preventDefault()
        window.location.assign(signInPath())
      }}
    >
      {t('signIn')}
      {isTestSignIn ? <span className="bm-test-mark">{t('test')}</span> : null}
    </a>
  )
}
