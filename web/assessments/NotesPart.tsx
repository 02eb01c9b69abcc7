import { useId, useState } from 'react'
import type { InternalNote, TimelineEntry, Workspace } from '../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../server/assessments/limits.ts'
import { formatMoment } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { addNote } from './assessments.api.ts'

/** Internal notes with their answers, never public, and everything that happened, with who and when. */
export function NotesPart({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { notes, ideaId, timeline } = workspace
  const first = notes.filter(({ replyTo }) => replyTo === null)
  return (
    <>
      <section className="bm-internal" aria-labelledby="notes">
        <h2 id="notes">{t('notes.title')}</h2>
        <p className="bm-fine">{t('notes.internal')}</p>
        <ul>
          {first.map((note) => (
            <Thread key={note.noteId} note={note} notes={notes} ideaId={ideaId} />
          ))}
        </ul>
        <NoteForm ideaId={ideaId} replyTo={null} />
      </section>
      <section aria-labelledby="timeline">
        <h2 id="timeline">{t('timeline.title')}</h2>
        {timeline.length === 0 ? <p className="bm-fine">{t('timeline.empty')}</p> : null}
        <ol className="bm-timeline">
          {timeline.map((entry) => (
            <Entry key={`${entry.at}${entry.kind}`} entry={entry} />
          ))}
        </ol>
      </section>
    </>
  )
}

function Thread({ note, notes, ideaId }: { note: InternalNote; notes: readonly InternalNote[]; ideaId: number }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const [isReplying, setIsReplying] = useState(false)
  const replies = notes.filter(({ replyTo }) => replyTo === note.noteId)
  return (
    <li className="bm-note">
      <NoteText note={note} />
      {replies.length > 0 ? (
        <ul>
          {replies.map((reply) => (
            <li key={reply.noteId} className="bm-note">
              <NoteText note={reply} />
            </li>
          ))}
        </ul>
      ) : null}
      {isReplying ? (
        <NoteForm ideaId={ideaId} replyTo={note.noteId} onDone={() => setIsReplying(false)} />
      ) : (
        <Button look="plain" className="bm-small-button" onClick={() => setIsReplying(true)}>
          {t('notes.reply')}
        </Button>
      )}
    </li>
  )
}

function NoteText({ note }: { note: InternalNote }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  return (
    <>
      <p className="bm-fine">
        <strong>{note.by?.displayName ?? t('timeline.gone')}</strong> <time dateTime={note.at}>{formatMoment(note.at, language)}</time>
      </p>
      <p className="bm-text">{note.text}</p>
    </>
  )
}

function NoteForm({ ideaId, replyTo, onDone }: { ideaId: number; replyTo: number | null; onDone?: () => void }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { csrfToken } = useSession()
  const id = useId()
  const [text, setText] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setIsSending(true)
    setError(null)
    try {
      await addNote(ideaId, { text, replyTo }, csrfToken)
      setText('')
      onDone?.()
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <form className="bm-field" onSubmit={send}>
      <label htmlFor={id}>{t(replyTo === null ? 'notes.new' : 'notes.yourReply')}</label>
      <textarea
        id={id}
        className="bm-input"
        rows={3}
        maxLength={ASSESSMENT_LIMITS.internalNote}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error ? <ErrorState error={error} /> : null}
      <div>
        <Button type="submit" disabled={isSending || text.trim() === ''}>
          {t('notes.add')}
        </Button>
      </div>
    </form>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation(['assessment', 'plan', 'decision'])
  const language = useLanguage()
  const who = entry.isAuthor ? t('timeline.author') : (entry.by?.displayName ?? t('timeline.gone'))
  return (
    <li>
      <p>
        {t(`timeline.${entry.kind}`)}
        {entry.outcome ? `: ${t(`outcome.${entry.outcome}`)}` : ''}
        {entry.corrected.length > 0 ? `: ${entry.corrected.map((field) => t(`corrected.${field}`)).join(', ')}` : ''}
      </p>
      <p className="bm-fine">
        {who} · <time dateTime={entry.at}>{formatMoment(entry.at, language)}</time>
      </p>
      {entry.text ? <p className="bm-text bm-timeline-text">{entry.text}</p> : null}
    </li>
  )
}
