import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import { districtsQuery } from '../../districts/districts.api.ts'
import { ApiProblem } from '../../lib/api.ts'
import { type DistrictPreview, previewDistrict } from './districtPreview.ts'
import { districtAtQuery } from './newIdea.api.ts'
import { useDebounced } from './useDebounced.ts'

/** What is known of a place. Only points can be confirmed before the idea is sent. */
export interface PlaceAnswer {
  preview: DistrictPreview
  certainty: 'asking' | 'preview' | 'confirmed'
}

function fromRefusal(error: unknown): DistrictPreview | null {
  if (!(error instanceof ApiProblem) || error.kind !== 'outside-district') return null
  const { nearestDistrictId, nearestDistrictName, distanceM } = error.body
  if (typeof nearestDistrictName !== 'string' || typeof distanceM !== 'number') return null
  return { inside: false, nearestDistrictId: String(nearestDistrictId), nearestDistrictName, distanceM: Math.round(distanceM) }
}

/** The district of a place: at once from the loaded outlines, then from the server. `null` while there is nothing to say. */
export function usePlaceAnswer(geometry: PlaceGeometry | null): PlaceAnswer | null {
  const districts = useQuery(districtsQuery).data
  const preview = useMemo(() => (geometry && districts ? previewDistrict(geometry, districts) : null), [geometry, districts])
  const point: Position | null = geometry?.type === 'Point' ? geometry.coordinates : null
  const asked = useDebounced(point, 350)
  const { data, error } = useQuery(districtAtQuery(asked))
  const isCurrent = point !== null && JSON.stringify(asked) === JSON.stringify(point)
  if (isCurrent && data) {
    return {
      certainty: 'confirmed',
      preview: { inside: true, districtId: data.districtId, name: data.name, spansNames: [data.name], partlyOutside: false },
    }
  }
  const refused = isCurrent ? fromRefusal(error) : null
  if (refused) return { certainty: 'confirmed', preview: refused }
  if (preview === null) return null
  const isAsking = point !== null && !(isCurrent && error)
  return { certainty: isAsking ? 'asking' : 'preview', preview }
}
