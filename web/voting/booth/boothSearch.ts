/** Where in the booth a voter is. It stands in the address, so that the browser's way back is the booth's. */
export const BOOTH_STEPS = ['choose', 'review', 'receipt'] as const
export type BoothStep = (typeof BOOTH_STEPS)[number]

export interface BoothSearch {
  /** Without one: before the booth. */
  step?: BoothStep
}

/** Reads the step; what is malformed is left out, never an error. */
export function readBoothSearch(search: Record<string, unknown>): BoothSearch {
  const step = BOOTH_STEPS.find((word) => word === search.step)
  return step ? { step } : {}
}
