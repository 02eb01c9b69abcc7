import type { DeskRound, MeetingDesk } from '../../../server/meetings/contract.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { type MeetingKey, meetingActions } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'
import { CountForm } from './CountForm.tsx'

interface LiveRoundProps {
  round: DeskRound
  desk: MeetingDesk
  meetingKey: MeetingKey
}

/** The round that is voted on or counted now. */
export function LiveRound({ round, desk, meetingKey }: LiveRoundProps) {
  const { t } = useTranslation('meetings')
  const { csrfToken } = useSession()
  const { act, error, isBusy } = useDoing(meetingKey)
  const language = useLanguage()
  const { roundNumber, method, state, castInRound } = round
  return (
    <div className="bm-meeting-round" data-live>
      <h3>
        {t('knockOut.round', { number: roundNumber })} <span className="bm-soft-text">{t(`method.${method}`)}</span>
      </h3>
      {state === 'open' ? (
        <>
          <p className="bm-meeting-now">{t('knockOut.votingNow')}</p>
          {castInRound === null ? null : (
            <p className="bm-meeting-cast">{t('knockOut.cast', { count: castInRound, number: formatNumber(castInRound, language) })}</p>
          )}
          <p className="bm-soft-text">{t(`votingHint.${method}`)}</p>
          <p className="bm-detail-actions">
            <Button
              look="main"
              className="bm-meeting-big"
              disabled={isBusy}
              onClick={() => act(({ endRound }) => endRound(roundNumber), t('knockOut.ended'))}
            >
              {t('knockOut.end')}
            </Button>
          </p>
        </>
      ) : (
        <Counting round={round} desk={desk} meetingKey={meetingKey} />
      )}
      {error ? <ErrorState error={error} /> : null}
      <ReasonForm
        summary={t('knockOut.cancel')}
        label={t('knockOut.cancelReason')}
        min={10}
        max={2000}
        doLabel={t('knockOut.cancelDo')}
        done={t('knockOut.cancelDone')}
        onSend={async (reason) => {
          await meetingActions(meetingKey, csrfToken).cancelRound(roundNumber, reason)
        }}
      />
    </div>
  )
}

function Counting({ round, desk, meetingKey }: LiveRoundProps) {
  const { t } = useTranslation('meetings')
  const mine = round.counters.find(({ isMe }) => isMe)
  const other = round.counters.find(({ isMe }) => !isMe)
  const titleOf = (id: string | null) => desk.lines.find(({ projectId }) => projectId === id)?.title ?? t('count.blank')
  return (
    <>
      <p className="bm-meeting-now">{t('knockOut.countingNow')}</p>
      {round.differences.length > 0 ? (
        <Notice>
          <p>
            <strong>{t('count.differed')}</strong>
          </p>
          <table className="bm-meeting-differences">
            <thead>
              <tr>
                <th scope="col">{t('count.project')}</th>
                <th scope="col">{t('count.first')}</th>
                <th scope="col">{t('count.second')}</th>
              </tr>
            </thead>
            <tbody>
              {round.differences.map(({ projectId, votes }) => (
                <tr key={projectId ?? 'blank'}>
                  <th scope="row">{titleOf(projectId)}</th>
                  <td>{votes[0]}</td>
                  <td>{votes[1]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Notice>
      ) : null}
      {other ? <p>{t('count.other', { name: other.name })}</p> : null}
      {mine ? <p role="status">{t('count.waiting')}</p> : <CountForm round={round} desk={desk} meetingKey={meetingKey} />}
    </>
  )
}
