import { useCallback, useRef, useState } from 'react'
import type { Idea } from '../../../server/ideas/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useSession } from '../../lib/session.ts'
import { adviseOn, type SendAdvice } from './sendAdvice.ts'
import { finishDraft, type OpenForm, type SendTarget, sendDraft } from './sendDraft.ts'

export type SendState = { phase: 'idle' } | { phase: 'sending' } | { phase: 'failed'; problem: ApiProblem; advice: SendAdvice }

/** Sends once at a time. A failure keeps the draft as it is and says what to do. */
export function useSend(target: SendTarget, form: OpenForm, onSent: (idea: Idea) => void, onFailed: (advice: SendAdvice) => void) {
  const [state, setState] = useState<SendState>({ phase: 'idle' })
  const { person, csrfToken } = useSession()
  const base = useRef<Idea | null>(null)

  /** `rebased`: the person chose this draft over a later version, which is now what it changes. */
  async function send(rebased?: Idea) {
    if (state.phase === 'sending') return
    base.current = rebased ?? base.current
    setState({ phase: 'sending' })
    try {
      if (person === null) throw new ApiProblem('not-signed-in', 401)
      const now = target.kind === 'change' && base.current ? { ...target, idea: base.current } : target
      const idea = await sendDraft(now, form, csrfToken)
      await finishDraft(idea, form)
      setState({ phase: 'idle' })
      onSent(idea)
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem('internal-error', 0)
      const advice = adviseOn(problem, form.store.snapshot().draft)
      setState({ phase: 'failed', problem, advice })
      onFailed(advice)
    }
  }

  /** Forgets a failure; a send under way goes on. */
  const reset = useCallback(() => setState((now) => (now.phase === 'failed' ? { phase: 'idle' } : now)), [])
  return { state, send, reset }
}
