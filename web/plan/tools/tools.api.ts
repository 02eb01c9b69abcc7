import { queryOptions } from '@tanstack/react-query'
import type { CheckResult } from '../../../server/feasibility/contract.ts'
import type { InstallationType } from '../../../server/kernel/installationTypes.ts'
import { sendJson } from '../../lib/api.ts'
import type { Language } from '../../lib/language.ts'
import type { PlaceGeometry } from '../../map/mapContract.ts'

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
