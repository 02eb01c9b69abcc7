import { queryOptions } from '@tanstack/react-query'
import type { Election } from '../../server/elections/contract.ts'
import type {
  Auditors,
  Cast,
  CodeBatch,
  CodeStanding,
  MadeCodes,
  NewAuditor,
  NewCodeBatch,
  Receipt,
  ReceiptList,
  VoterStanding,
} from '../../server/voting/contract.ts'
import { getJson, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

/** The round's vote as everybody may know it. @errors ApiProblem `no-election` */
export function electionQuery(year: number | null) {
  return queryOptions({
    queryKey: ['election', year],
    queryFn: ({ signal }) => getJson<Election>(`/api/rounds/${year}/election`, signal),
    enabled: year !== null,
    staleTime: 15_000,
  })
}

/** Where the person here stands in the vote. Asked anew every time somebody comes to the door. */
export function standingQuery(year: number, personId: string | null) {
  return queryOptions({
    queryKey: ['voter', year, personId],
    queryFn: ({ signal }) => getJson<VoterStanding>(`/api/rounds/${year}/voter`, signal),
    enabled: personId !== null,
    staleTime: 0,
  })
}

/** The receipts of a closed vote. @errors ApiProblem 404 until the vote is closed */
export function receiptsQuery(year: number | null) {
  return queryOptions({
    queryKey: ['receipts', year],
    queryFn: ({ signal }) => getJson<ReceiptList>(`/api/rounds/${year}/receipts`, signal),
    enabled: year !== null,
    staleTime: 60_000,
  })
}

/** What a code opens. The session stays at home: a code belongs to nobody. @errors ApiProblem `code-unknown`, `code-used`, `code-not-open` */
export function askCode(year: number, code: string): Promise<CodeStanding> {
  return sendJson<CodeStanding>('POST', `/api/rounds/${year}/code`, { code }, { csrfToken: null, isAnonymous: true })
}

/** Puts a ballot into the box. The same `retryKey` again gets the same receipt. @errors ApiProblem */
export async function castBallot(year: number, cast: Cast, csrfToken: string | null): Promise<Receipt> {
  const isAnonymous = cast.code !== undefined
  const receipt = await sendJson<Receipt>('POST', `/api/rounds/${year}/ballots`, cast, {
    csrfToken: isAnonymous ? null : csrfToken,
    isAnonymous,
  })
  queryClient.removeQueries({ queryKey: ['voter'] })
  return receipt
}

export function codeBatchesQuery(year: number | null) {
  return queryOptions({
    queryKey: ['plan', 'code-batches', year],
    queryFn: ({ signal }) => getJson<{ items: CodeBatch[] }>(`/api/plan/rounds/${year}/code-batches`, signal),
    enabled: year !== null,
  })
}

/** Makes a batch; its answer is the only one that ever holds the codes. @errors ApiProblem */
export async function makeCodes(year: number, batch: NewCodeBatch, csrfToken: string | null): Promise<MadeCodes> {
  const made = await sendJson<MadeCodes>('POST', `/api/plan/rounds/${year}/code-batches`, batch, { csrfToken })
  void queryClient.invalidateQueries({ queryKey: ['plan', 'code-batches'] })
  return made
}

/** @errors ApiProblem `batch-in-use` */
export async function cancelCodes(year: number, batchId: string, csrfToken: string | null): Promise<void> {
  try {
    await sendJson<unknown>('POST', `/api/plan/rounds/${year}/code-batches/${batchId}/cancel`, undefined, { csrfToken })
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['plan', 'code-batches'] })
  }
}

/** Whom receipts are sealed for. @errors ApiProblem `no-election` */
export function auditorsQuery(year: number) {
  return queryOptions({
    queryKey: ['auditors', year],
    queryFn: ({ signal }) => getJson<Auditors>(`/api/rounds/${year}/auditors`, signal),
    staleTime: 15_000,
  })
}

/** @errors ApiProblem `key-refused`, `wrong-state` once the vote is open */
export async function nameAuditor(year: number, auditor: NewAuditor, csrfToken: string | null): Promise<void> {
  const auditors = await sendJson<Auditors>('PUT', `/api/rounds/${year}/auditors`, auditor, { csrfToken })
  queryClient.setQueryData(auditorsQuery(year).queryKey, auditors)
  // One point of the checklist hangs on them.
  void queryClient.invalidateQueries({ queryKey: ['plan', 'election'] })
}
