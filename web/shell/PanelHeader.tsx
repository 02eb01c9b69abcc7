import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { changeLanguage, useLanguage, useTranslation } from '../lib/i18n.ts'
import { signInPath, useSession } from '../lib/session.ts'
import { NO_FILTERS, useChangeSearch } from '../lib/sharedSearch.ts'

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

function LanguageSwitch() {
  const { t } = useTranslation('shell')
  const language = useLanguage()
  const changeSearch = useChangeSearch()
  const other = language === 'da' ? 'en' : 'da'
  async function change() {
    await changeLanguage(other)
    // A language asked for in the address would win over the choice at the next load.
    await changeSearch({}, { replace: true })
  }
  return (
    <button type="button" className="bm-text-button" lang={other} title={t(`language.${other}`)} onClick={change}>
      <span aria-hidden="true">{other.toUpperCase()}</span>
      <span className="bm-hidden">{t(`language.${other}`)}</span>
    </button>
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
