import { queryOptions, useQuery } from '@tanstack/react-query'
import type { SessionBody } from '../../server/accounts/contract.ts'
import { getJson, sendJson } from './api.ts'
import { queryClient } from './queryClient.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getJson<SessionBody>('/api/session', signal),
  staleTime: 5 * 60_000,
})

export interface SessionState {
  isLoading: boolean
  person: SessionBody['person']
  csrfToken: string | null
  isTestSignIn: boolean
}

/** Who is signed in; a visitor while it is unknown. */
export function useSession(): SessionState {
  const { data, isLoading } = useQuery(sessionQuery)
  return {
    isLoading,
    person: data?.person ?? null,
    csrfToken: data?.csrfToken ?? null,
    isTestSignIn: data?.isTestSignIn ?? false,
  }
}

/** Where "Log ind" leads; the server brings the person back to `returnTo`. */
export function signInPath(returnTo = `${window.location.pathname}${window.location.search}`): string {
  return `/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`
}

/** Ends the session and forgets everything that was fetched as this person. @errors ApiProblem */
export async function signOut(csrfToken: string | null): Promise<void> {
  await sendJson<unknown>('POST', '/auth/sign-out', undefined, { csrfToken })
  await queryClient.invalidateQueries()
}
