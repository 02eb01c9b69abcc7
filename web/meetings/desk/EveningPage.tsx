import { useState } from 'react'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AtMeeting } from '../AtMeeting.tsx'
import type { EveningDesk, MeetingKey } from '../meetings.api.ts'
import { PlanForm } from '../PlanForm.tsx'
import { useDoing } from '../useMeeting.ts'
import { BallotsPart } from './BallotsPart.tsx'
import { CloseMeeting } from './CloseMeeting.tsx'
import { KnockOutPart } from './KnockOutPart.tsx'
import { PitchPart } from './PitchPart.tsx'
import { SharingPart } from './SharingPart.tsx'

/** `/plan/afstemning/moede/:districtId`: the evening, run from one laptop. */
export function EveningPage() {
  return <AtMeeting title="evening.title">{(desk, key) => <Evening desk={desk} meetingKey={key} />}</AtMeeting>
}

function Evening({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  const { meeting } = desk
  return (
    <div className="bm-meeting-columns">
      <div className="bm-meeting-steps">
        {meeting.state === 'open' ? (
          <>
            <PitchPart desk={desk} meetingKey={meetingKey} />
            <Decision desk={desk} meetingKey={meetingKey} />
            <CloseMeeting desk={desk} meetingKey={meetingKey} />
          </>
        ) : (
          <BeforeOrAfter desk={desk} meetingKey={meetingKey} />
        )}
      </div>
      <Numbers desk={desk} />
    </div>
  )
}

function Decision({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  if (desk.decidedBy === 'knock-out') return <KnockOutPart desk={desk} meetingKey={meetingKey} />
  if (desk.decidedBy === 'agreed-sharing') return <SharingPart desk={desk} meetingKey={meetingKey} />
  return <BallotsPart desk={desk} />
}

const CLOSED_VOTE = ['closed', 'counted', 'published', 'stopped']

function BeforeOrAfter({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { act, error, isBusy } = useDoing(meetingKey)
  const [isChanging, setIsChanging] = useState(false)
  const { meeting, voteState } = desk
  const mayOpen = voteState === 'open' || voteState === 'ended'
  if (isChanging) return <PlanForm meetingKey={meetingKey} meeting={meeting} onDone={() => setIsChanging(false)} />
  return (
    <>
      <section className="bm-meeting-card">
        <h2>{t(`state.${meeting.state}`)}</h2>
        <p>
          {meeting.place}, {formatMoment(meeting.startsAt, language)}
        </p>
        {meeting.undecidedReason ? <p>{t('evening.undecided', { reason: meeting.undecidedReason })}</p> : null}
        {mayOpen ? null : <p>{t(CLOSED_VOTE.includes(voteState) ? 'evening.voteOver' : 'evening.voteNotOpen')}</p>}
        {error ? <ErrorState error={error} /> : null}
        <p className="bm-detail-actions">
          {CLOSED_VOTE.includes(voteState) ? null : (
            <Button
              look="main"
              className="bm-meeting-big"
              disabled={!mayOpen || isBusy}
              onClick={() => act(({ open }) => open(), t('evening.opened'))}
            >
              {t(meeting.state === 'planned' ? 'evening.open' : 'evening.reopen')}
            </Button>
          )}
          {meeting.state === 'planned' ? <Button onClick={() => setIsChanging(true)}>{t('plan.change')}</Button> : null}
        </p>
      </section>
      {meeting.state === 'closed' && desk.decidedBy !== 'ballots' ? <Decision desk={desk} meetingKey={meetingKey} /> : null}
    </>
  )
}

function Numbers({ desk }: { desk: EveningDesk }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const people = desk.admissions.reduce((sum, one) => sum + one.people, 0)
  return (
    <aside className="bm-meeting-card bm-meeting-numbers" aria-label={t('numbers.label')}>
      <p>
        <strong>{formatNumber(people, language)}</strong> {t('numbers.people', { count: people })}
      </p>
      {desk.decidedBy === 'ballots' ? (
        <p>
          <strong>{formatNumber(desk.ballots, language)}</strong> {t('numbers.ballots', { count: desk.ballots })}
        </p>
      ) : null}
      <p>
        <strong>
          <Amount value={desk.shareDkk} />
        </strong>{' '}
        {t('numbers.share')}
      </p>
      <ul className="bm-meeting-lines">
        {desk.lines.map(({ projectId, lineNumber, title, costDkk }) => (
          <li key={projectId}>
            <span className="bm-meeting-number">{lineNumber}</span>
            <span>
              {title}
              <span className="bm-soft-text">
                {' '}
                <Amount value={costDkk} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </aside>
  )
}
