import { useCallback, useEffect, useRef, useState } from 'react'
import type { RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import { countInWorker } from '../countInWorker.ts'
import type { CountAnswer, WorkProgress } from '../countOrder.ts'
import { getText, type RoundResult } from '../result.api.ts'
import { whatIfOrder } from './whatIfOrder.ts'

/** Whose ballots are counted. */
export type WhatIfSource = { kind: 'district'; districtId: string } | { kind: 'own'; name: string; text: string }

export type WhatIfState =
  | { kind: 'idle' }
  | { kind: 'counting'; progress: WorkProgress | null }
  | { kind: 'done'; answer: CountAnswer; title: string }
  | { kind: 'failed'; error: unknown }

/** Counts what the reader chose beside the page; who leaves the page ends the count. */
export function useWhatIf(result: RoundResult) {
  const [state, setState] = useState<WhatIfState>({ kind: 'idle' })
  const abort = useRef<AbortController | null>(null)
  const cancel = useCallback(() => abort.current?.abort(), [])
  useEffect(() => cancel, [cancel])
  async function count(source: WhatIfSource, rule: RuleName) {
    const controller = new AbortController()
    const { signal } = controller
    abort.current = controller
    setState({ kind: 'counting', progress: null })
    try {
      const district = source.kind === 'district' ? result.districts.find(({ districtId }) => districtId === source.districtId) : undefined
      const pb = source.kind === 'own' ? source.text : await getText(district?.ballotFile?.url ?? '', signal)
      const onProgress = (progress: WorkProgress) => setState({ kind: 'counting', progress })
      const answer = await countInWorker(whatIfOrder(pb, rule, district ?? null), { signal, onProgress })
      setState({ kind: 'done', answer, title: source.kind === 'own' ? source.name : (district?.name ?? '') })
    } catch (error) {
      setState(signal.aborted ? { kind: 'idle' } : { kind: 'failed', error })
    }
  }
  return { state, count, cancel }
}
