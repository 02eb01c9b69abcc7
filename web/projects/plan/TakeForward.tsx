import { useId, useState } from 'react'
import type { PlanProjectList } from '../../../server/projects/contract.ts'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import type { WorkItem } from '../../../server/worklist/contract.ts'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { createProject, takeProjectStep } from './planProjects.api.ts'

const NEW = 'new'

interface TakeForwardProps {
  year: number
  chosen: readonly WorkItem[]
  list: PlanProjectList
  onDone: () => void
  onCancel: () => void
}

/** Makes a project of the chosen ideas in a district, or puts them into one that stands. */
export function TakeForward({ year, chosen, list, onDone, onCancel }: TakeForwardProps) {
  const { t } = useTranslation('planProjects')
  const { csrfToken } = useSession()
  const id = useId()
  const [first] = chosen as [WorkItem, ...WorkItem[]]
  const [districtId, setDistrictId] = useState(first.districtId)
  const [into, setInto] = useState(NEW)
  const [title, setTitle] = useState(first.title)
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const ideaIds = chosen.map(({ ideaId }) => ideaId)
  const open = list.items.filter((project) => project.districtId === districtId && project.state !== null && project.state !== 'withdrawn')
  const project = open.find(({ projectId }) => projectId === into)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setIsSending(true)
    setError(null)
    try {
      if (project) await takeProjectStep(project, { name: 'ideas', ideaIds }, csrfToken)
      else await createProject(year, { districtId, ideaIds, title }, csrfToken)
      announce(t('done.taken'))
      onDone()
    } catch (problem) {
      setError(problem)
      setIsSending(false)
    }
  }
  return (
    <form className="bm-take-forward" onSubmit={send} aria-label={t('take.title', { count: chosen.length })}>
      <h3>{t('take.title', { count: chosen.length })}</h3>
      <ul className="bm-notes">
        {chosen.map(({ ideaId, title: name, districtName }) => (
          <li key={ideaId}>
            {name} <span className="bm-soft-text">{districtName}</span>
          </li>
        ))}
      </ul>
      <div className="bm-work-selects">
        <label className="bm-tool-field">
          <span>{t('take.district')}</span>
          <select
            className="bm-select"
            value={districtId}
            onChange={(event) => {
              setDistrictId(event.target.value)
              setInto(NEW)
            }}
          >
            {list.shortlists.map((district) => (
              <option key={district.districtId} value={district.districtId}>
                {district.name}
              </option>
            ))}
          </select>
        </label>
        <label className="bm-tool-field">
          <span>{t('take.into')}</span>
          <select className="bm-select" value={into} onChange={(event) => setInto(event.target.value)}>
            <option value={NEW}>{t('take.new')}</option>
            {open.map(({ projectId, title: name }) => (
              <option key={projectId} value={projectId}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {project ? null : (
        <div className="bm-field">
          <label htmlFor={id}>{t('titleLabel')}</label>
          <input
            id={id}
            className="bm-input"
            type="text"
            maxLength={PROJECT_LIMITS.title}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
      )}
      {chosen.length > 1 || project ? <p className="bm-fine">{t('take.asked')}</p> : null}
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-detail-actions">
        <Button look="main" type="submit" disabled={isSending || (!project && title.trim().length < PROJECT_LIMITS.titleMin)}>
          {t(project ? 'take.mergeDo' : 'take.do')}
        </Button>
        <Button onClick={onCancel}>{t('take.cancel')}</Button>
      </div>
    </form>
  )
}
