import { Link } from '@tanstack/react-router'
import { useTranslation } from '../lib/i18n.ts'

const ABOUT = [
  { hash: 'data', text: 'menu.data' },
  { hash: 'privatliv', text: 'menu.privacy' },
  { hash: 'tilgaengelighed', text: 'menu.accessibility' },
] as const

/** The ways to the pages that are not on the map. */
export function PanelFooter() {
  const { t } = useTranslation('shell')
  return (
    <footer className="bm-footer">
      <nav aria-label={t('menu.label')}>
        <ul>
          <li>
            <Link to="/om">{t('menu.about')}</Link>
          </li>
          <li>
            <Link to="/runder">{t('menu.rounds')}</Link>
          </li>
          <li>
            <Link to="/kvittering">{t('menu.receipt')}</Link>
          </li>
          {ABOUT.map(({ hash, text }) => (
            <li key={hash}>
              <Link to="/om" hash={hash}>
                {t(text)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  )
}
