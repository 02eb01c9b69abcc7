import { useState } from 'react'
import { announce } from '../../lib/announce.ts'

/** Sends something, says when it went well, and keeps what went wrong. */
export function useSending() {
  const [isSending, setIsSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function send(done: string, run: () => Promise<unknown>): Promise<void> {
    setIsSending(true)
    setError(null)
    try {
      await run()
      announce(done)
    } catch (problem) {
      setError(problem)
    } finally {
      setIsSending(false)
    }
  }
  return { isSending, error, send }
}
