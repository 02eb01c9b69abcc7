import { queryOptions } from '@tanstack/react-query'
import type {
  Election,
  ElectionSettings,
  PlanElection,
  PlanElectionAnswer,
  PreparationChange,
  Step,
  StepAction,
} from '../../server/elections/contract.ts'
import type { Turnout } from '../../server/voting/contract.ts'
import { getJson, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

/** A round's vote as everybody sees it. @errors ApiProblem `no-election` */
export function electionQuery(year: number | null) {
  return queryOptions({
    queryKey: ['election', year],
    queryFn: ({ signal }) => getJson<Election>(`/api/rounds/${year}/election`, signal),
    enabled: year !== null,
  })
}

/** How many have voted, by district and channel; asked again every minute while the vote is open. */
export function turnoutQuery(year: number | null, isOpen: boolean) {
  return queryOptions({
    queryKey: ['turnout', year],
    queryFn: ({ signal }) => getJson<Turnout>(`/api/rounds/${year}/turnout`, signal),
    enabled: year !== null,
    refetchInterval: isOpen ? 60_000 : false,
  })
}

/** A round's vote as its organiser sees it; `election` is null when nobody has begun it. */
export function planElectionQuery(year: number | null) {
  return queryOptions({
    queryKey: ['plan', 'election', year],
    queryFn: ({ signal }) => getJson<PlanElectionAnswer>(`/api/rounds/${year}/election/plan`, signal),
    enabled: year !== null,
  })
}

async function send(method: 'POST' | 'PUT', year: number, rest: string, body: unknown, csrfToken: string | null): Promise<PlanElection> {
  try {
    const election = await sendJson<PlanElection>(method, `/api/rounds/${year}/election${rest}`, body, { csrfToken })
    queryClient.setQueryData(['plan', 'election', year], { election } satisfies PlanElectionAnswer)
    return election
  } finally {
    // After a refusal too: what made it be refused must be seen.
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['plan', 'election'] }),
      queryClient.invalidateQueries({ queryKey: ['election'] }),
      // Unfreezing takes the sheets of codes along.
      queryClient.invalidateQueries({ queryKey: ['plan', 'code-batches'] }),
      queryClient.invalidateQueries({ queryKey: ['rounds'] }),
    ])
  }
}

/** @errors ApiProblem `wrong-state` when there is one */
export function beginElection(year: number, csrfToken: string | null): Promise<PlanElection> {
  return send('POST', year, '', undefined, csrfToken)
}

/** What a draft is changed by; each names the version it was made from. @errors ApiProblem `election-edit-conflict`, `frozen` */
export function saveSettings({ roundYear, version }: PlanElection, settings: ElectionSettings, csrfToken: string | null) {
  return send('PUT', roundYear, '/settings', { version, settings }, csrfToken)
}

export function savePreparation(
  { roundYear, version }: PlanElection,
  projectId: string,
  prepared: Omit<PreparationChange, 'version'>,
  csrfToken: string | null,
) {
  return send('PUT', roundYear, `/preparations/${projectId}`, { version, ...prepared }, csrfToken)
}

export function saveLot({ roundYear, version }: PlanElection, lot: { seed: string; source: string }, csrfToken: string | null) {
  return send('PUT', roundYear, '/lot', { version, ...lot }, csrfToken)
}

/** @errors ApiProblem `not-ready` */
export function freeze({ roundYear, version }: PlanElection, csrfToken: string | null) {
  return send('POST', roundYear, '/freeze', { version }, csrfToken)
}

export function thaw({ roundYear }: PlanElection, reason: string, csrfToken: string | null) {
  return send('POST', roundYear, '/thaw', { reason }, csrfToken)
}

/** @errors ApiProblem `needs-second-person`, `step-conflict`, `wrong-state` */
export function takeStep(
  { roundYear }: PlanElection,
  step: Step,
  action: StepAction['action'],
  reason: string | null,
  csrfToken: string | null,
) {
  return send('POST', roundYear, `/steps/${step}`, { action, reason }, csrfToken)
}
