import { z } from 'zod'

/** What a signed-in person may be. A visitor has no session and therefore no role. */
export const ROLES = ['citizen', 'planner', 'organiser', 'moderator', 'decision-maker', 'admin'] as const
export type Role = (typeof ROLES)[number]
export const roleSchema = z.enum(ROLES)
