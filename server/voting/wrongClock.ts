import type { Log } from '../platform/log.ts'

const AT_MOST_EVERY_MS = 60_000
let toldAt = Number.NEGATIVE_INFINITY

/** Tells the log of the server that it refuses ballots; once a minute, since a line for each would tell when they came. */
export function tellWrongClock(log: Log): void {
  const now = performance.now()
  if (now - toldAt < AT_MOST_EVERY_MS) return
  toldAt = now
  log.error('the clocks of this process and of the database disagree by more than a minute: no ballot is taken here')
}
