import { useEffect, useState } from 'react'
import type { Pitch } from '../../server/meetings/contract.ts'

const TICK_MS = 250

/** What is left of a pitch now, reckoned on from the server's last word so that every screen shows the same. @unit milliseconds */
export function usePitchClock({ elapsedMs, isRunning, totalMs, now }: Pitch): number {
  const [passedMs, setPassedMs] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new word of the server starts the reckoning anew
  useEffect(() => {
    setPassedMs(0)
    if (!isRunning) return
    const began = performance.now()
    const timer = setInterval(() => setPassedMs(performance.now() - began), TICK_MS)
    return () => clearInterval(timer)
  }, [elapsedMs, isRunning, now])
  return totalMs - elapsedMs - passedMs
}

/** Minutes and seconds, with a minus once the time is over: `9:05`, `−0:12`. @unit milliseconds */
export function clockText(leftMs: number): string {
  const seconds = leftMs >= 0 ? Math.ceil(leftMs / 1000) : Math.floor(-leftMs / 1000)
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return leftMs < 0 && seconds > 0 ? `−${text}` : text
}
