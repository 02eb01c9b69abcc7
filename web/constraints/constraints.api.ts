import { queryOptions } from '@tanstack/react-query'
import type {
  ConstraintCatalogue,
  ConstraintLayer,
  LayerChange,
  LayerLoad,
  LayerProgress,
  LayerVersion,
} from '../../server/constraints/contract.ts'
import { getJson, sendJson } from '../lib/api.ts'

const CATALOGUE_KEY = ['constraint-layers'] as const
const POLL_MS = 1_500

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

/** The load of a layer, for staff; asked again and again while one waits or is under way. */
export function layerProgressQuery(layerId: string, mayPlan: boolean) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, layerId, 'load'],
    queryFn: ({ signal }) => getJson<LayerProgress>(`/api/constraint-layers/${layerId}/load`, signal),
    enabled: mayPlan,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.load ? POLL_MS : false),
  })
}

/** @errors ApiProblem `already-loading`, `layer-has-no-service`, `layer-loading-off` */
export function sendReload(layerId: string, csrfToken: string | null): Promise<LayerLoad> {
  return sendJson<LayerLoad>('POST', `/api/constraint-layers/${layerId}/reload`, undefined, { csrfToken })
}

/** @errors ApiProblem `layer-edit-conflict` with `current`, `nothing-changed` */
export function sendLayerChange(layerId: string, change: LayerChange, csrfToken: string | null): Promise<ConstraintLayer> {
  return sendJson<ConstraintLayer>('PATCH', `/api/constraint-layers/${layerId}`, change, { csrfToken })
}
