import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ideaMapQuery } from '../ideas/ideas.api.ts'
import { installationsQuery } from '../installations/installations.api.ts'
import { useSharedSearch } from '../lib/sharedSearch.ts'
import type { MapRoomProps, PinKind } from '../map/mapContract.ts'
import { projectsQuery } from '../projects/projects.api.ts'
import { roundsQuery, useCurrentRound } from '../rounds/rounds.api.ts'
import { useLentToMap } from './mapState.ts'
import { usePlaceInSite } from './usePlaceInSite.ts'

const KINDS: Record<ReturnType<typeof usePlaceInSite>['mode'], readonly PinKind[]> = {
  ideas: ['idea'],
  projects: ['project'],
  installations: ['installation'],
}

/** What stands on the map: the kind of the open room, filtered as its list is. */
export function useMapContents(): Pick<MapRoomProps, 'ideas' | 'projects' | 'installations' | 'visibleKinds'> {
  const { mode } = usePlaceInSite()
  return {
    ideas: useIdeas(mode === 'ideas'),
    projects: useProjects(mode === 'projects'),
    installations: useInstallations(),
    visibleKinds: KINDS[mode],
  }
}

function useIdeas(enabled: boolean) {
  const { district, category, q } = useSharedSearch()
  const { subject } = usePlaceInSite()
  const round = useCurrentRound()
  const ofDistrict = subject?.kind === 'district' ? subject.id : undefined
  const only = useLentToMap((state) => state.ideaIds)
  const { data } = useQuery(ideaMapQuery(round?.year ?? null, { district: ofDistrict ?? district, category, q }, enabled))
  return useMemo(
    () => (data && only ? { ...data, features: data.features.filter(({ properties }) => only.has(properties.ideaId)) } : data),
    [data, only],
  )
}

function useProjects(enabled: boolean) {
  const { year } = usePlaceInSite()
  const rounds = useQuery(roundsQuery).data?.items
  const years = useMemo(
    () =>
      enabled ? (rounds ?? []).filter((round) => (year ? round.year === year : round.projectCount > 0)).map((round) => round.year) : [],
    [enabled, rounds, year],
  )
  return useQueries({
    queries: years.map(projectsQuery),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  })
}

function useInstallations() {
  const { mode } = usePlaceInSite()
  const { district } = useSharedSearch()
  const { data } = useQuery({ ...installationsQuery, enabled: mode === 'installations' })
  return useMemo(() => data?.items.filter((item) => !district || item.districtId === district), [data, district])
}
