import type { IdeaSummary } from '../../server/ideas/contract.ts'
import type { Category } from '../../server/kernel/categories.ts'
import type { Place } from '../../server/places/contract.ts'

export type Suggestion =
  | { kind: 'place'; title: string; lng: number; lat: number; districtId: string | null }
  | { kind: 'idea'; title: string; ideaId: number; districtId: string; districtName: string; category: Category }

/** One list of what was found: places first, then ideas. */
export function suggestionsOf(places: readonly Place[], ideas: readonly IdeaSummary[]): Suggestion[] {
  return [
    ...places.map(({ name, lng, lat, districtId }) => ({ kind: 'place' as const, title: name, lng, lat, districtId })),
    ...ideas.map(({ title, ideaId, districtId, districtName, category }) => ({
      kind: 'idea' as const,
      title,
      ideaId,
      districtId,
      districtName,
      category,
    })),
  ]
}
