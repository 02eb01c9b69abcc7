import { queryOptions } from '@tanstack/react-query'
import type { DistrictCollection } from '../../server/districts/contract.ts'
import { getJson } from '../lib/api.ts'

export const districtsQuery = queryOptions({
  queryKey: ['districts'],
  queryFn: ({ signal }) => getJson<DistrictCollection>('/api/districts', signal),
  staleTime: 60 * 60_000,
})
