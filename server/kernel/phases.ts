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
