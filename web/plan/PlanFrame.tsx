import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { signInPath, useSession } from '../lib/session.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { buttonClass } from '../ui/Button.tsx'
import { PlanTabs } from './PlanTabs.tsx'
import { useMayPlan } from './useMayPlan.ts'
import '../ui/fields.css'
import './plan.css'

interface PlanFrameProps {
  title: string
  hidesTitle?: boolean
  /** Whoever works at a district's meeting may be here too. */
  forMeetings?: boolean
  children: ReactNode
}

/** The frame of every page of the workspace: who may be here, the ways between its rooms, and the page. */
export function PlanFrame({ title, hidesTitle = false, forMeetings = false, children }: PlanFrameProps) {
  const { isUnknown, mayPlan, mayRunMeetings } = useMayPlan()
  usePageTitle(title)
  useEffect(() => {
    if (!isUnknown) markTextUsable()
  }, [isUnknown])
  if (isUnknown) return <PageSkeleton />
  if (!(forMeetings ? mayRunMeetings : mayPlan)) return <ForStaff />
  return (
    <div className="bm-page bm-plan">
      <PlanTabs />
      <h1 className={hidesTitle ? 'bm-hidden' : undefined}>{title}</h1>
      {children}
    </div>
  )
}

/** For everybody else: what this is, who works here, and where a citizen finds the same things. */
function ForStaff() {
  const { t } = useTranslation('plan')
  const { person } = useSession()
  return (
    <div className="bm-page">
      <h1>{t('gate.title')}</h1>
      <p className="bm-lead">{t('gate.text')}</p>
      <ul className="bm-notes bm-plan-gate">
        <li>{t('gate.citizen')}</li>
        <li>{t('gate.open')}</li>
      </ul>
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
      {person === null ? null : <p className="bm-fine">{t('gate.signedIn', { name: person.displayName })}</p>}
    </div>
  )
}
