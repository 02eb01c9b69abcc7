export const STEPS = [1, 2, 3, 4] as const
export type Step = (typeof STEPS)[number]

/** The step an address asks for; anything else is the first. Small, because the first page's addresses read it too. */
export function readStep(value: unknown): Step {
  return STEPS.find((step) => step === Number(value)) ?? 1
}
