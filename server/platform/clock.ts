/** The time of day as a dependency, so that tests and a demo can set it. */
export interface Clock {
  now(): Date
  /** True for one that stands where a test or a demonstration has put it: no other clock agrees with it. */
  readonly isSetByHand?: boolean
}

export const systemClock: Clock = { now: () => new Date() }
