import { useState } from 'react'
import { announce } from '../lib/announce.ts'
import { useSession } from '../lib/session.ts'
import { type MeetingActions, type MeetingKey, meetingActions } from './meetings.api.ts'

export interface Doing {
  isBusy: boolean
  error: unknown
  /** Does something at the meeting; true when it went well. `done` is said to screen readers. */
  act: (run: (actions: MeetingActions) => Promise<unknown>, done?: string) => Promise<boolean>
  forget: () => void
}

/** One thing after the other at a meeting: while one is on its way no button sends another. */
export function useDoing(key: MeetingKey): Doing {
  const { csrfToken } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function act(run: (actions: MeetingActions) => Promise<unknown>, done?: string): Promise<boolean> {
    if (isBusy) return false
    setIsBusy(true)
    setError(null)
    try {
      await run(meetingActions(key, csrfToken))
      if (done) announce(done)
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setIsBusy(false)
    }
  }
  return { isBusy, error, act, forget: () => setError(null) }
}
