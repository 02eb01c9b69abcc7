import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { signInPath, useSession } from '../lib/session.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { buttonClass } from '../ui/Button.tsx'
import { districtKey } from '../ui/districtKey.ts'
import '../ui/fields.css'
import './meetings.css'

interface MeetingFrameProps {
  title: string
  /** Null on the list of all meetings. */
  districtId: string | null
  year: number | null
  children: ReactNode
}

/** The window of everybody who works at a meeting: no map, big controls, the ways between its pages. */
export function MeetingFrame({ title, districtId, year, children }: MeetingFrameProps) {
  const { t } = useTranslation(['meetings', 'shell'])
  const { person } = useSession()
  const { isUnknown, mayOrganise, mayRunMeetings } = useMayPlan()
  usePageTitle(title)
  useEffect(() => {
    if (!isUnknown) markTextUsable()
  }, [isUnknown])
  return (
    <div className="bm-meeting" data-bm-district={districtKey(districtId)}>
      <a className="bm-skip" href="#main">
        {t('skip')}
      </a>
      <header className="bm-meeting-header">
        <Link to="/plan/afstemning/moede" className="bm-brand">
          {t('brand')}
        </Link>
        <div className="bm-meeting-tools">
          {mayOrganise ? <Link to="/plan/afstemning">{t('toVote')}</Link> : null}
          {person ? <span className="bm-meeting-who">{person.displayName}</span> : null}
          <LanguageSwitch />
        </div>
        {districtId !== null && mayRunMeetings ? <MeetingTabs districtId={districtId} year={year} /> : null}
      </header>
      <main id="main" tabIndex={-1} className="bm-meeting-main">
        {isUnknown ? <PageSkeleton /> : mayRunMeetings ? <Titled title={title}>{children}</Titled> : <ForMeetingStaff />}
      </main>
    </div>
  )
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1>{title}</h1>
      {children}
    </>
  )
}

const TABS = [
  { to: '/plan/afstemning/moede/$districtId', key: 'evening' },
  { to: '/plan/afstemning/moede/$districtId/doer', key: 'door' },
  { to: '/plan/afstemning/moede/$districtId/papir', key: 'paper' },
  { to: '/plan/afstemning/moede/$districtId/stemmesedler', key: 'ballots' },
] as const

function MeetingTabs({ districtId, year }: { districtId: string; year: number | null }) {
  const { t } = useTranslation('meetings')
  return (
    <nav className="bm-meeting-tabs" aria-label={t('tabs.label')}>
      <ul>
        {TABS.map(({ to, key }) => (
          <li key={key}>
            <Link to={to} params={{ districtId }} activeOptions={{ exact: true, includeSearch: false }}>
              {t(`tabs.${key}`)}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/plan/afstemning/koder">{t('tabs.codes')}</Link>
        </li>
        {year === null ? null : (
          <li>
            <a href={`/scene/${year}/${districtId}`} target="_blank" rel="noreferrer">
              {t('tabs.stage')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

function ForMeetingStaff() {
  const { t } = useTranslation('meetings')
  const { person } = useSession()
  return (
    <>
      <h1>{t('gate.title')}</h1>
      <p className="bm-lead">{t('gate.text')}</p>
      <p className="bm-detail-actions">
        {person === null ? (
          <a
            className={buttonClass('main')}
            href="/auth/sign-in"
            onClick={(event) => {
              event.preventDefault()
              window.location.assign(signInPath())
            }}
          >
            {t('gate.signIn')}
          </a>
        ) : null}
        <Link to="/" className={buttonClass('quiet')}>
          {t('gate.toMap')}
        </Link>
      </p>
    </>
  )
}
