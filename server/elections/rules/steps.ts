import type { ElectionState, Step, StepAction, StepRecord } from '../contract.ts'

/** In which states a step may be taken. */
const FROM: Record<Step, readonly ElectionState[]> = {
  stop: ['frozen', 'open', 'ended', 'closed', 'counted'],
  close: ['ended'],
  count: ['closed'],
  publish: ['counted'],
}

/** The state each step leads to. */
export const LEADS_TO = { close: 'closed', count: 'counted', publish: 'published' } as const

/** Whether a step may be taken in a state. */
export function mayStep(step: Step, state: ElectionState): boolean {
  return FROM[step].includes(state)
}

/** How a step stands when somebody does something about it. */
export interface StepStanding {
  state: ElectionState
  /** The step as it was proposed or done; null when it was not. */
  record: StepRecord | null
  personId: string
}

export type StepRefusal = 'wrong-state' | 'step-conflict' | 'needs-second-person' | 'reason-missing'

/** Why somebody may not do this half of a step now; null when they may. */
export function stepRefusal(step: Step, { action, reason }: StepAction, { state, record, personId }: StepStanding): StepRefusal | null {
  if (record?.confirmedBy) return 'step-conflict'
  if (action === 'withdraw') return record === null ? 'step-conflict' : null
  if (!mayStep(step, state)) return 'wrong-state'
  if (action === 'propose') {
    if (record !== null) return 'step-conflict'
    return step === 'stop' && reason === null ? 'reason-missing' : null
  }
  if (record === null) return 'step-conflict'
  return record.proposedBy.personId === personId ? 'needs-second-person' : null
}
