import type { Phase } from '../kernel/phases.ts'
import type { Idea, IdeaChange, IdeaField } from './contract.ts'

// About 1.9 by 1.7 km in Denmark: some streets, far from a whole municipality.
const CLOSE_LNG = 0.03
const CLOSE_LAT = 0.015

/**
 * Whether a map's box is so small that the index on places is the best way into it, whatever else is asked. A wide box
 * may be read faster by date. @unit degrees
 */
export function isCloseBox([west, south, east, north]: readonly [number, number, number, number]): boolean {
  return east - west <= CLOSE_LNG && north - south <= CLOSE_LAT
}

/** Ideas are put on the map, changed and withdrawn while citizens are being involved, and at no other time. */
export function mayWriteIdeas(currentPhase: Phase | null): boolean {
  return currentPhase === 'involvement'
}

/** Ideas are taken forward, merged, shortlisted or left while citizens are involved and while projects are worked out. */
export function mayDecideIdeas(currentPhase: Phase | null): boolean {
  return currentPhase === 'involvement' || currentPhase === 'processing'
}

/** Whether a person may change an idea now: it is theirs, still submitted, and the phase is open. */
export function mayChangeIdea(
  idea: { personId: string | null; status: string },
  personId: string | null,
  currentPhase: Phase | null,
): boolean {
  return personId !== null && idea.personId === personId && idea.status === 'submitted' && mayWriteIdeas(currentPhase)
}

/** The sent fields that differ from the idea as it stands. */
export function changedFields(before: Idea, { version: _version, ...sent }: IdeaChange): IdeaField[] {
  const stands: Record<IdeaField, unknown> = { ...before, pictureIds: before.pictures.map(({ pictureId }) => pictureId) }
  const fields = Object.keys(sent) as IdeaField[]
  return fields.filter((field) => sent[field] !== undefined && JSON.stringify(sent[field]) !== JSON.stringify(stands[field]))
}
