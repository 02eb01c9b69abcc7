import { queryOptions } from '@tanstack/react-query'
import type {
  NewDecisionRecord,
  NewPassOn,
  PassOn,
  DistrictResult as WireDistrict,
  RoundResult as WireResult,
} from '../../server/allocation/contract.ts'
import type { Transcript } from '../../server/allocation/rules/transcript.ts'
import { getJson, readProblem, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

/** The contract leaves the steps of a transcript open; here they are what the rules write. */
export type DistrictResult = Omit<WireDistrict, 'transcript'> & { transcript: Transcript | null }
export type RoundResult = Omit<WireResult, 'districts'> & { districts: DistrictResult[] }

/** A round's result. @errors ApiProblem `not-published` before it is, `not-found` */
export function resultQuery(year: number) {
  return queryOptions({
    queryKey: ['result', year],
    queryFn: ({ signal }) => getJson<RoundResult>(`/api/rounds/${year}/result`, signal),
    staleTime: 60_000,
  })
}

/** Proposals to pass a winner's money on. @errors ApiProblem `not-published`, `no-election` */
export function passOnsQuery(year: number | null) {
  return queryOptions({
    queryKey: ['plan', 'pass-ons', year],
    queryFn: ({ signal }) => getJson<{ items: PassOn[] }>(`/api/plan/rounds/${year}/pass-ons`, signal),
    enabled: year !== null,
  })
}

async function changing<Answer>(send: Promise<Answer>): Promise<Answer> {
  try {
    return await send
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['result'] })
    await queryClient.invalidateQueries({ queryKey: ['plan', 'pass-ons'] })
  }
}

export function addDecision(year: number, decision: NewDecisionRecord, csrfToken: string | null) {
  return changing(sendJson<unknown>('POST', `/api/plan/rounds/${year}/decisions`, decision, { csrfToken }))
}

export function proposePassOn(year: number, passOn: NewPassOn, csrfToken: string | null) {
  return changing(sendJson<PassOn>('POST', `/api/plan/rounds/${year}/pass-ons`, passOn, { csrfToken }))
}

export function settlePassOn(year: number, passOnId: string, what: 'confirm' | 'withdraw', csrfToken: string | null) {
  return changing(sendJson<PassOn>('POST', `/api/plan/rounds/${year}/pass-ons/${passOnId}/${what}`, undefined, { csrfToken }))
}

/** Addresses of everything that is published beside a result. */
export function publishedFiles(year: number) {
  return {
    setup: `/api/rounds/${year}/election/setup.json`,
    receipts: `/api/rounds/${year}/receipts`,
    log: `/api/rounds/${year}/election/log`,
    transcript: (districtId: string) => `/api/rounds/${year}/result/${districtId}/transcript.json`,
  }
}

/** A published file as text. @errors ApiProblem */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(path, { credentials: 'same-origin', signal })
  if (!answer.ok) throw await readProblem(answer)
  return answer.text()
}
