import { useSharedSearch } from '../lib/sharedSearch.ts'
import { useLentToMap } from '../shell/mapState.ts'
import type { IdeaFilters } from './ideas.api.ts'

/** What the list is filtered by; the frame counts only when asked for and known. */
export function useIdeaFilters(): IdeaFilters {
  const { district, category, q, frame } = useSharedSearch()
  const bbox = useLentToMap((state) => state.frame)
  return { district, category, q, ...(frame && bbox ? { bbox } : {}) }
}
