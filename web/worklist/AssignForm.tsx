import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Assignment, Department } from '../../server/assessments/contract.ts'
import type { BulkAssignment } from '../../server/worklist/contract.ts'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { DEPARTMENTS } from '../plan/planWords.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { assign, staffQuery } from './worklist.api.ts'

/** Not touched, taken away, or set. */
const KEEP = 'keep'
const NONE = 'none'

interface AssignFormProps {
  ideaIds: number[]
  /** Where one idea stands now; several begin with "as it is". */
  now?: Assignment
  onDone: () => void
  onCancel?: () => void
}

interface Chosen {
  ideaIds: number[]
  person: string
  department: string
  deadline: string
  clearsDeadline: boolean
}

/** What is not chosen is not sent and stays as it is. */
function bodyOf({ ideaIds, person, department, deadline, clearsDeadline }: Chosen): BulkAssignment {
  const body: BulkAssignment = { ideaIds }
  if (person !== KEEP) body.assigneeId = person === NONE ? null : person
  if (department !== KEEP) body.department = department === NONE ? null : (department as Department)
  if (clearsDeadline) body.deadline = null
  else if (deadline !== '') body.deadline = deadline
  return body
}

/** Gives work to a person, a department and a day; for one idea or many at once. */
export function AssignForm({ ideaIds, now, onDone, onCancel }: AssignFormProps) {
  const { t } = useTranslation(['worklist', 'plan', 'shell'])
  const { csrfToken } = useSession()
  const { data: staff } = useQuery(staffQuery)
  const [person, setPerson] = useState(now ? (now.assignee?.personId ?? NONE) : KEEP)
  const [department, setDepartment] = useState<string>(now ? (now.department ?? NONE) : KEEP)
  const [deadline, setDeadline] = useState(now?.deadline ?? '')
  const [clearsDeadline, setClearsDeadline] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setIsSending(true)
    setError(null)
    const chosen = { ideaIds, person, department, deadline, clearsDeadline: clearsDeadline || (now !== undefined && deadline === '') }
    try {
      await assign(bodyOf(chosen), csrfToken)
      announce(t('assign.done', { count: ideaIds.length }))
      onDone()
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <form className="bm-assign-form" onSubmit={send}>
      <label className="bm-tool-field">
        <span>{t('filter.assignee')}</span>
        <select className="bm-select" value={person} onChange={(event) => setPerson(event.target.value)}>
          {now ? null : <option value={KEEP}>{t('assign.keep')}</option>}
          <option value={NONE}>{t('filter.nobody')}</option>
          {staff?.items.map(({ personId, displayName }) => (
            <option key={personId} value={personId}>
              {displayName}
            </option>
          ))}
        </select>
      </label>
      <label className="bm-tool-field">
        <span>{t('filter.department')}</span>
        <select className="bm-select" value={department} onChange={(event) => setDepartment(event.target.value)}>
          {now ? null : <option value={KEEP}>{t('assign.keep')}</option>}
          <option value={NONE}>{t('department.none')}</option>
          {DEPARTMENTS.map((one) => (
            <option key={one} value={one}>
              {t(`department.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="bm-tool-field">
        <span>{t('assign.deadline')}</span>
        <input
          className="bm-input"
          type="date"
          min="2000-01-01"
          max="2100-12-31"
          value={deadline}
          disabled={clearsDeadline}
          onChange={(event) => setDeadline(event.target.value)}
        />
      </label>
      {now ? null : (
        <label className="bm-check">
          <input type="checkbox" checked={clearsDeadline} onChange={(event) => setClearsDeadline(event.target.checked)} />
          {t('assign.clearDeadline')}
        </label>
      )}
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-dialog-actions">
        <Button look="main" type="submit" disabled={isSending}>
          {t('assign.do')}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{t('cancel')}</Button> : null}
      </div>
    </form>
  )
}
