import { queryOptions } from '@tanstack/react-query'
import type { AssessmentDraft, Correction, PublicAssessment, Question, Workspace } from '../../server/assessments/contract.ts'
import type { Idea } from '../../server/ideas/contract.ts'
import type { ElementPrice } from '../../server/prices/contract.ts'
import { ideaQuery } from '../ideas/ideas.api.ts'
import { ApiProblem, getJson, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

const pathOf = (ideaId: number) => `/api/plan/ideas/${ideaId}/assessment`

/** Everything staff see of an idea's assessment. */
export function workspaceQuery(ideaId: number) {
  return queryOptions({
    queryKey: ['plan', 'workspace', ideaId],
    queryFn: ({ signal }) => getJson<Workspace>(pathOf(ideaId), signal),
    // A page that writes must not begin from what was true a while ago.
    staleTime: 0,
    gcTime: 0,
  })
}

export const questionsQuery = queryOptions({
  queryKey: ['assessment-questions'],
  queryFn: ({ signal }) => getJson<{ items: Question[] }>('/api/assessment-questions', signal),
  staleTime: 10 * 60_000,
})

export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => getJson<{ items: ElementPrice[] }>('/api/prices', signal),
  staleTime: 10 * 60_000,
})

/** @errors ApiProblem; `assessment-conflict` carries `current` and `yours` */
export function saveDraft(ideaId: number, draft: AssessmentDraft, csrfToken: string | null): Promise<Workspace> {
  return sendJson<Workspace>('PUT', pathOf(ideaId), draft, { csrfToken })
}

type Step =
  | { name: 'submit' | 'approve' | 'refresh'; version: number }
  | { name: 'return'; version: number; reason: string }
  | { name: 'reopen'; reason: string }

/** Takes an assessment one step on. @errors ApiProblem such as `needs-second-person`, `reason-missing` */
export async function takeStep(ideaId: number, { name, ...body }: Step, csrfToken: string | null): Promise<Workspace> {
  const workspace = await sendJson<Workspace>('POST', `${pathOf(ideaId)}/${name}`, body, { csrfToken }).catch((error: unknown) => {
    // Somebody was faster: the page shows how it stands now, beside the words that nothing was done.
    if (error instanceof ApiProblem && error.kind === 'assessment-conflict') adoptWorkspace(error.body.current as Workspace)
    throw error
  })
  adoptWorkspace(workspace)
  void queryClient.invalidateQueries({ queryKey: ['public-assessment', ideaId] })
  return workspace
}

/** The list and its pins change with every step; the page itself already has the answer. */
export function adoptWorkspace(workspace: Workspace): void {
  queryClient.setQueryData(workspaceQuery(workspace.ideaId).queryKey, workspace)
  void queryClient.invalidateQueries({ queryKey: ['plan'], predicate: ({ queryKey }) => queryKey[1] !== 'workspace' })
}

/** @errors ApiProblem `note-unknown` */
export async function addNote(ideaId: number, note: { text: string; replyTo: number | null }, csrfToken: string | null): Promise<void> {
  adoptWorkspace(await sendJson<Workspace>('POST', `/api/plan/ideas/${ideaId}/notes`, note, { csrfToken }))
}

/** The municipality's answer, as everybody may read it. */
export function publicAssessmentQuery(ideaId: number) {
  return queryOptions({
    queryKey: ['public-assessment', ideaId],
    queryFn: ({ signal }) => getJson<PublicAssessment>(`/api/ideas/${ideaId}/assessment`, signal),
  })
}

async function refetchIdea(ideaId: number): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['public-assessment', ideaId] }),
    queryClient.invalidateQueries({ queryKey: ['idea', ideaId] }),
  ])
}

/** @errors ApiProblem `appeal-closed`, `already-appealed`, `not-the-author` */
export async function appeal(ideaId: number, reason: string, csrfToken: string | null): Promise<void> {
  await sendJson<unknown>('POST', `/api/ideas/${ideaId}/appeal`, { reason }, { csrfToken })
  await refetchIdea(ideaId)
}

/** Answers the idea as it stands after it. @errors ApiProblem `correction-closed`, `edit-conflict` */
export async function correct(ideaId: number, correction: Correction, csrfToken: string | null): Promise<Idea> {
  await sendJson<unknown>('POST', `/api/ideas/${ideaId}/correction`, correction, { csrfToken })
  await queryClient.invalidateQueries({ queryKey: ['public-assessment', ideaId] })
  return queryClient.fetchQuery({ ...ideaQuery(ideaId), staleTime: 0 })
}
