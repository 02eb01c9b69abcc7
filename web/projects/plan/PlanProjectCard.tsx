import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanProject, ProjectState } from '../../../server/projects/contract.ts'
import { PROJECT_LIMITS } from '../../../server/projects/limits.ts'
import { announce } from '../../lib/announce.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { Button } from '../../ui/Button.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ShowOnMap } from '../../ui/ShowOnMap.tsx'
import { ConsentLine } from './ConsentLine.tsx'
import { ProjectWords } from './ProjectWords.tsx'
import { takeProjectStep } from './planProjects.api.ts'

/** One project: its ideas with the authors' answers, where it stands, and what the organiser may do with it. */
export function PlanProjectCard({ project }: { project: PlanProject }) {
  const { t } = useTranslation('planProjects')
  const { mayOrganise } = useMayPlan()
  const { projectId, title, districtId, districtName, state, shortlistNumber, stateReason, consents, labelPoint } = project
  const isOpen = mayOrganise && state !== null && state !== 'withdrawn'
  return (
    <li className="bm-plan-project" data-state={state ?? undefined}>
      <h3>
        <Link to="/projekter/$id" params={{ id: projectId }}>
          {title}
        </Link>
      </h3>
      <p className="bm-work-meta">
        <DistrictChip districtId={districtId} name={districtName ?? ''} />
        <span className="bm-project-state" data-state={state ?? undefined}>
          {state ? t(`state.${state}`) : ''}
          {shortlistNumber === null ? '' : ` ${t('number', { number: shortlistNumber })}`}
        </span>
      </p>
      {stateReason ? <p className="bm-fine bm-text">{stateReason}</p> : null}
      <h4>{t('ideas', { count: consents.filter(({ isActive }) => isActive).length })}</h4>
      <ul className="bm-consents">
        {consents.map((consent) => (
          <ConsentLine key={consent.ideaId} project={project} consent={consent} isOpen={isOpen} />
        ))}
      </ul>
      {isOpen ? <Actions project={project} state={state} /> : null}
      {labelPoint ? (
        <div className="bm-conflict-actions">
          <ShowOnMap lng={labelPoint[0]} lat={labelPoint[1]} />
        </div>
      ) : null}
      <Events project={project} />
    </li>
  )
}

function Actions({ project, state }: { project: PlanProject; state: ProjectState }) {
  const { t } = useTranslation('planProjects')
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function shortlist() {
    setIsSending(true)
    setError(null)
    try {
      await takeProjectStep(project, { name: 'state', state: 'shortlisted', reason: null }, csrfToken)
      announce(t('done.shortlisted'))
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  const change = (next: ProjectState) => async (reason: string) => {
    await takeProjectStep(project, { name: 'state', state: next, reason }, csrfToken)
  }
  const limits = { min: PROJECT_LIMITS.reasonMin, max: PROJECT_LIMITS.reason, label: t('publicReason') }
  return (
    <div className="bm-project-actions">
      {state === 'planned' ? (
        <div>
          <Button look="main" onClick={shortlist} disabled={isSending}>
            {t('shortlist')}
          </Button>
        </div>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      {state === 'shortlisted' ? (
        <ReasonForm summary={t('unlist')} doLabel={t('unlistDo')} done={t('done.unlisted')} onSend={change('planned')} {...limits} />
      ) : null}
      <ProjectWords project={project} />
      <ReasonForm summary={t('withdraw')} doLabel={t('withdrawDo')} done={t('done.withdrawn')} onSend={change('withdrawn')} {...limits} />
    </div>
  )
}

function Events({ project }: { project: PlanProject }) {
  const { t, i18n } = useTranslation('planProjects')
  const language = useLanguage()
  return (
    <details>
      <summary>{t('history')}</summary>
      <ol className="bm-timeline">
        {project.events.map(({ kind, at, actorName, reason, ideaId }) => (
          <li key={`${at}${kind}${ideaId ?? ''}`}>
            {i18n.exists(`event.${kind}`, { ns: 'planProjects' }) ? t(`event.${kind}`) : kind}
            {ideaId === null ? '' : ` (${t('ideaNumber', { id: ideaId })})`}
            <p className="bm-fine">
              {actorName ?? t('somebody')} · <time dateTime={at}>{formatMoment(at, language)}</time>
            </p>
            {reason ? <p className="bm-fine bm-text">{reason}</p> : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
