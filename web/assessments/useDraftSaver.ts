import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Assessment, Workspace } from '../../server/assessments/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'
import { sessionQuery } from '../lib/session.ts'
import { saveDraft, workspaceQuery } from './assessments.api.ts'
import { DraftSaver } from './draftSaver.ts'

function conflictOf(error: unknown): Assessment | null {
  if (!(error instanceof ApiProblem) || error.kind !== 'assessment-conflict') return null
  return (error.body.current as Workspace | undefined)?.current ?? null
}

/** The draft of one assessment: saves by itself, again when the net is back, and before the page is left. */
export function useDraftSaver(workspace: Workspace) {
  const { ideaId, ideaVersion, current } = workspace
  const [saver] = useState(
    () =>
      new DraftSaver(current, ideaVersion, {
        send: async (draft) => {
          const answer = await saveDraft(ideaId, draft, queryClient.getQueryData(sessionQuery.queryKey)?.csrfToken ?? null)
          queryClient.setQueryData(workspaceQuery(ideaId).queryKey, answer)
          void queryClient.invalidateQueries({ queryKey: ['plan'], predicate: ({ queryKey }) => queryKey[1] !== 'workspace' })
          return answer.current
        },
        conflictOf,
      }),
  )
  const state = useSyncExternalStore(saver.subscribe, saver.snapshot)
  useEffect(() => saver.adopt(current, ideaVersion), [saver, current, ideaVersion])
  useEffect(() => {
    const onOnline = () => void saver.flush()
    const onLeave = (event: BeforeUnloadEvent) => {
      if (saver.isDirty()) event.preventDefault()
    }
    window.addEventListener('online', onOnline)
    window.addEventListener('beforeunload', onLeave)
    return () => {
      window.removeEventListener('online', onOnline)
      window.removeEventListener('beforeunload', onLeave)
      void saver.flush()
    }
  }, [saver])
  return { saver, state }
}
