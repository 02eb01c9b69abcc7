import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BetterPlace, CheckResult, IdeaFeasibility } from '../../server/feasibility/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import { getJson, queryString, sendJson } from '../lib/api.ts'
import type { Language } from '../lib/language.ts'

export interface Question {
  geometry: PlaceGeometry | null
  installationType: InstallationType | null
}

/** What the law says about a place, as the server says. The old answer stays until the new one is there. */
export function checkQuery({ geometry, installationType }: Question, language: Language, csrfToken: string | null) {
  return queryOptions({
    queryKey: ['feasibility', 'check', language, installationType, geometry],
    queryFn: ({ signal }) =>
      sendJson<CheckResult>(
        'POST',
        `/api/feasibility/check${queryString({ language })}`,
        { geometry, installationType },
        { csrfToken, signal },
      ),
    enabled: geometry !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

/** The nearest place with a milder answer. @errors ApiProblem */
export function findBetterPlace(question: Question, csrfToken: string | null): Promise<BetterPlace> {
  return sendJson<BetterPlace>('POST', '/api/feasibility/better-place', question, { csrfToken })
}

/** What was found at an idea's place when it was sent, and since. */
export function ideaFeasibilityQuery(ideaId: number, language: Language) {
  return queryOptions({
    queryKey: ['feasibility', 'idea', ideaId, language],
    queryFn: ({ signal }) => getJson<IdeaFeasibility>(`/api/ideas/${ideaId}/feasibility${queryString({ language })}`, signal),
    placeholderData: keepPreviousData,
  })
}
