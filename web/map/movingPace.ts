/** A moving picture with frames longer than this stutters: on a usual screen every second one is missing. @unit milliseconds */
const SLOW_FRAME_MS = 25
const FRAMES = 6
const SLOW_FRAMES = 4
/** After this long a machine that was busy gets another chance. @unit milliseconds */
const FORGOTTEN_AFTER_MS = 60_000

/** Looks at the frames of a moving map and says whether this machine keeps up. */
export class MovingPace {
  private readonly lengths: number[] = []
  private last: number | null = null
  private slowSince: number | null = null

  /** A movement begins: the pause before it is no frame. */
  begin(now: number): void {
    this.last = null
    this.lengths.length = 0
    if (this.slowSince !== null && now - this.slowSince > FORGOTTEN_AFTER_MS) this.slowSince = null
  }

  /** A frame of the movement was shown. */
  frame(now: number): void {
    if (this.last !== null) {
      this.lengths.push(now - this.last)
      if (this.lengths.length > FRAMES) this.lengths.shift()
    }
    this.last = now
    const slow = this.lengths.filter((length) => length > SLOW_FRAME_MS).length
    if (this.slowSince === null && slow >= SLOW_FRAMES) this.slowSince = now
  }

  get isSlow(): boolean {
    return this.slowSince !== null
  }
}
