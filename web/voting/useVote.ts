import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Election, FrozenSetup } from '../../server/elections/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { configQuery } from '../rounds/rounds.api.ts'
import { boothStore } from './booth/boothStore.ts'
import { electionQuery } from './voting.api.ts'

/** A vote with its set-up: frozen or further. */
export type SetUpElection = Election & { setup: FrozenSetup; setupSha256: string }

export type CurrentVote =
  | { phase: 'loading' }
  | { phase: 'failed'; error: unknown; retry: () => void }
  | { phase: 'none' }
  | { phase: 'preparing'; year: number }
  | { phase: 'known'; election: SetUpElection }

const ASK_AGAIN_MS = 60_000

/** The vote of the round that runs now. Looked at every minute: it opens and closes by the clock. */
export function useCurrentVote(): CurrentVote {
  const config = useQuery(configQuery)
  const year = config.data?.currentYear ?? null
  const vote = useQuery({ ...electionQuery(year), refetchInterval: ASK_AGAIN_MS })
  return readVote(config.data === undefined, config.error, year, vote.data, vote.error, () => {
    void config.refetch()
    void vote.refetch()
  })
}

function readVote(
  isStarting: boolean,
  configError: unknown,
  year: number | null,
  election: Election | undefined,
  error: unknown,
  retry: () => void,
): CurrentVote {
  if (election) return isSetUp(election) ? { phase: 'known', election } : { phase: 'preparing', year: election.roundYear }
  if (configError) return { phase: 'failed', error: configError, retry }
  if (isStarting) return { phase: 'loading' }
  if (year === null || (error instanceof ApiProblem && error.status === 404)) return { phase: 'none' }
  return error ? { phase: 'failed', error, retry } : { phase: 'loading' }
}

export function isSetUp(election: Election): election is SetUpElection {
  return election.setup !== null && election.setupSha256 !== null
}

export function useBooth() {
  const store = boothStore()
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
