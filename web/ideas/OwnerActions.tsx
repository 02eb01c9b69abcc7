import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Idea } from '../../server/ideas/contract.ts'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { queryClient } from '../lib/queryClient.ts'
import { useSession } from '../lib/session.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { ideaQuery, withdrawIdea } from './ideas.api.ts'

/** What the writer of an idea may do with it. */
export function OwnerActions({ idea }: { idea: Idea }) {
  const { t } = useTranslation('idea')
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div className="bm-owner">
      <p>{t('owner.yours')}</p>
      <div className="bm-detail-actions">
        <Link to="/ideer/$id/rediger" params={{ id: String(idea.ideaId) }} className={buttonClass('quiet')}>
          {t('owner.edit')}
        </Link>
        <Button look="plain" onClick={() => setIsAsking(true)}>
          {t('owner.withdraw')}
        </Button>
      </div>
      {isAsking ? <WithdrawDialog idea={idea} onClose={() => setIsAsking(false)} /> : null}
    </div>
  )
}

function WithdrawDialog({ idea, onClose }: { idea: Idea; onClose: () => void }) {
  const { t } = useTranslation('idea')
  const { t: shell } = useTranslation('shell')
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function withdraw() {
    setIsSending(true)
    try {
      const withdrawn = await withdrawIdea(idea, csrfToken)
      queryClient.setQueryData(ideaQuery(idea.ideaId).queryKey, withdrawn)
      void queryClient.invalidateQueries({ queryKey: ['ideas'] })
      announce(t('withdrawn'))
      onClose()
    } catch (problem) {
      setError(problem)
      void queryClient.invalidateQueries({ queryKey: ideaQuery(idea.ideaId).queryKey })
    } finally {
      setIsSending(false)
    }
  }
  return (
    <Dialog title={t('withdraw.title')} onClose={onClose}>
      <p>{t('withdraw.text', { title: idea.title })}</p>
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-dialog-actions">
        <Button look="danger" onClick={withdraw} disabled={isSending}>
          {t('withdraw.do')}
        </Button>
        <Button onClick={onClose}>{shell('cancel')}</Button>
      </div>
    </Dialog>
  )
}
