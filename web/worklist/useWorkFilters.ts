import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { SharedSearch } from '../lib/searchParams.ts'
import { type PlanSearch, readPlanSearch } from '../plan/planSearch.ts'
import type { WorkFilters } from './worklist.api.ts'

/** The filters of the address, on the list and on an assessment opened from it. */
export function useWorkFilters(): WorkFilters {
  const search = useSearch({ strict: false }) as SharedSearch & Record<string, unknown>
  const { district, category, q } = search
  const { settled: _settled, ...filters } = readPlanSearch(search)
  const key = JSON.stringify(filters)
  return useMemo(() => ({ district, category, q, ...(JSON.parse(key) as typeof filters) }), [district, category, q, key])
}

/** The filters of the pool of ideas: those of the work list, and without what is settled unless the address shows it. */
export function usePoolFilters(): { filters: WorkFilters; showsSettled: boolean } {
  const filters = useWorkFilters()
  const { settled } = readPlanSearch(useSearch({ strict: false }) as Record<string, unknown>)
  return useMemo(() => ({ filters: settled ? filters : { ...filters, onlyOpen: true }, showsSettled: settled === 1 }), [filters, settled])
}

/** Changes filters of the work list; each change is a step one can go back from. */
export function useChangeWorkFilters() {
  const navigate = useNavigate()
  return useCallback(
    (change: Omit<WorkFilters, 'onlyOpen'> & Pick<PlanSearch, 'settled'>) =>
      void navigate({
        to: '.',
        search: (before: SharedSearch & PlanSearch) => ({ ...before, ...change }),
        resetScroll: false,
      }),
    [navigate],
  )
}

/** Search without any filter. */
export const NO_WORK_FILTERS: WorkFilters = {
  district: undefined,
  category: undefined,
  q: undefined,
  status: undefined,
  occasion: undefined,
  outcome: undefined,
  verdict: undefined,
  assignee: undefined,
  department: undefined,
  deadline: undefined,
  unseen: undefined,
}

export function countFilters(filters: WorkFilters): number {
  return Object.values(filters).filter((value) => value !== undefined).length
}
