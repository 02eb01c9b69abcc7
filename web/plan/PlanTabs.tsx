import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../lib/i18n.ts'
import { keepSearch } from './planSearch.ts'
import './plan.css'

const TABS = [
  { to: '/plan', key: 'worklist' },
  { to: '/plan/konflikter', key: 'conflicts' },
  { to: '/plan/projekter', key: 'projects' },
  { to: '/plan/afstemning', key: 'election' },
  { to: '/plan/bindingslag', key: 'layers' },
  { to: '/plan/afstemning/koder', key: 'codes' },
] as const

/** The ways between the rooms of the workspace; the catalogue of layers is read by everybody and shows them to staff. */
export function PlanTabs() {
  const { t } = useTranslation('plan')
  const row = useRef<HTMLUListElement>(null)
  // Narrow, the row scrolls: where one is stands in it, with a bit of the next.
  // The scrolling answers a promise in newer browsers, which is nothing to clean up with.
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  return (
    <nav className="bm-plan-tabs" aria-label={t('tabs.label')}>
      <ul ref={row}>
        {TABS.map(({ to, key }) => (
          <li key={key}>
            <Link to={to} search={keepSearch} activeOptions={{ exact: true, includeSearch: false }}>
              {t(`tabs.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
