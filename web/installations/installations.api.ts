import { queryOptions } from '@tanstack/react-query'
import type { Installation } from '../../server/installations/contract.ts'
import { getJson } from '../lib/api.ts'

/** All finished installations: few enough to filter in the browser. */
export const installationsQuery = queryOptions({
  queryKey: ['installations'],
  queryFn: ({ signal }) => getJson<{ items: Installation[] }>('/api/installations', signal),
  staleTime: 5 * 60_000,
})
