import { type FormEvent, useId, useState } from 'react'
import type { DeskRound, MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'

const isNumber = (text: string) => /^\d{1,5}$/.test(text.trim())

/** What this counter counted, without seeing what the other did. A round by code has no numbers to enter. */
export function CountForm({ round, desk, meetingKey }: { round: DeskRound; desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  const { act, error, isBusy } = useDoing(meetingKey)
  const [numbers, setNumbers] = useState<Record<string, string>>({})
  const [blank, setBlank] = useState('0')
  const [note, setNote] = useState('')
  const byBox = round.method === 'code'
  const needsNote = round.method === 'show-of-hands' && round.note === null
  const lines = desk.lines.filter(({ projectId }) => round.projectIds.includes(projectId))
  const isWhole = byBox || (lines.every(({ projectId }) => isNumber(numbers[projectId] ?? '')) && isNumber(blank))
  const isReady = isWhole && (!needsNote || note.trim().length > 0)
  const total = byBox ? 0 : lines.reduce((sum, { projectId }) => sum + Number(numbers[projectId] || 0), Number(blank) || 0)
  async function send(event: FormEvent) {
    event.preventDefault()
    if (!isReady) return
    const votes = byBox ? [] : lines.map(({ projectId }) => ({ projectId, votes: Number(numbers[projectId]) }))
    const count = { attempt: round.attempt, votes, blankVotes: byBox ? 0 : Number(blank), note: note.trim() || null }
    await act((actions) => actions.count(round.roundNumber, count), t('count.sent'))
  }
  const field = (key: string, label: string, value: string, onChange: (text: string) => void) => (
    <div className="bm-meeting-count" key={key}>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        className="bm-input"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
  return (
    <form className="bm-meeting-counting" onSubmit={send}>
      <p>{t(byBox ? 'count.byBox' : 'count.hint')}</p>
      {byBox ? null : (
        <>
          {lines.map(({ projectId, lineNumber, title }) =>
            field(projectId, `${lineNumber}. ${title}`, numbers[projectId] ?? '', (text) =>
              setNumbers((before) => ({ ...before, [projectId]: text })),
            ),
          )}
          {field('blank', t('count.blank'), blank, setBlank)}
          <p className="bm-meeting-total">{t('count.total', { count: total })}</p>
        </>
      )}
      <div className="bm-field">
        <label htmlFor={`${id}-note`}>
          {t('count.note')} {needsNote ? null : <span className="bm-optional">{t('optional')}</span>}
        </label>
        <input id={`${id}-note`} className="bm-input" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </div>
      {error ? <ErrorState error={error} /> : null}
      <p className="bm-detail-actions">
        <Button look="main" className="bm-meeting-big" type="submit" disabled={!isReady || isBusy}>
          {t(byBox ? 'count.standBy' : 'count.send')}
        </Button>
      </p>
    </form>
  )
}
