import { queryOptions } from '@tanstack/react-query'
import type { ConstraintCatalogue } from '../../../server/constraints/contract.ts'
import type { CheckResult } from '../../../server/feasibility/contract.ts'
import type { InstallationType } from '../../../server/kernel/installationTypes.ts'
import { getJson, sendJson } from '../../lib/api.ts'
import type { Language } from '../../lib/language.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'

/** The catalogue of constraint layers with how fresh each one's data is. */
export const catalogueQuery = queryOptions({
  queryKey: ['constraint-layers'],
  queryFn: ({ signal }) => getJson<ConstraintCatalogue>('/api/constraint-layers', signal),
  staleTime: 60_000,
})

/** What the law says of any place, drawn or chosen. */
export function checkQuery(geometry: PlaceGeometry | null, installationType: InstallationType | null, language: Language, csrfToken: string | null) {
  return queryOptions({
    queryKey: ['feasibility', 'check', geometry, installationType, language],
    queryFn: ({ signal }) =>
      sendJson<CheckResult>('POST', `/api/feasibility/check?language=${language}`, { geometry, installationType }, { csrfToken, signal }),
    enabled: geometry !== null,
    staleTime: 60_000,
  })
}
