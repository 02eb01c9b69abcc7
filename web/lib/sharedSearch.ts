import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { SharedSearch } from './searchParams.ts'

const root = getRouteApi('__root__')

/** The filters and the camera of the address, whatever page is open. */
export function useSharedSearch(): SharedSearch {
  return root.useSearch()
}

/** Changes filters on the same page. A change of filter is a step one can go back from; typing is not. */
export function useChangeSearch() {
  const navigate = useNavigate()
  return useCallback(
    (change: SharedSearch, options: { replace?: boolean } = {}) =>
      navigate({
        to: '.',
        search: (before: SharedSearch) => ({ ...before, ...change }),
        replace: options.replace ?? false,
        resetScroll: false,
      }),
    [navigate],
  )
}

/** Search that forgets every filter, for the way home. */
export const NO_FILTERS = { district: undefined, category: undefined, q: undefined, frame: undefined } as const
