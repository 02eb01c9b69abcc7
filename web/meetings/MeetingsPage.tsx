import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiProblem } from '../lib/api.ts'
import { formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { MeetingFrame } from './MeetingFrame.tsx'
import { meetingsQuery } from './meetings.api.ts'

/** `/plan/afstemning/moede`: the meetings of the vote, one per district. */
export function MeetingsPage() {
  const { t } = useTranslation('meetings')
  const round = useCurrentRound()
  const { mayRunMeetings } = useMayPlan()
  return (
    <MeetingFrame title={t('title')} districtId={null} year={round?.year ?? null}>
      {mayRunMeetings ? <Meetings year={round === undefined ? undefined : (round?.year ?? null)} /> : null}
    </MeetingFrame>
  )
}

function Meetings({ year }: { year: number | null | undefined }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { data, error, refetch } = useQuery(meetingsQuery(year ?? null))
  const hasNoVote = year === null || (error instanceof ApiProblem && error.kind === 'no-election')
  if (hasNoVote) return <EmptyState title={t('noVote.title')} text={t('noVote.text')} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton height={200} />
  return (
    <ul className="bm-meeting-list">
      {data.items.map(({ districtId, name, decidedBy, meeting }) => (
        <li key={districtId} className="bm-meeting-card">
          <h2>
            <Link to="/plan/afstemning/moede/$districtId" params={{ districtId }}>
              <DistrictChip districtId={districtId} name={name} />
            </Link>
          </h2>
          <p>{t(`decidedBy.${decidedBy}`)}</p>
          <p className="bm-soft-text">
            {meeting ? `${meeting.place}, ${formatMoment(meeting.startsAt, language)}. ${t(`state.${meeting.state}`)}` : t('noMeeting')}
          </p>
        </li>
      ))}
    </ul>
  )
}
