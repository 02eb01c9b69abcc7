import { useState } from 'react'
import type { MeetingDesk, RoundMethod } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'

/** How the next round is voted on, and the button that opens it. */
export function OpenRound({ desk, meetingKey }: { desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const { act, error, isBusy } = useDoing(meetingKey)
  const last = desk.rounds.at(-1)?.method
  const [method, setMethod] = useState<RoundMethod | undefined>(last ?? desk.means[0])
  const roundNumber = desk.rounds.length + 1
  const titles = desk.lines.filter(({ projectId }) => desk.standing.includes(projectId))
  if (method === undefined) return <p>{t('knockOut.noMeans')}</p>
  return (
    <div className="bm-meeting-round">
      <h3>{t(desk.standing.length === 2 ? 'knockOut.nextLast' : 'knockOut.next', { number: roundNumber })}</h3>
      <ul className="bm-meeting-lines">
        {titles.map(({ projectId, lineNumber, title }) => (
          <li key={projectId}>
            <span className="bm-meeting-number">{lineNumber}</span> {title}
          </li>
        ))}
      </ul>
      <fieldset className="bm-meeting-means">
        <legend>{t('knockOut.method')}</legend>
        {desk.means.map((one) => (
          <label key={one} className="bm-meeting-radio">
            <input type="radio" name="method" checked={one === method} onChange={() => setMethod(one)} />
            <span>{t(`method.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <p className="bm-soft-text">{t(`methodHint.${method}`, { number: roundNumber })}</p>
      {error ? <ErrorState error={error} /> : null}
      <p className="bm-detail-actions">
        <Button
          look="main"
          className="bm-meeting-big"
          disabled={isBusy}
          onClick={() => act(({ openRound }) => openRound({ roundNumber, method, note: null }), t('knockOut.opened'))}
        >
          {t('knockOut.open', { number: roundNumber })}
        </Button>
      </p>
    </div>
  )
}
