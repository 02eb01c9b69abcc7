import { useQuery } from '@tanstack/react-query'
import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { batchQuery, type MeetingKey, meetingActions } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'
import { BatchContent } from './BatchContent.tsx'

interface BatchReviewProps {
  desk: MeetingDesk
  meetingKey: MeetingKey
  batchId: string
  onDone: () => void
}

/** The second clerk, with the papers in hand: does the pile say what was entered? */
export function BatchReview({ desk, meetingKey, batchId, onDone }: BatchReviewProps) {
  const { t } = useTranslation('meetings')
  const { csrfToken } = useSession()
  const { act, error, isBusy } = useDoing(meetingKey)
  const { data, error: away, refetch } = useQuery(batchQuery(meetingKey, batchId))
  if (data === undefined) return away ? <ErrorState error={away} onRetry={() => void refetch()} /> : <Skeleton height={200} />
  return (
    <section className="bm-meeting-card">
      <h2>{t('paper.reviewOf', { label: data.label })}</h2>
      <p>{t('paper.clerk', { name: data.clerkName })}</p>
      <p className="bm-paper-progress">{t('paper.papers', { count: data.controlTotal })}</p>
      {data.content ? (
        <>
          <p className="bm-soft-text">{t('paper.readLogged')}</p>
          <BatchContent desk={desk} tallies={data.content.tallies} invalid={data.content.invalid} />
        </>
      ) : (
        <p>{t(data.isMine && data.state === 'entered' ? 'paper.needsOther' : 'paper.decided')}</p>
      )}
      {error ? <ErrorState error={error} /> : null}
      <p className="bm-detail-actions">
        {data.content === null ? null : (
          <Button
            look="main"
            className="bm-meeting-big"
            disabled={isBusy}
            onClick={async () => {
              if (await act(({ acceptBatch }) => acceptBatch(batchId), t('paper.accepted'))) onDone()
            }}
          >
            {t('paper.accept')}
          </Button>
        )}
        <Button onClick={onDone}>{t('paper.back')}</Button>
      </p>
      {data.content === null ? null : (
        <ReasonForm
          summary={t('paper.refuse')}
          label={t('paper.refuseReason')}
          min={10}
          max={2000}
          doLabel={t('paper.refuseDo')}
          done={t('paper.refused')}
          onSend={async (reason) => {
            await meetingActions(meetingKey, csrfToken).refuseBatch(batchId, reason)
            onDone()
          }}
        />
      )}
    </section>
  )
}
