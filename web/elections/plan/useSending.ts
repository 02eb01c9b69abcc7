import { createContext, useContext, useState } from 'react'
import { announce } from '../../lib/announce.ts'

/** Hears of every refusal: the form that was refused may be gone when the page shows what is so now. */
export const RefusalContext = createContext<(problem: unknown) => void>(() => {})

/** Sends something, says when it went well, and keeps what went wrong. */
export function useSending() {
  const [isSending, setIsSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const tellPage = useContext(RefusalContext)
  async function send(done: string, run: () => Promise<unknown>): Promise<void> {
    setIsSending(true)
    setError(null)
    try {
      await run()
      announce(done)
    } catch (problem) {
      setError(problem)
      tellPage(problem)
    } finally {
      setIsSending(false)
    }
  }
  return { isSending, error, send }
}
