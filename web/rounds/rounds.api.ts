import { queryOptions, useQuery } from '@tanstack/react-query'
import type { PublicConfig } from '../../server/opendata/contract.ts'
import type { Round, Share } from '../../server/rounds/contract.ts'
import { getJson } from '../lib/api.ts'

export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => getJson<PublicConfig>('/api/config', signal),
  staleTime: 10 * 60_000,
})

export const roundsQuery = queryOptions({
  queryKey: ['rounds'],
  queryFn: ({ signal }) => getJson<{ items: Round[] }>('/api/rounds', signal),
  staleTime: 5 * 60_000,
})

export function sharesQuery(year: number | null) {
  return queryOptions({
    queryKey: ['shares', year],
    queryFn: ({ signal }) => getJson<{ items: Share[] }>(`/api/rounds/${year}/shares`, signal),
    enabled: year !== null,
  })
}

/** The round the front page shows. Undefined while unknown, null when there is none. */
export function useCurrentRound(): Round | null | undefined {
  const config = useQuery(configQuery)
  const rounds = useQuery(roundsQuery)
  if (!config.data || !rounds.data) return undefined
  return rounds.data.items.find((round) => round.year === config.data.currentYear) ?? null
}
