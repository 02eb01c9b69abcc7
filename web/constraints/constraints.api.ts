import { queryOptions } from '@tanstack/react-query'
import type { ConstraintCatalogue, ConstraintLayer, LayerChange, LayerVersion } from '../../server/constraints/contract.ts'
import { getJson, sendJson } from '../lib/api.ts'

const CATALOGUE_KEY = ['constraint-layers'] as const

/** The whole catalogue: 31 layers, few enough to read at once. */
export const catalogueQuery = queryOptions({
  queryKey: CATALOGUE_KEY,
  queryFn: ({ signal }) => getJson<ConstraintCatalogue>('/api/constraint-layers', signal),
})

export function layerVersionsQuery(layerId: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, layerId, 'versions'],
    queryFn: ({ signal }) => getJson<{ items: LayerVersion[] }>(`/api/constraint-layers/${layerId}/versions`, signal),
  })
}

/** @errors ApiProblem `layer-edit-conflict` with `current`, `nothing-changed` */
export function sendLayerChange(layerId: string, change: LayerChange, csrfToken: string | null): Promise<ConstraintLayer> {
  return sendJson<ConstraintLayer>('PATCH', `/api/constraint-layers/${layerId}`, change, { csrfToken })
}
