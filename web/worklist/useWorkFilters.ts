import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { SharedSearch } from '../lib/searchParams.ts'
import { type PlanSearch, readPlanSearch } from '../plan/planSearch.ts'
import type { WorkFilters } from './worklist.api.ts'

/** The filters of the address, on the list and on an assessment opened from it. */
export function useWorkFilters(): WorkFilters {
  const search = useSearch({ strict: false }) as SharedSearch & Record<string, unknown>
  const { district, category, q } = search
  const key = JSON.stringify(readPlanSearch(search))
  return useMemo(() => ({ district, category, q, ...(JSON.parse(key) as PlanSearch) }), [district, category, q, key])
}

/** Changes filters of the work list; each change is a step one can go back from. */
export function useChangeWorkFilters() {
  const navigate = useNavigate()
  return useCallback(
    (change: WorkFilters) =>
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
