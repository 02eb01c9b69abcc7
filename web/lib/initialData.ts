import type { SessionBody } from '../../server/accounts/contract.ts'
import type { PublicConfig } from '../../server/opendata/contract.ts'
import type { Round, Share } from '../../server/rounds/contract.ts'
import type { IdeaPage } from '../ideas/ideas.api.ts'
import { ideaListQuery } from '../ideas/ideas.api.ts'
import { configQuery, roundsQuery, sharesQuery } from '../rounds/rounds.api.ts'
import { queryClient } from './queryClient.ts'
import { sessionQuery } from './session.ts'

/** What the server may write into `index.html` so that the first page needs no round trip. */
interface InitialData {
  config?: PublicConfig
  rounds?: { items: Round[] }
  /** Of the current round. */
  shares?: { items: Share[] }
  /** Null: not signed in, or not looked up; the page asks for itself. */
  session?: SessionBody | null
  /** First page of the current round's ideas without filters. */
  ideas?: IdeaPage
}

/** Seeds the query cache and starts asking for the rest before the first drawing. */
export function startData(): void {
  const data = readInitialData()
  if (data.config) queryClient.setQueryData(configQuery.queryKey, data.config)
  if (data.rounds) queryClient.setQueryData(roundsQuery.queryKey, data.rounds)
  if (data.session) queryClient.setQueryData(sessionQuery.queryKey, data.session)
  const year = data.config?.currentYear ?? null
  if (year !== null && data.shares) queryClient.setQueryData(sharesQuery(year).queryKey, data.shares)
  if (year !== null && data.ideas) {
    queryClient.setQueryData(ideaListQuery(year, {}).queryKey, { pages: [data.ideas], pageParams: [null] })
  }
  if (!data.config) void queryClient.prefetchQuery(configQuery)
  if (!data.rounds) void queryClient.prefetchQuery(roundsQuery)
}

function readInitialData(): InitialData {
  const text = document.getElementById('initial-data')?.textContent
  if (!text) return {}
  try {
    return JSON.parse(text) as InitialData
  } catch {
    return {}
  }
}
