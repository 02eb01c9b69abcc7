import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { Idea, IdeaProject } from '../../../server/ideas/contract.ts'
import type { ConsentAnswered } from '../../../server/projects/contract.ts'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import { announce } from '../../lib/announce.ts'
import { sendJson } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { queryClient } from '../../lib/queryClient.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'

/** The author is asked whether the idea may be merged with others; the answer may be changed. */
export function ConsentQuestion({ idea, project }: { idea: Idea; project: IdeaProject }) {
  const { t } = useTranslation('decision')
  const { csrfToken } = useSession()
  const id = useId()
  const [note, setNote] = useState(project.consent?.note ?? '')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const given = project.consent?.answer ?? null
  async function answer(word: 'yes' | 'no') {
    setIsSending(true)
    setError(null)
    const body = { ideaId: idea.ideaId, answer: word, note: note.trim() || null }
    try {
      await sendJson<ConsentAnswered>('POST', `/api/projects/${project.projectId}/consent`, body, { csrfToken })
      announce(t('consent.done'))
      await queryClient.invalidateQueries({ queryKey: ['idea', idea.ideaId] })
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <section className="bm-decision-may" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('consent.title')}</h2>
      <p>
        {t('consent.text')}{' '}
        <Link to="/projekter/$id" params={{ id: project.projectId }}>
          {project.title}
        </Link>
      </p>
      {given ? <p className="bm-decision-note">{t(`consent.given.${given}`)}</p> : null}
      <label htmlFor={id}>{t('consent.note')}</label>
      <textarea
        id={id}
        className="bm-input"
        rows={2}
        maxLength={PROJECT_LIMITS.reason}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-detail-actions">
        <Button look={given === null ? 'main' : 'quiet'} disabled={isSending} onClick={() => answer('yes')}>
          {t('consent.yes')}
        </Button>
        <Button disabled={isSending} onClick={() => answer('no')}>
          {t('consent.no')}
        </Button>
      </div>
    </section>
  )
}
