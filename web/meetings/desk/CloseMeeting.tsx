import { useState } from 'react'
import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { type MeetingKey, meetingActions } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'

function isDecided({ decidedBy, standing, sharing }: MeetingDesk): boolean {
  if (decidedBy === 'knock-out') return standing.length === 1
  return decidedBy === 'ballots' || sharing?.confirmerName != null
}

/** The end of the evening; without a decision it needs a reason, which is kept with the vote. */
export function CloseMeeting({ desk, meetingKey }: { desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const { csrfToken } = useSession()
  const { act, error, isBusy } = useDoing(meetingKey)
  const [isAsking, setIsAsking] = useState(false)
  const hasRound = desk.rounds.some(({ state }) => state === 'open' || state === 'counting')
  if (hasRound) return null
  return (
    <section className="bm-meeting-card" aria-labelledby="close">
      <h2 id="close">{t('close.title')}</h2>
      {isDecided(desk) ? (
        <p className="bm-detail-actions">
          <Button look="main" disabled={isBusy} onClick={() => setIsAsking(true)}>
            {t('close.do')}
          </Button>
        </p>
      ) : (
        <>
          <p className="bm-soft-text">{t('close.notDecided')}</p>
          <ReasonForm
            summary={t('close.without')}
            label={t('close.reason')}
            min={10}
            max={2000}
            doLabel={t('close.do')}
            done={t('close.done')}
            onSend={async (reason) => {
              await meetingActions(meetingKey, csrfToken).close(reason)
            }}
          />
        </>
      )}
      {error ? <ErrorState error={error} /> : null}
      {isAsking ? (
        <Dialog title={t('close.ask')} onClose={() => setIsAsking(false)}>
          <p>{t('close.askText')}</p>
          <div className="bm-dialog-actions">
            <Button
              look="main"
              onClick={() => {
                setIsAsking(false)
                void act(({ close }) => close(null), t('close.done'))
              }}
            >
              {t('close.do')}
            </Button>
            <Button onClick={() => setIsAsking(false)}>{t('cancel')}</Button>
          </div>
        </Dialog>
      ) : null}
    </section>
  )
}
