import { useEffect, useState } from 'react'

/** The value once it has been still for `delayMs`. Compared by content, so that an equal object is no news. */
export function useDebounced<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), delayMs)
    return () => clearTimeout(timer)
  }, [text, delayMs])
  return settled
}
