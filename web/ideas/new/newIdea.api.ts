import { queryOptions } from '@tanstack/react-query'
import type { DistrictAt } from '../../../server/districts/contract.ts'
import type { Picture } from '../../../server/files/contract.ts'
import type { Idea, IdeaChange, NearItem, NewIdea } from '../../../server/ideas/contract.ts'
import type { Position } from '../../../server/kernel/geometry.ts'
import { getJson, queryString, sendJson } from '../../lib/api.ts'

/** Which district holds a place, as the server says. A place outside is a Problem `outside-district`. */
export function districtAtQuery(place: Position | null) {
  const [lng, lat] = place ?? [0, 0]
  return queryOptions({
    queryKey: ['districts', 'at', lng, lat],
    queryFn: ({ signal }) => getJson<DistrictAt>(`/api/districts/at${queryString({ lng, lat })}`, signal),
    enabled: place !== null,
    staleTime: 10 * 60_000,
  })
}

/** Ideas and earlier projects within `radiusM` of a place, the likest words first when there are words. */
export function nearQuery(place: Position | null, title: string, radiusM: number) {
  const [lng, lat] = place ?? [0, 0]
  const q = title.trim().length >= 3 ? title.trim().slice(0, 200) : null
  return queryOptions({
    queryKey: ['ideas', 'near', lng, lat, q, radiusM],
    queryFn: ({ signal }) => getJson<{ items: NearItem[] }>(`/api/ideas/near${queryString({ lng, lat, radiusM, q })}`, signal),
    enabled: place !== null,
    placeholderData: (before) => before,
  })
}

/** @errors ApiProblem */
export function createIdea(year: number, body: NewIdea, csrfToken: string | null, idempotencyKey: string): Promise<Idea> {
  return sendJson<Idea>('POST', `/api/rounds/${year}/ideas`, body, { csrfToken, idempotencyKey })
}

/** @errors ApiProblem; `edit-conflict` carries the idea as it stands now */
export function changeIdea(idea: Pick<Idea, 'ideaId' | 'roundYear'>, body: IdeaChange, csrfToken: string | null): Promise<Idea> {
  return sendJson<Idea>('PATCH', `/api/rounds/${idea.roundYear}/ideas/${idea.ideaId}`, body, { csrfToken })
}

/** @errors ApiProblem */
export function changeAltText(pictureId: string, altText: string, csrfToken: string | null): Promise<Picture> {
  return sendJson<Picture>('PATCH', `/api/pictures/${pictureId}`, { altText }, { csrfToken })
}
