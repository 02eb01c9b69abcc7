import { Link } from '@tanstack/react-router'
import Printer from 'lucide-react/icons/printer'
import { useState } from 'react'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { formatAmount, formatDate } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { queryClient } from '../lib/queryClient.ts'
import { useSession } from '../lib/session.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { Button } from '../ui/Button.tsx'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ShowOnMap } from '../ui/ShowOnMap.tsx'
import { AssignForm } from '../worklist/AssignForm.tsx'
import { takeStep, workspaceQuery } from './assessments.api.ts'
import { Neighbours } from './Neighbours.tsx'

/** What is assessed, whose work it is, and the ways to the next one, the public page and paper. */
export function AssessmentHead({ idea, workspace }: { idea: Idea; workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan', 'shell'])
  const language = useLanguage()
  const { current, ideaVersion, hasNewerCheck, appeal } = workspace
  const [lng, lat] = idea.labelPoint
  const isChanged = current.version > 0 && current.ideaVersion < ideaVersion
  return (
    <div className="bm-assessment-head">
      <p className="bm-detail-meta">
        <DistrictChip districtId={idea.districtId} name={idea.districtName} />
        <span className="bm-detail-sign">
          <CategoryIcon category={idea.category} size={17} />
          {t(`category.${idea.category}`)}
        </span>
        <span>{t('head.number', { id: idea.ideaId })}</span>
        <span>{t(`status.${current.version === 0 ? 'not-started' : current.state}`)}</span>
        {current.occasion === 'first' ? null : <span className="bm-badge">{t(`occasion.${current.occasion}`)}</span>}
      </p>
      <Neighbours ideaId={idea.ideaId} />
      {idea.status === 'withdrawn' ? <Notice>{t('head.withdrawn')}</Notice> : null}
      {isChanged ? <Notice>{t('head.changed')}</Notice> : null}
      {hasNewerCheck ? <NewerCheck workspace={workspace} /> : null}
      {appeal?.result === 'pending' ? (
        <Notice>
          <strong>{t('head.appeal', { date: formatDate(appeal.at, language) })}</strong>
          <p className="bm-text">{appeal.reason}</p>
        </Notice>
      ) : null}
      <details className="bm-assessment-idea">
        <summary>{t('head.ideaText')}</summary>
        <p className="bm-text">{idea.description}</p>
        <p className="bm-fine">
          {t('head.wished')}: {formatAmount(idea.wishedAmountDkk, language)}
        </p>
        {idea.accessibilityNote ? <p className="bm-text bm-fine">{idea.accessibilityNote}</p> : null}
        {idea.upkeepNote ? <p className="bm-text bm-fine">{idea.upkeepNote}</p> : null}
      </details>
      <AssignmentCard workspace={workspace} />
      <div className="bm-assessment-ways">
        <ShowOnMap lng={lng} lat={lat} />
        <Link to="/plan/ideer/$id/udskrift" params={{ id: String(idea.ideaId) }} className="bm-way">
          <Printer size={17} aria-hidden="true" />
          {t('head.print')}
        </Link>
        <Link to="/ideer/$id" params={{ id: String(idea.ideaId) }} className="bm-way">
          {t('head.publicPage')}
        </Link>
      </div>
    </div>
  )
}

/** A draft may take newer findings in; answers they do not touch stay. */
function NewerCheck({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  async function refresh() {
    try {
      await takeStep(workspace.ideaId, { name: 'refresh', version: workspace.current.version }, csrfToken)
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <Notice>
      <p>{t('head.newerCheck')}</p>
      {error ? <ErrorState error={error} /> : null}
      {workspace.may.save && workspace.current.version > 0 ? (
        <Button look="plain" className="bm-small-button" onClick={refresh}>
          {t('head.refresh')}
        </Button>
      ) : null}
    </Notice>
  )
}

function AssignmentCard({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(['assessment', 'plan', 'worklist'])
  const language = useLanguage()
  const [isEditing, setIsEditing] = useState(false)
  const { assignee, department, deadline, isOverdue } = workspace.assignment
  const words = [
    assignee?.displayName ?? t('head.nobody'),
    department ? t(`department.${department}`) : null,
    deadline ? t(isOverdue ? 'overdue' : 'due', { date: formatDate(deadline, language) }) : t('head.noDeadline'),
  ]
  return (
    <section className="bm-assignment" data-overdue={isOverdue || undefined} aria-label={t('head.assignment')}>
      <p>
        <strong>{t('head.assignment')}</strong> {words.filter(Boolean).join(' · ')}
      </p>
      <Button look="plain" className="bm-small-button" aria-expanded={isEditing} onClick={() => setIsEditing(!isEditing)}>
        {t('head.reassign')}
      </Button>
      {isEditing ? (
        <AssignForm
          ideaIds={[workspace.ideaId]}
          now={workspace.assignment}
          onDone={() => {
            setIsEditing(false)
            void queryClient.invalidateQueries({ queryKey: workspaceQuery(workspace.ideaId).queryKey })
          }}
          onCancel={() => setIsEditing(false)}
        />
      ) : null}
    </section>
  )
}
