/** Slower than this is seen as stutter. @unit milliseconds per frame */
const SLOW_FRAME_MS = 1000 / 30
/** Frames looked at before a judgement. */
const SAMPLE = 5

export interface FramePace {
  /** A frame was drawn at a moment, while the map moved. @unit milliseconds */
  add: (atMs: number) => void
  /** The map rests: the next frame follows on none. */
  pause: () => void
  /** Whether the frames of one movement came too slowly. Once slow, always slow: a machine does not grow faster. */
  readonly isSlow: boolean
}

/** Judges by the frames of a movement whether this machine keeps up: by their middle one, so that a single hitch is forgiven. */
export function createPace(): FramePace {
  let last: number | null = null
  let isSlow = false
  const spans: number[] = []
  return {
    add(atMs) {
      if (last !== null && !isSlow) {
        spans.push(atMs - last)
        if (spans.length > SAMPLE) spans.shift()
        const middle = spans.toSorted((a, b) => a - b)[Math.floor(SAMPLE / 2)]
        isSlow = spans.length === SAMPLE && middle !== undefined && middle > SLOW_FRAME_MS
      }
      last = atMs
    },
    pause() {
      last = null
      spans.length = 0
    },
    get isSlow() {
      return isSlow
    },
  }
}
