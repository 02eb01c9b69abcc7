import type { Idea, NewIdea } from '../../../server/ideas/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { queryClient } from '../../lib/queryClient.ts'
import { sessionQuery } from '../../lib/session.ts'
import { ideaQuery } from '../ideas.api.ts'
import { forgetPicture } from './draftPictures.ts'
import type { DraftStore } from './draftStore.ts'
import { bodyOf, changeOf, differingFields } from './ideaBody.ts'
import { changeIdea, createIdea } from './newIdea.api.ts'
import type { PictureUploads } from './pictureUploads.ts'

/** A new idea of a round, or the idea that is changed, as it was opened; a correction sends its change another way. */
export type SendTarget = { kind: 'new'; year: number } | { kind: 'change'; idea: Idea; sendChange?: typeof changeIdea }

export interface OpenForm {
  store: DraftStore
  uploads: PictureUploads
}

async function sendBody(target: SendTarget, { store }: OpenForm, body: NewIdea, csrfToken: string | null): Promise<Idea> {
  const { draft } = store.snapshot()
  if (target.kind === 'new') return createIdea(target.year, body, csrfToken, draft.idempotencyKey)
  try {
    const { idea, sendChange = changeIdea } = target
    return await sendChange(idea, changeOf(draft, body, idea), csrfToken)
  } catch (error) {
    const current = error instanceof ApiProblem && error.kind === 'edit-conflict' ? (error.body.current as Idea | undefined) : undefined
    // An earlier try arrived although its answer was lost.
    if (current && differingFields(body, current).length === 0) return current
    throw error
  }
}

async function sendOnce(target: SendTarget, form: OpenForm, csrfToken: string | null): Promise<Idea> {
  await form.uploads.sendAll(csrfToken)
  const body = bodyOf(form.store.snapshot().draft)
  if (body === null) throw new ApiProblem('invalid-request', 0)
  return sendBody(target, form, body, csrfToken)
}

function unknownPictures(error: ApiProblem, form: OpenForm): string[] {
  const sent = form.store.snapshot().draft.pictures.flatMap(({ pictureId }) => (pictureId === null ? [] : [pictureId]))
  const named = (error.body.errors ?? []).flatMap(({ pointer }) => sent[Number(pointer.split('/')[2])] ?? [])
  return named.length > 0 ? named : sent
}

/**
 * Sends pictures, then the idea. What can be mended without the person is mended once: a token that went stale,
 * pictures the server has forgotten. Nothing of the draft is lost when it fails.
 * @errors ApiProblem
 */
export async function sendDraft(target: SendTarget, form: OpenForm, csrfToken: string | null): Promise<Idea> {
  try {
    return await sendOnce(target, form, csrfToken)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.kind === 'cross-site-request') {
      const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      if (!session.person) throw new ApiProblem('not-signed-in', 401)
      return sendOnce(target, form, session.csrfToken)
    }
    if (error.kind === 'picture-unknown') {
      form.uploads.forgetSent(unknownPictures(error, form))
      return sendOnce(target, form, csrfToken)
    }
    if (error.kind === 'not-signed-in') await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    throw error
  }
}

/** Clears the draft and lets lists, shares and the idea's page know. */
export async function finishDraft(idea: Idea, { store }: OpenForm): Promise<void> {
  for (const { localId } of store.snapshot().draft.pictures) void forgetPicture(localId)
  store.discard()
  queryClient.setQueryData(ideaQuery(idea.ideaId).queryKey, idea)
  await Promise.all([queryClient.invalidateQueries({ queryKey: ['ideas'] }), queryClient.invalidateQueries({ queryKey: ['shares'] })])
}
