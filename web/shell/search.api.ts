import { queryOptions } from '@tanstack/react-query'
import type { IdeaSummary } from '../../server/ideas/contract.ts'
import type { Place } from '../../server/places/contract.ts'
import { getJson, queryString } from '../lib/api.ts'

export function placesQuery(q: string) {
  return queryOptions({
    queryKey: ['places', q],
    queryFn: ({ signal }) =>
      getJson<{ items: Place[]; addressServiceAnswered: boolean | null }>(`/api/places${queryString({ q, limit: 6 })}`, signal),
    enabled: q.length > 0,
  })
}

export function ideaSuggestionsQuery(year: number | null, q: string) {
  return queryOptions({
    queryKey: ['ideas', year, 'suggestions', q],
    queryFn: ({ signal }) => getJson<{ items: IdeaSummary[] }>(`/api/rounds/${year}/ideas${queryString({ q, limit: 5 })}`, signal),
    enabled: q.length > 1 && year !== null,
  })
}
