import { type SubmitEvent, useId, useState } from 'react'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { nameAuditor } from '../voting.api.ts'

const NOTHING = { name: '', publicKey: '' }

/** Name and public key of one auditor; who was named before is replaced, and the log says so. */
export function AuditorForm({ year, position, isChange }: { year: number; position: number; isChange: boolean }) {
  const { t } = useTranslation('auditors')
  const { csrfToken } = useSession()
  const id = useId()
  const [auditor, setAuditor] = useState(NOTHING)
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const isWhole = auditor.name.trim().length >= 2 && auditor.publicKey.trim() !== ''
  async function send(event: SubmitEvent) {
    event.preventDefault()
    if (!isWhole || isSending) return
    setIsSending(true)
    setError(null)
    try {
      await nameAuditor(year, { position, name: auditor.name.trim(), publicKey: auditor.publicKey.trim() }, csrfToken)
      announce(t('saved'))
      setAuditor(NOTHING)
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <form onSubmit={send} aria-label={t('position', { position })}>
      <div className="bm-field">
        <label htmlFor={`${id}-name`}>{t('name')}</label>
        <input
          id={`${id}-name`}
          className="bm-input"
          maxLength={100}
          autoComplete="off"
          value={auditor.name}
          onChange={(event) => setAuditor({ ...auditor, name: event.target.value })}
        />
      </div>
      <div className="bm-field">
        <label htmlFor={`${id}-key`}>{t('key')}</label>
        <input
          id={`${id}-key`}
          className="bm-input bm-auditor-print"
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={auditor.publicKey}
          onChange={(event) => setAuditor({ ...auditor, publicKey: event.target.value })}
        />
        <p id={`${id}-hint`} className="bm-field-hint">
          {t('keyHint')}
        </p>
      </div>
      {error ? <ErrorState error={error} /> : null}
      <p>
        <Button type="submit" look={isChange ? 'quiet' : 'main'} disabled={!isWhole} aria-disabled={isSending || undefined}>
          {t(isChange ? 'change' : 'save')}
        </Button>
      </p>
    </form>
  )
}
