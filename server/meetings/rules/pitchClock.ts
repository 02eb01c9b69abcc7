/** The clock of a pitch as it is stored: it stands, or runs since a moment. */
export interface PitchClock {
  readonly elapsedMs: number
  readonly startedAt: Date | null
}

/** A day: no pitch is longer, a clock forgotten overnight stands there. @unit milliseconds */
const LONGEST_MS = 24 * 3_600_000

/** How much of the pitch is gone; never less than nothing, whatever the machine's clock did. @unit milliseconds */
export function elapsedAt({ elapsedMs, startedAt }: PitchClock, now: Date): number {
  if (startedAt === null) return elapsedMs
  return Math.min(LONGEST_MS, elapsedMs + Math.max(0, now.getTime() - startedAt.getTime()))
}

/** The clock after a button was pressed. Starting one that runs and halting one that stands change nothing. */
export function pressClock(clock: PitchClock, action: 'start' | 'pause' | 'reset', now: Date): PitchClock {
  if (action === 'reset') return { elapsedMs: 0, startedAt: null }
  if (action === 'pause') return { elapsedMs: elapsedAt(clock, now), startedAt: null }
  return clock.startedAt === null ? { elapsedMs: clock.elapsedMs, startedAt: now } : clock
}
