import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { markTextUsable } from '../lib/firstList.ts'
import { ErrorState } from '../ui/ErrorState.tsx'

/** A page that failed to load or draw: the rest of the window stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  useEffect(markTextUsable, [])
  return (
    <ErrorState
      error={error}
      onRetry={() => {
        reset()
        router.invalidate()
      }}
    />
  )
}
