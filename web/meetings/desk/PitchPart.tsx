import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'
import { clockText, usePitchClock } from '../usePitchClock.ts'

/** Who pitches, and the clock of ten minutes that the projector shows too. */
export function PitchPart({ desk, meetingKey }: { desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const { act, error, isBusy } = useDoing(meetingKey)
  const leftMs = usePitchClock(desk.pitch)
  const { projectId, isRunning } = desk.pitch
  const shown = desk.lines.find((line) => line.projectId === projectId)
  return (
    <section className="bm-meeting-card" aria-labelledby="pitches">
      <h2 id="pitches">{t('pitch.title')}</h2>
      <p className="bm-soft-text">{t('pitch.hint')}</p>
      <div className="bm-meeting-choices">
        {desk.lines.map((line) => (
          <button
            key={line.projectId}
            type="button"
            className="bm-meeting-choice"
            aria-pressed={line.projectId === projectId}
            disabled={isBusy}
            onClick={() => act(({ pitch }) => pitch({ action: 'select', projectId: line.projectId === projectId ? null : line.projectId }))}
          >
            <span className="bm-meeting-number">{line.lineNumber}</span>
            {line.title}
          </button>
        ))}
      </div>
      {shown ? (
        <div className="bm-meeting-clock" data-over={leftMs < 0 || undefined}>
          <p className="bm-meeting-clock-time" role="timer">
            {clockText(leftMs)}
          </p>
          <p className="bm-detail-actions">
            <Button
              look="main"
              className="bm-meeting-big"
              disabled={isBusy}
              onClick={() => act(({ pitch }) => pitch({ action: isRunning ? 'pause' : 'start' }))}
            >
              {t(isRunning ? 'pitch.pause' : 'pitch.start')}
            </Button>
            <Button disabled={isBusy} onClick={() => act(({ pitch }) => pitch({ action: 'reset' }))}>
              {t('pitch.reset')}
            </Button>
            <Button disabled={isBusy} onClick={() => act(({ pitch }) => pitch({ action: 'select', projectId: null }))}>
              {t('pitch.done')}
            </Button>
          </p>
        </div>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
    </section>
  )
}
