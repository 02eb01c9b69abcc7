import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Batch, MeetingDesk } from '../../../server/meetings/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { MeetingKey } from '../meetings.api.ts'
import { useDoing } from '../useMeeting.ts'
import { BatchContent } from './BatchContent.tsx'
import { EntryLegend } from './EntryLegend.tsx'
import { type Entry, gatherEntries, papersOf, readEntry } from './readEntry.ts'

interface BatchFormProps {
  desk: MeetingDesk
  meetingKey: MeetingKey
  recount: Batch | null
  onDone: () => void
}

interface Draft {
  label: string
  controlTotal: string
  reason: string
  entries: Entry[]
}

const NOTHING: Draft = { label: '', controlTotal: '', reason: '', entries: [] }

/** The draft of this window: a reload loses no pile, and another clerk's window never sees it. */
function useDraft(key: string): [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState<Draft>(() => {
    try {
      return { ...NOTHING, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Draft>) }
    } catch {
      return NOTHING
    }
  })
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(draft)), [key, draft])
  return [draft, (change) => setDraft((before) => ({ ...before, ...change })), () => sessionStorage.removeItem(key)]
}

/** Enters a pile: first the number counted out of the box, then paper by paper, from the keyboard alone. */
export function BatchForm({ desk, meetingKey, recount, onDone }: BatchFormProps) {
  const { t } = useTranslation('meetings')
  const id = useId()
  const { act, error, isBusy } = useDoing(meetingKey)
  const [draft, change, forget] = useDraft(`paper ${meetingKey.year} ${meetingKey.districtId} ${recount?.batchId ?? 'new'}`)
  const total = /^\d{1,4}$/.test(draft.controlTotal.trim()) ? Number(draft.controlTotal) : 0
  const entered = papersOf(draft.entries)
  const hasHead = total >= 1 && (recount ? draft.reason.trim().length >= 10 : draft.label.trim().length >= 1)
  const isTwin = error instanceof ApiProblem && error.kind === 'batch-same-content'
  async function send(isAnother = false) {
    const { tallies, invalid } = gatherEntries(draft.entries)
    const again = recount ? { batchId: recount.batchId, reason: draft.reason.trim() } : null
    const batch = { label: recount?.label ?? draft.label.trim(), controlTotal: total, tallies, invalid, isAnother, recount: again }
    if (!(await act(({ enterBatch }) => enterBatch(batch), t('paper.sent')))) return
    forget()
    onDone()
  }
  const field = (key: 'label' | 'controlTotal' | 'reason', label: string, hint: string) => (
    <div className="bm-field">
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <span className="bm-field-hint" id={`${id}-${key}-hint`}>
        {hint}
      </span>
      <input
        id={`${id}-${key}`}
        className="bm-input"
        autoComplete="off"
        inputMode={key === 'controlTotal' ? 'numeric' : undefined}
        maxLength={key === 'reason' ? 2000 : 60}
        aria-describedby={`${id}-${key}-hint`}
        value={draft[key]}
        onChange={(event) => change({ [key]: event.target.value })}
      />
    </div>
  )
  return (
    <div className="bm-paper-entry">
      <section className="bm-meeting-card">
        <h2>{recount ? t('paper.recountOf', { label: recount.label }) : t('paper.new')}</h2>
        {recount
          ? field('reason', t('paper.recountReason'), t('paper.recountHint'))
          : field('label', t('paper.label'), t('paper.labelHint'))}
        {field('controlTotal', t('paper.control'), t('paper.controlHint'))}
        <EntryLine desk={desk} isDisabled={!hasHead || isBusy} onEntry={(entry) => change({ entries: [...draft.entries, entry] })} />
        <p className="bm-paper-progress" data-over={entered > total || undefined} role="status">
          {t('paper.progress', { entered, total })}
        </p>
        <LastEntries desk={desk} entries={draft.entries} onUndo={() => change({ entries: draft.entries.slice(0, -1) })} />
        {error ? <ErrorState error={error} /> : null}
        <p className="bm-detail-actions">
          <Button look="main" className="bm-meeting-big" disabled={!hasHead || entered !== total || isBusy} onClick={() => void send()}>
            {t('paper.send')}
          </Button>
          {isTwin ? <Button onClick={() => void send(true)}>{t('paper.another')}</Button> : null}
          <Button onClick={onDone}>{t('paper.later')}</Button>
        </p>
      </section>
      <EntryLegend desk={desk} />
    </div>
  )
}

/** One paper a line: type, Enter, next. What is not understood stays and says so. */
function EntryLine({ desk, isDisabled, onEntry }: { desk: MeetingDesk; isDisabled: boolean; onEntry: (entry: Entry) => void }) {
  const { t } = useTranslation('meetings')
  const id = useId()
  const [text, setText] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  function enter(event: FormEvent) {
    event.preventDefault()
    const entry = readEntry(text, { lines: desk.lines, takesPoints: desk.ballotKind === 'points' })
    setIsWrong(entry === null)
    if (entry === null) return
    onEntry(entry)
    setText('')
    input.current?.focus()
  }
  return (
    <form className="bm-field" onSubmit={enter} data-wrong={isWrong || undefined}>
      <label htmlFor={id}>{t('paper.line')}</label>
      <span className="bm-field-hint" id={`${id}-hint`}>
        {t(isDisabled ? 'paper.headFirst' : 'paper.lineHint')}
      </span>
      {isWrong ? (
        <span className="bm-field-error" role="alert">
          {t('paper.lineWrong')}
        </span>
      ) : null}
      <div className="bm-input-with-button">
        <input
          id={id}
          ref={input}
          className="bm-input bm-paper-line"
          autoComplete="off"
          disabled={isDisabled}
          aria-describedby={`${id}-hint`}
          aria-invalid={isWrong || undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setIsWrong(false)
          }}
        />
        <Button type="submit" disabled={isDisabled}>
          {t('paper.enter')}
        </Button>
      </div>
    </form>
  )
}

function LastEntries({ desk, entries, onUndo }: { desk: MeetingDesk; entries: readonly Entry[]; onUndo: () => void }) {
  const { t } = useTranslation('meetings')
  if (entries.length === 0) return null
  const { tallies, invalid } = gatherEntries(entries)
  return (
    <>
      <p className="bm-detail-actions">
        <Button look="plain" onClick={onUndo}>
          {t('paper.undo')}
        </Button>
      </p>
      <BatchContent desk={desk} tallies={tallies} invalid={invalid} />
    </>
  )
}
