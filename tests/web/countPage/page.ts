import { countInWorker } from '../../../web/allocation/countInWorker.ts'
import type { CountOrder, WorkProgress } from '../../../web/allocation/countOrder.ts'
import type { CountTimed } from './timed.ts'

/** Counts in the worker; gives up after some milliseconds if told so. */
async function count(order: CountOrder, giveUpAfterMs?: number): Promise<CountTimed> {
  const progress: WorkProgress[] = []
  let turns = 0
  const ticking = setInterval(() => {
    turns += 1
  }, 10)
  const began = performance.now()
  const signal = giveUpAfterMs === undefined ? undefined : AbortSignal.timeout(giveUpAfterMs)
  try {
    const answer = await countInWorker(order, { onProgress: (now) => progress.push(now), signal })
    return { answer, seconds: (performance.now() - began) / 1000, progress, turns }
  } finally {
    clearInterval(ticking)
  }
}

Object.assign(window, { count })
