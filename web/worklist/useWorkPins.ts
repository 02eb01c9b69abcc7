import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { lendToMap } from '../shell/mapState.ts'
import { type WorkFilters, workPinsQuery } from './worklist.api.ts'

/** Leaves only the ideas of the list's filters on the map, for as long as the page is open. */
export function useWorkPins(filters: WorkFilters): void {
  const round = useCurrentRound()
  const { data } = useQuery(workPinsQuery(round?.year ?? null, filters))
  useEffect(() => {
    if (data) lendToMap({ ideaIds: new Set(data.features.map(({ properties }) => properties.ideaId)) })
  }, [data])
  useEffect(() => () => lendToMap({ ideaIds: null }), [])
}
