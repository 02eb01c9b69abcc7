/** Limits of what a planner writes about a layer; the form shows them before the server has to. Free of zod, so that the page may import them. */
export const LAYER_LIMITS = { textMin: 10, citizenText: 400, plannerText: 1000, reasonMin: 5, reason: 500 } as const

/** Who "edited" the versions that come with the program. */
export const CATALOGUE_EDITOR = 'Borgermillionen'
