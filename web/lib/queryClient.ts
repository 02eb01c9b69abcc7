import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'

/** A refusal stays a refusal; only silence and a server in trouble are worth asking again. */
function shouldRetry(failureCount: number, error: Error): boolean {
  if (!(error instanceof ApiProblem)) return failureCount < 1
  const worthIt = error.kind === 'offline' || error.status === 503
  return worthIt && failureCount < 2
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: shouldRetry, refetchOnWindowFocus: false },
  },
})
