import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Meeting } from '../../server/meetings/contract.ts'
import { formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { instantOf, localOf } from './localTime.ts'
import { type MeetingKey, meetingsQuery } from './meetings.api.ts'
import { useDoing } from './useMeeting.ts'

/** When and where. The evening is 19 to 21 unless somebody says otherwise. */
export function PlanForm({ meetingKey, meeting, onDone }: { meetingKey: MeetingKey; meeting: Meeting | null; onDone?: () => void }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const id = useId()
  const { act, error, isBusy } = useDoing(meetingKey)
  const { data: list } = useQuery(meetingsQuery(meetingKey.year))
  const start = meeting ? localOf(meeting.startsAt) : { date: '', time: '19:00' }
  const [place, setPlace] = useState(meeting?.place ?? '')
  const [date, setDate] = useState(start.date)
  const [from, setFrom] = useState(start.time)
  const [to, setTo] = useState(meeting ? localOf(meeting.endsAt).time : '21:00')
  const [startsAt, endsAt] = [instantOf(date, from), instantOf(date, to)]
  const isReady = place.trim().length >= 2 && startsAt !== null && endsAt !== null && startsAt < endsAt
  const hasNone = meeting === null && list !== undefined
  const hours = list?.items.find(({ districtId }) => districtId === meetingKey.districtId)
  async function save(event: FormEvent) {
    event.preventDefault()
    if (!isReady) return
    const version = meeting?.version ?? 0
    if (await act(({ plan }) => plan({ version, place: place.trim(), startsAt, endsAt }), t('plan.saved'))) onDone?.()
  }
  const field = (key: 'date' | 'from' | 'to', type: string, value: string, onChange: (value: string) => void) => (
    <div className="bm-field">
      <label htmlFor={`${id}-${key}`}>{t(`plan.${key}`)}</label>
      <input
        id={`${id}-${key}`}
        className="bm-input"
        type={type}
        value={value}
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
  return (
    <form className="bm-meeting-card bm-meeting-plan" onSubmit={save}>
      <h2>{t(meeting ? 'plan.change' : 'plan.title')}</h2>
      {hasNone ? <p>{t('plan.none')}</p> : null}
      <div className="bm-field">
        <label htmlFor={`${id}-place`}>{t('plan.place')}</label>
        <input
          id={`${id}-place`}
          className="bm-input"
          value={place}
          maxLength={200}
          required
          onChange={(event) => setPlace(event.target.value)}
        />
      </div>
      {hours ? (
        <p className="bm-soft-text">
          {t('plan.hours', { opens: formatMoment(hours.opensAt, language), closes: formatMoment(hours.closesAt, language) })}
        </p>
      ) : null}
      <div className="bm-meeting-when">
        {field('date', 'date', date, setDate)}
        {field('from', 'time', from, setFrom)}
        {field('to', 'time', to, setTo)}
      </div>
      {error ? <ErrorState error={error} /> : null}
      <p className="bm-detail-actions">
        <Button look="main" type="submit" disabled={!isReady || isBusy}>
          {t('plan.save')}
        </Button>
        {onDone ? <Button onClick={onDone}>{t('cancel')}</Button> : null}
      </p>
    </form>
  )
}
