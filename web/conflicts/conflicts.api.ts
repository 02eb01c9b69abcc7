import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ConflictDecision, ConflictList, ConflictState, NewConflictDecision } from '../../server/conflicts/contract.ts'
import { getJson, queryString, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

export interface ConflictFilters {
  distanceM: number
  state?: ConflictState
  district?: string
}

const PAGE_SIZE = 50

/** Pairs that overlap or are close, page by page. */
export function conflictsQuery(year: number | null, filters: ConflictFilters) {
  return infiniteQueryOptions({
    queryKey: ['plan', 'conflicts', year, filters],
    queryFn: ({ pageParam, signal }) =>
      getJson<ConflictList>(`/api/plan/conflicts${queryString({ year, ...filters, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: year !== null,
    placeholderData: keepPreviousData,
  })
}

/** Everything that was decided on a pair. */
export function decisionsQuery(first: string, second: string, enabled: boolean) {
  return queryOptions({
    queryKey: ['plan', 'conflicts', 'decisions', first, second],
    queryFn: ({ signal }) =>
      getJson<{ items: ConflictDecision[] }>(`/api/plan/conflicts/decisions${queryString({ first, second })}`, signal),
    enabled,
  })
}

/** @errors ApiProblem `conflict-decided` when somebody decided meanwhile, `conflict-unknown` */
export async function decideConflict(decision: NewConflictDecision, csrfToken: string | null): Promise<void> {
  try {
    await sendJson<ConflictDecision>('POST', '/api/plan/conflicts/decisions', decision, { csrfToken })
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['plan', 'conflicts'] })
  }
}
