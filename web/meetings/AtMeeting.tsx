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
import { deskQuery, type EveningDesk, type MeetingKey, meetingsQuery } from './meetings.api.ts'
import { PlanForm } from './PlanForm.tsx'

interface AtMeetingProps {
  /** Key of the page's heading; the district's name goes in. */
  title: 'evening.title' | 'door.title' | 'paper.title' | 'ballots.title'
  children: (desk: MeetingDesk, key: MeetingKey) => ReactNode
}

/** A page of one district's meeting, which must be planned first. */
export function AtMeeting({
  title,
  children,
}: Pick<AtMeetingProps, 'title'> & { children: (desk: EveningDesk, key: MeetingKey) => ReactNode }) {
  return (
    <AtDistrict title={title}>
      {({ meeting, ...desk }, key) =>
        meeting === null ? <PlanForm meetingKey={key} meeting={null} /> : children({ ...desk, meeting }, key)
      }
    </AtDistrict>
  )
}

/** A page for staff of one district, with a meeting or without: who may be here, what is loading, what failed. */
export function AtDistrict({ title, children }: AtMeetingProps) {
  const { t } = useTranslation('meetings')
  const { districtId = '' } = useParams({ strict: false })
  const round = useCurrentRound()
  const { mayRunMeetings } = useMayPlan()
  const year = round?.year ?? null
  const list = useQuery({ ...meetingsQuery(year), enabled: mayRunMeetings && year !== null })
  const district = list.data?.items.find((one) => one.districtId === districtId)
  useEffect(() => {
    if (list.data || list.error) markTextUsable()
  }, [list.data, list.error])
  const content = () => {
    if (round === null || (list.error instanceof ApiProblem && list.error.kind === 'no-election')) return <NoVote />
    if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    if (year === null || list.data === undefined) return <Skeleton height={200} />
    if (district === undefined) return <NoVote />
    return <Desk meetingKey={{ year, districtId }}>{children}</Desk>
  }
  return (
    <MeetingFrame title={district ? t(title, { district: district.name }) : t('title')} districtId={districtId} year={year}>
      {content()}
    </MeetingFrame>
  )
}

function NoVote() {
  const { t } = useTranslation('meetings')
  return <EmptyState title={t('noVote.title')} text={t('noVote.text')} />
}

function Desk({ meetingKey, children }: { meetingKey: MeetingKey; children: AtMeetingProps['children'] }) {
  const { t } = useTranslation('meetings')
  const { data, error, refetch } = useQuery(deskQuery(meetingKey))
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
