/** A move of a place by a whole number of metres, `step` of `steps` clockwise from north. */
export interface RingShift {
  radiusM: number
  step: number
  steps: number
  eastM: number
  northM: number
}

function ringShift(radiusM: number, step: number, steps: number): RingShift {
  const angle = (2 * Math.PI * step) / steps
  return { radiusM, step, steps, eastM: radiusM * Math.sin(angle), northM: radiusM * Math.cos(angle) }
}

function ring(radiusM: number): RingShift[] {
  const steps = radiusM <= 20 ? 8 : radiusM <= 60 ? 16 : 24
  return Array.from({ length: steps }, (_, step) => ringShift(radiusM, step, steps))
}

// Every 10 m up to 100, then every 20: a person moves a pin by eye, and a farther place is worth less. Each row is asked
// at once, so that the many places near by cost one question and the far ones are only asked when those fail.
const RADII_M = [
  [10, 20],
  [30, 40, 50, 60],
  [70, 80, 90, 100],
  [120, 140, 160],
  [180, 200, 220],
  [240, 260, 280, 300],
] as const

/** Where a milder place is looked for: rings up to 300 m, nearest first, clockwise from north, in the portions asked at once. */
export const SEARCH_PORTIONS: readonly (readonly RingShift[])[] = RADII_M.map((radii) => radii.flatMap(ring))

/** The shifts metre by metre between a found one and the ring before it, straight and half a step to both sides. */
export function finerShifts({ radiusM, step, steps }: RingShift): RingShift[] {
  const before =
    RADII_M.flat()
      .filter((radius) => radius < radiusM)
      .at(-1) ?? 0
  const radii = Array.from({ length: radiusM - before - 1 }, (_, index) => before + 1 + index)
  return radii.flatMap((radius) => [0, -0.5, 0.5].map((turn) => ringShift(radius, step + turn, steps)))
}
