import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { lendToMap } from '../shell/mapState.ts'
import { useWorkFilters } from './useWorkFilters.ts'
import { workPinsQuery } from './worklist.api.ts'

/** Leaves only the ideas of the work list's filter on the map, for as long as the page is open. */
export function useWorkPins(): void {
  const round = useCurrentRound()
  const { data } = useQuery(workPinsQuery(round?.year ?? null, useWorkFilters()))
  useEffect(() => {
    if (data) lendToMap({ ideaIds: new Set(data.features.map(({ properties }) => properties.ideaId)) })
  }, [data])
  useEffect(() => () => lendToMap({ ideaIds: null }), [])
}
