import { useEffect, useRef, useState } from 'react'

/** The value, but new at most every `everyMs`; the last one always arrives. Compared by content. */
export function useSteady<T>(value: T, everyMs: number): T {
  const [given, setGiven] = useState(value)
  const lastAt = useRef(0)
  const text = JSON.stringify(value)
  useEffect(() => {
    const wait = Math.max(0, lastAt.current + everyMs - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setGiven(JSON.parse(text) as T)
    }, wait)
    return () => clearTimeout(timer)
  }, [text, everyMs])
  return given
}
