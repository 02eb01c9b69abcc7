import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Role } from '../../server/kernel/roles.ts'
import type { BulkAssignment, WorkPage } from '../../server/worklist/contract.ts'
import { getJson, queryString, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'
import type { SharedSearch } from '../lib/searchParams.ts'
import type { PlanSearch } from '../plan/planSearch.ts'

const PAGE_SIZE = 50

export type WorkFilters = Pick<SharedSearch, 'district' | 'category' | 'q'> &
  Omit<PlanSearch, 'settled'> & {
    /** Without what is not taken forward or in a project. */
    onlyOpen?: true
  }

function parametersOf({ unseen, onlyOpen, ...filters }: WorkFilters) {
  const { district, category, q, status, occasion, outcome, verdict, assignee, department, deadline } = filters
  const notAssessedByMe = unseen ? 'true' : undefined
  const settled = onlyOpen ? 'false' : undefined
  return { district, category, q, status, occasion, outcome, verdict, assignee, department, deadline, notAssessedByMe, settled }
}

/** The work list page by page; counts of who has how much come with the first. */
export function workListQuery(year: number | null, filters: WorkFilters) {
  const parameters = parametersOf(filters)
  return infiniteQueryOptions({
    queryKey: ['plan', year, 'list', parameters],
    queryFn: ({ pageParam, signal }) =>
      getJson<WorkPage>(`/api/plan/ideas${queryString({ year, ...parameters, limit: PAGE_SIZE, cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: year !== null,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

interface WorkPins {
  truncated: boolean
  features: { properties: { ideaId: number; isOverdue: boolean } }[]
}

/** Everything that matches, for the pins. */
export function workPinsQuery(year: number | null, filters: WorkFilters) {
  const parameters = parametersOf(filters)
  return queryOptions({
    queryKey: ['plan', year, 'pins', parameters],
    queryFn: ({ signal }) => getJson<WorkPins>(`/api/plan/ideas.geojson${queryString({ year, ...parameters })}`, signal),
    enabled: year !== null,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export interface StaffMember {
  personId: string
  displayName: string
  role: Role
}

/** Who may be given work. */
export const staffQuery = queryOptions({
  queryKey: ['plan', 'staff'],
  queryFn: ({ signal }) => getJson<{ items: StaffMember[] }>('/api/plan/people', signal),
  staleTime: 5 * 60_000,
})

/** @errors ApiProblem `assignee-unknown`, `idea-unknown`, `nothing-to-assign` */
export async function assign(body: BulkAssignment, csrfToken: string | null): Promise<void> {
  await sendJson<unknown>('POST', '/api/plan/assignments', body, { csrfToken })
  await queryClient.invalidateQueries({ queryKey: ['plan'] })
}
