import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import { ideaQuery } from '../ideas/ideas.api.ts'
import { ApiProblem } from '../lib/api.ts'
import { useTranslation } from '../lib/i18n.ts'
import { PlanFrame } from '../plan/PlanFrame.tsx'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { lendToMap } from '../shell/mapState.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { useWorkFilters } from '../worklist/useWorkFilters.ts'
import { useWorkPins } from '../worklist/useWorkPins.ts'
import { AssessmentBody } from './AssessmentBody.tsx'
import { AssessmentHead } from './AssessmentHead.tsx'
import { workspaceQuery } from './assessments.api.ts'
import './assessments.css'

/** `/plan/ideer/:id`: everything to decide whether one idea can be done, and what it costs. */
export function AssessmentPage() {
  const { t } = useTranslation(['assessment', 'plan'])
  const { id } = useParams({ from: '/plan/ideer/$id' })
  const { mayPlan } = useMayPlan()
  const ideaId = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : null
  const idea = useQuery({ ...ideaQuery(ideaId ?? 0), enabled: mayPlan && ideaId !== null })
  return (
    <PlanFrame title={idea.data?.title ?? t('title')} hidesTitle={!idea.data}>
      {mayPlan ? <Loaded ideaId={ideaId} idea={idea.data} error={idea.error} onRetry={() => idea.refetch()} /> : null}
    </PlanFrame>
  )
}

interface LoadedProps {
  ideaId: number | null
  idea: Idea | undefined
  error: unknown
  onRetry: () => void
}

function Loaded({ ideaId, idea, error, onRetry }: LoadedProps) {
  const workspace = useQuery({ ...workspaceQuery(ideaId ?? 0), enabled: ideaId !== null })
  useWorkPins(useWorkFilters())
  useEffect(() => {
    lendToMap({ highlight: idea?.geometry ?? null })
    return () => lendToMap({ highlight: null })
  }, [idea?.geometry])
  if (ideaId === null) return <ErrorState error={new ApiProblem('not-found', 404)} />
  const problem = error ?? workspace.error
  if (problem && !workspace.data) {
    return (
      <ErrorState
        error={problem}
        onRetry={() => {
          onRetry()
          void workspace.refetch()
        }}
      />
    )
  }
  if (!idea || !workspace.data) return <PageSkeleton />
  return <Open key={ideaId} idea={idea} workspace={workspace.data} />
}

function Open({ idea, workspace }: { idea: Idea; workspace: Workspace }) {
  return (
    <>
      <AssessmentHead idea={idea} workspace={workspace} />
      {/* A later round of looking is another assessment: it begins with its own draft. */}
      <AssessmentBody key={`${workspace.earlier.length}-${workspace.current.occasion}`} idea={idea} workspace={workspace} />
    </>
  )
}
