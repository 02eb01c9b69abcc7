import { useId, useState } from 'react'
import type { PlanProject } from '../../../server/projects/contract.ts'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { changeProject } from './planProjects.api.ts'

/** Title and text of a project; what was written in the meantime is told, not overwritten. */
export function ProjectWords({ project }: { project: PlanProject }) {
  const { t } = useTranslation('planProjects')
  const { csrfToken } = useSession()
  const id = useId()
  const [title, setTitle] = useState(project.title)
  const [description, setDescription] = useState(project.description)
  const [error, setError] = useState<unknown>(null)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setError(null)
    try {
      await changeProject(project, { title, description }, csrfToken)
      announce(t('done.changed'))
    } catch (problem) {
      setError(problem)
    }
  }
  const isFine = title.trim().length >= PROJECT_LIMITS.titleMin && description.trim().length >= PROJECT_LIMITS.descriptionMin
  return (
    <details className="bm-reasoned">
      <summary>{t('edit')}</summary>
      <form className="bm-field" onSubmit={send}>
        <label htmlFor={`${id}-title`}>{t('titleLabel')}</label>
        <input
          id={`${id}-title`}
          className="bm-input"
          type="text"
          maxLength={PROJECT_LIMITS.title}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <label htmlFor={`${id}-text`}>{t('descriptionLabel')}</label>
        <textarea
          id={`${id}-text`}
          className="bm-input"
          rows={5}
          maxLength={PROJECT_LIMITS.description}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        {error ? <ErrorState error={error} /> : null}
        <div>
          <Button type="submit" disabled={!isFine}>
            {t('editDo')}
          </Button>
        </div>
      </form>
    </details>
  )
}
