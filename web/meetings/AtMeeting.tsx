import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import type { MeetingDesk } from '../../server/meetings/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { MeetingFrame } from './MeetingFrame.tsx'
import { deskQuery, type MeetingKey, meetingsQuery } from './meetings.api.ts'
import { PlanForm } from './PlanForm.tsx'

interface AtMeetingProps {
  /** Key of the page's heading; the district's name goes in. */
  title: 'evening.title' | 'door.title' | 'paper.title' | 'ballots.title'
  children: (desk: MeetingDesk, key: MeetingKey) => ReactNode
}

/** A page of one district's meeting: who may be here, what is loading, what failed, or that there is no meeting yet. */
export function AtMeeting({ title, children }: AtMeetingProps) {
  const { t } = useTranslation('meetings')
  const { districtId } = useParams({ strict: false })
  const round = useCurrentRound()
  const { mayRunMeetings } = useMayPlan()
  const year = round?.year ?? null
  const { data: list } = useQuery({ ...meetingsQuery(year), enabled: mayRunMeetings && year !== null })
  const name = list?.items.find((one) => one.districtId === districtId)?.name ?? ''
  return (
    <MeetingFrame title={name ? t(title, { district: name }) : t('title')} districtId={districtId ?? null} year={year}>
      {year === null || !districtId ? (
        <NoVote isUnknown={round === undefined} />
      ) : (
        <Desk meetingKey={{ year, districtId }}>{children}</Desk>
      )}
    </MeetingFrame>
  )
}

function NoVote({ isUnknown }: { isUnknown: boolean }) {
  const { t } = useTranslation('meetings')
  return isUnknown ? <Skeleton height={200} /> : <EmptyState title={t('noVote.title')} text={t('noVote.text')} />
}

function Desk({ meetingKey, children }: { meetingKey: MeetingKey; children: AtMeetingProps['children'] }) {
  const { t } = useTranslation('meetings')
  const { data, error, refetch } = useQuery(deskQuery(meetingKey))
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  const kind = error instanceof ApiProblem ? error.kind : null
  if (kind === 'no-election') return <NoVote isUnknown={false} />
  if (kind === 'no-meeting') return <PlanForm meetingKey={meetingKey} meeting={null} />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={200} />
  return (
    <>
      {error ? (
        <p className="bm-meeting-away" role="status">
          {t('away')}
        </p>
      ) : null}
      {children(data, meetingKey)}
    </>
  )
}
