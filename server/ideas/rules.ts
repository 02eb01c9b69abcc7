import type { Phase } from '../kernel/phases.ts'

/** Ideas are put on the map, changed and withdrawn while citizens are being involved, and at no other time. */
export function mayWriteIdeas(currentPhase: Phase | null): boolean {
  return currentPhase === 'involvement'
}

/** Whether a person may change an idea now: it is theirs, still submitted, and the phase is open. */
export function mayChangeIdea(
  idea: { personId: string | null; status: string },
  personId: string | null,
  currentPhase: Phase | null,
): boolean {
  return personId !== null && idea.personId === personId && idea.status === 'submitted' && mayWriteIdeas(currentPhase)
}
