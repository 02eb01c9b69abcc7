import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Idea, IdeaFeatureCollection, IdeaSummary } from '../../server/ideas/contract.ts'
import { getJson, queryString, sendJson } from '../lib/api.ts'
import type { MapFrame } from '../map/mapContract.ts'

export interface IdeaPage {
  items: IdeaSummary[]
  next: string | null
  total: number
}

export interface IdeaFilters {
  district?: string
  category?: string
  q?: string
  bbox?: MapFrame
}

export const PAGE_SIZE = 20

function filterText({ district, category, q, bbox }: IdeaFilters) {
  return { district, category, q, bbox: bbox?.map((degrees) => degrees.toFixed(5)).join(',') }
}

/** The list under the map, page by page; the old list stays until the new one is there. */
export function ideaListQuery(year: number | null, filters: IdeaFilters) {
  return infiniteQueryOptions({
    queryKey: ['ideas', year, 'list', filterText(filters)],
    queryFn: ({ pageParam, signal }) =>
      getJson<IdeaPage>(`/api/rounds/${year}/ideas${queryString({ ...filterText(filters), limit: PAGE_SIZE, cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: year !== null,
    placeholderData: keepPreviousData,
  })
}

/** The same ideas as pins. */
export function ideaMapQuery(year: number | null, filters: IdeaFilters, enabled: boolean) {
  return queryOptions({
    queryKey: ['ideas', year, 'map', filterText(filters)],
    queryFn: ({ signal }) => getJson<IdeaFeatureCollection>(`/api/rounds/${year}/ideas.geojson${queryString(filterText(filters))}`, signal),
    enabled: enabled && year !== null,
    placeholderData: keepPreviousData,
  })
}

export function ideaQuery(ideaId: number) {
  return queryOptions({
    queryKey: ['idea', ideaId],
    queryFn: ({ signal }) => getJson<Idea>(`/api/ideas/${ideaId}`, signal),
  })
}

/** @errors ApiProblem `edit-conflict`, `already-withdrawn` */
export function withdrawIdea(idea: Idea, csrfToken: string | null): Promise<Idea> {
  const path = `/api/rounds/${idea.roundYear}/ideas/${idea.ideaId}/withdraw`
  return sendJson<Idea>('POST', path, { version: idea.version }, { csrfToken })
}
