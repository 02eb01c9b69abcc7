import type { Idea } from '../../../server/ideas/contract.ts'
import { ConflictChoice } from './ConflictChoice.tsx'
import { bodyOf, draftOfIdea } from './ideaBody.ts'
import { SendProblem } from './SendProblem.tsx'
import type { OpenForm } from './sendDraft.ts'
import type { useSend } from './useSend.ts'

interface SendOutcomeProps {
  form: OpenForm
  sending: ReturnType<typeof useSend>
}

/** What stands above the summary after a send that failed. */
export function SendOutcome({ form, sending }: SendOutcomeProps) {
  const { state, send, reset } = sending
  if (state.phase !== 'failed') return null
  const { problem, advice } = state
  const { draft } = form.store.snapshot()
  const yours = bodyOf(draft)
  const current = problem.body.current as Idea | undefined
  if (advice.action === 'resolve-conflict' && current && yours) {
    return (
      <ConflictChoice
        yours={yours}
        current={current}
        onKeepYours={() => {
          form.store.change({ ideaVersion: current.version })
          void send(current)
        }}
        onKeepCurrent={() => {
          form.store.change(draftOfIdea(current))
          reset()
        }}
      />
    )
  }
  const unsent = draft.pictures.filter(({ pictureId }) => pictureId === null)
  const isAboutPictures = unsent.length > 0 && (problem.kind === 'storage-full' || problem.kind.startsWith('picture-'))
  return (
    <SendProblem
      problem={problem}
      advice={advice}
      onRetry={() => void send()}
      onSendAsNew={() => {
        form.store.change({ idempotencyKey: crypto.randomUUID() })
        void send()
      }}
      onWithoutPictures={
        isAboutPictures
          ? () => {
              for (const { localId } of unsent) form.uploads.remove(localId)
              void send()
            }
          : null
      }
    />
  )
}
