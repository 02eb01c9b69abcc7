import { Link } from '@tanstack/react-router'
import { useTranslation } from '../lib/i18n.ts'
import { usePlaceInSite } from './usePlaceInSite.ts'

const MODES = [
  { mode: 'ideas', to: '/' },
  { mode: 'projects', to: '/runder' },
  { mode: 'installations', to: '/anlaeg' },
] as const

/** What the map shows. Each mode is a page, so it is a link and can be gone back from. */
export function ModeSwitch() {
  const { t } = useTranslation('shell')
  const { mode } = usePlaceInSite()
  return (
    <nav className="bm-modes" aria-label={t('mode.label')}>
      {MODES.map((choice) => (
        <Link key={choice.mode} to={choice.to} className="bm-mode" aria-current={choice.mode === mode ? 'page' : undefined}>
          {t(`mode.${choice.mode}`)}
        </Link>
      ))}
    </nav>
  )
}
