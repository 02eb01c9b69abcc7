/** The server's own limits; a test holds them equal. @unit metres */
export const MAX_DISTANCE_M = 500
export const DEFAULT_DISTANCE_M = 25

/** What the page of conflicts shows; it stands in the address. */
export interface ConflictSearch {
  /** How near two things must be to be a pair. @unit metres */
  within?: number
  state?: 'open' | 'confirmed' | 'cleared' | 'all'
}

const STATES = ['open', 'confirmed', 'cleared', 'all'] as const

/** Reads the filters; what is malformed is left out, never an error. */
export function readConflictSearch(search: Record<string, unknown>): ConflictSearch {
  const within = Number(search.within)
  const state = STATES.find((word) => word === search.state)
  return {
    ...(Number.isInteger(within) && within >= 0 && within <= MAX_DISTANCE_M && search.within !== undefined ? { within } : {}),
    ...(state ? { state } : {}),
  }
}
