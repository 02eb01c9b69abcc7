import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { catalogueQuery } from '../../constraints/constraints.api.ts'
import { ideaFeasibilityQuery } from '../../feasibility/feasibility.api.ts'
import { ideaQuery } from '../../ideas/ideas.api.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { PlanFrame } from '../../plan/PlanFrame.tsx'
import { useMayPlan } from '../../plan/useMayPlan.ts'
import { PageSkeleton } from '../../shell/PageSkeleton.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { questionsQuery, workspaceQuery } from '../assessments.api.ts'
import { Sheet } from './Sheet.tsx'
import { useMapPicture } from './useMapPicture.ts'
import './print.css'

/** `/plan/ideer/:id/udskrift`: the assessment as it goes on A4, with a picture of the map. */
export function PrintPage() {
  const { t } = useTranslation(['assessment', 'plan'])
  const { id } = useParams({ from: '/plan/ideer/$id/udskrift' })
  const { mayPlan } = useMayPlan()
  const ideaId = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : null
  return (
    <PlanFrame title={t('print.title')} hidesTitle>
      {mayPlan && ideaId !== null ? <Desk ideaId={ideaId} /> : null}
      {mayPlan && ideaId === null ? <ErrorState error={new ApiProblem('not-found', 404)} /> : null}
    </PlanFrame>
  )
}

function Desk({ ideaId }: { ideaId: number }) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const [withNotes, setWithNotes] = useState(false)
  const idea = useQuery(ideaQuery(ideaId))
  const workspace = useQuery(workspaceQuery(ideaId))
  const questions = useQuery(questionsQuery)
  const feasibility = useQuery(ideaFeasibilityQuery(ideaId, language))
  const catalogue = useQuery(catalogueQuery)
  const picture = useMapPicture(idea.data?.geometry ?? null)
  const error = idea.error ?? workspace.error ?? questions.error
  if (error) return <ErrorState error={error} />
  if (!idea.data || !workspace.data || !questions.data) return <PageSkeleton />
  return (
    <div className="bm-print-desk">
      <div className="bm-print-bar">
        <Link to="/plan/ideer/$id" params={{ id: String(ideaId) }} className={buttonClass('quiet')}>
          {t('print.back')}
        </Link>
        <label className="bm-check">
          <input type="checkbox" checked={withNotes} onChange={(event) => setWithNotes(event.target.checked)} />
          {t('print.internalToo')}
        </label>
        <p role="status">{t(picture === undefined ? 'print.waiting' : 'print.ready')}</p>
        <Button look="main" disabled={picture === undefined} onClick={() => window.print()}>
          {t('print.do')}
        </Button>
      </div>
      <Sheet
        idea={idea.data}
        workspace={workspace.data}
        questions={questions.data.items}
        check={feasibility.data?.latest ?? null}
        catalogue={catalogue.data?.items ?? []}
        picture={picture}
        withNotes={withNotes}
      />
    </div>
  )
}
