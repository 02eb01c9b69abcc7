import { z } from 'zod'

/** The eight phases of every round, in order (project description of 2013). */
export const PHASES = [
  'clarification',
  'research',
  'involvement',
  'processing',
  'decision',
  'construction',
  'celebration',
  'evaluation',
] as const
export type Phase = (typeof PHASES)[number]
export const phaseSchema = z.enum(PHASES)

/** Whether a round has yet to decide what its money goes to. */
export function isBeforeAwards(currentPhase: Phase | null): boolean {
  return currentPhase !== null && PHASES.indexOf(currentPhase) <= PHASES.indexOf('decision')
}
