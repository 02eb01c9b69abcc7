import { type FormEvent, useId, useState } from 'react'
import type { Sharing } from '../../../server/meetings/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { EveningDesk, MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'

/** Amounts the meeting agreed on: one writes them with minutes, another confirms. */
export function SharingPart({ desk, meetingKey }: { desk: EveningDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const [isWriting, setIsWriting] = useState(false)
  const { sharing, meeting } = desk
  const mayWrite = meeting.state === 'open'
  return (
    <section className="bm-meeting-card" aria-labelledby="sharing">
      <h2 id="sharing">{t('sharing.title')}</h2>
      {sharing && !isWriting ? <Written sharing={sharing} desk={desk} meetingKey={meetingKey} onWrite={() => setIsWriting(true)} /> : null}
      {mayWrite && (sharing === null || isWriting) ? (
        <SharingForm desk={desk} meetingKey={meetingKey} onDone={() => setIsWriting(false)} />
      ) : null}
    </section>
  )
}

interface WrittenProps {
  sharing: Sharing
  desk: EveningDesk
  meetingKey: MeetingKey
  onWrite: () => void
}

function Written({ sharing, desk, meetingKey, onWrite }: WrittenProps) {
  const { t } = useTranslation('meetings')
  const { act, error, isBusy } = useDoing(meetingKey)
  const { amounts, leftDkk, minutes, recorderName, confirmerName, isMine, version } = sharing
  const titleOf = (id: string) => desk.lines.find(({ projectId }) => projectId === id)?.title ?? id
  return (
    <>
      <ol className="bm-meeting-amounts">
        {amounts.map(({ projectId, amountDkk }) => (
          <li key={projectId}>
            <span>{titleOf(projectId)}</span> <Amount value={amountDkk} />
          </li>
        ))}
        <li className="bm-soft-text">
          <span>{t('sharing.left')}</span> <Amount value={leftDkk} />
        </li>
      </ol>
      <h3>{t('sharing.minutes')}</h3>
      <p className="bm-text">{minutes}</p>
      <p className="bm-soft-text">
        {t('sharing.by', { name: recorderName })} {confirmerName ? t('sharing.confirmedBy', { name: confirmerName }) : null}
      </p>
      {error ? <ErrorState error={error} /> : null}
      {confirmerName === null && desk.meeting.state === 'open' ? (
        <>
          {isMine ? <p>{t('sharing.waiting')}</p> : null}
          <p className="bm-detail-actions">
            {isMine ? null : (
              <Button
                look="main"
                className="bm-meeting-big"
                disabled={isBusy}
                onClick={() => act(({ confirmSharing }) => confirmSharing(version), t('sharing.confirmed'))}
              >
                {t('sharing.confirm')}
              </Button>
            )}
            <Button onClick={onWrite}>{t('sharing.change')}</Button>
          </p>
        </>
      ) : null}
    </>
  )
}

function SharingForm({ desk, meetingKey, onDone }: { desk: EveningDesk; meetingKey: MeetingKey; onDone: () => void }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const id = useId()
  const { act, error, isBusy } = useDoing(meetingKey)
  const before = desk.sharing
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries((before?.amounts ?? []).map(({ projectId, amountDkk }) => [projectId, String(amountDkk)])),
  )
  const [minutes, setMinutes] = useState(before?.minutes ?? '')
  const read = (projectId: string) => {
    const text = (texts[projectId] ?? '').replaceAll(/[\s.]/g, '')
    return text === '' ? 0 : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  }
  const amounts = desk.lines.map(({ projectId }) => ({ projectId, amountDkk: read(projectId) }))
  const left = desk.shareDkk - amounts.reduce((sum, { amountDkk }) => sum + amountDkk, 0)
  const given = amounts.filter(({ amountDkk }) => amountDkk > 0)
  const titleOf = (id: string) => desk.lines.find(({ projectId }) => projectId === id)?.title ?? id
  const isBoth = ({ projectIds }: (typeof desk.exclusivePairs)[number]) =>
    projectIds.every((id) => given.some(({ projectId }) => projectId === id))
  const isReady = !desk.exclusivePairs.some(isBoth) && left >= 0 && given.length > 0 && minutes.trim().length >= 20
  async function send(event: FormEvent) {
    event.preventDefault()
    if (!isReady) return
    const change = { version: before?.version ?? 0, amounts: given, minutes: minutes.trim() }
    if (await act(({ recordSharing }) => recordSharing(change), t('sharing.saved'))) onDone()
  }
  return (
    <form className="bm-meeting-counting" onSubmit={send}>
      <p>{t('sharing.hint')}</p>
      {desk.lines.map(({ projectId, lineNumber, title, costDkk }) => (
        <div className="bm-meeting-count" key={projectId}>
          <label htmlFor={`${id}-${projectId}`}>
            {lineNumber}. {title} <span className="bm-optional">{t('sharing.asks', { amount: formatAmount(costDkk, language) })}</span>
          </label>
          <input
            id={`${id}-${projectId}`}
            className="bm-input"
            inputMode="numeric"
            autoComplete="off"
            value={texts[projectId] ?? ''}
            onChange={(event) => setTexts((all) => ({ ...all, [projectId]: event.target.value }))}
          />
        </div>
      ))}
      {desk.exclusivePairs.map((pair) => (
        <p key={pair.projectIds.join(' ')} className="bm-meeting-pair" data-wrong={isBoth(pair) || undefined} role="status">
          {t('sharing.pair', { first: titleOf(pair.projectIds[0]), second: titleOf(pair.projectIds[1]), reason: pair.reason })}
        </p>
      ))}
      <p className="bm-meeting-total" data-wrong={!(left >= 0) || undefined} role="status">
        {left >= 0
          ? t('sharing.leftNow', { amount: formatAmount(left, language) })
          : Number.isNaN(left)
            ? t('sharing.notAnAmount')
            : t('sharing.beyond', { amount: formatAmount(-left, language) })}
      </p>
      <div className="bm-field">
        <label htmlFor={`${id}-minutes`}>{t('sharing.minutes')}</label>
        <span className="bm-field-hint" id={`${id}-hint`}>
          {t('sharing.minutesHint')}
        </span>
        <textarea
          id={`${id}-minutes`}
          className="bm-input"
          rows={5}
          maxLength={20_000}
          aria-describedby={`${id}-hint`}
          value={minutes}
          onChange={(event) => setMinutes(event.target.value)}
        />
      </div>
      {error ? <ErrorState error={error} /> : null}
      <p className="bm-detail-actions">
        <Button look="main" type="submit" disabled={!isReady || isBusy}>
          {t('sharing.save')}
        </Button>
        {before ? <Button onClick={onDone}>{t('cancel')}</Button> : null}
      </p>
    </form>
  )
}
