import { queryOptions } from '@tanstack/react-query'
import type {
  BallotNumbers,
  Batch,
  BatchDetail,
  BatchList,
  Count,
  Door,
  Meeting,
  MeetingChange,
  MeetingDesk,
  MeetingList,
  NewBallots,
  NewBatch,
  NewRound,
  Pitch,
  PitchAction,
  SharingChange,
  Stage,
} from '../../server/meetings/contract.ts'
import { getJson, sendJson } from '../lib/api.ts'
import { queryClient } from '../lib/queryClient.ts'

/** A district's meeting in a round. */
export interface MeetingKey {
  year: number
  districtId: string
}

/** The desk of a meeting that is planned. */
export type EveningDesk = MeetingDesk & { meeting: Meeting }

const STAGE_EVERY_MS = 2_000
const DESK_EVERY_MS = 4_000

const pathOf = ({ year, districtId }: MeetingKey) => `/api/plan/rounds/${year}/meetings/${districtId}`

export function meetingsQuery(year: number | null) {
  return queryOptions({
    queryKey: ['plan', 'meetings', year],
    queryFn: ({ signal }) => getJson<MeetingList>(`/api/plan/rounds/${year}/meetings`, signal),
    enabled: year !== null,
    retry: false,
  })
}

/** The evening as it is; asked again and again, because several people work on it. */
export function deskQuery(key: MeetingKey) {
  return queryOptions({
    queryKey: ['plan', 'meetings', key.year, key.districtId],
    queryFn: ({ signal }) => getJson<MeetingDesk>(pathOf(key), signal),
    refetchInterval: DESK_EVERY_MS,
    retry: false,
  })
}

/** What the projector shows, with the moment it came by this machine's clock. */
export function stageQuery({ year, districtId }: MeetingKey) {
  return queryOptions({
    queryKey: ['stage', year, districtId],
    queryFn: async ({ signal }) => {
      const stage = await getJson<Stage>(`/api/rounds/${year}/meetings/${districtId}/stage`, signal)
      return { ...stage, cameAtMs: performance.now() }
    },
    refetchInterval: STAGE_EVERY_MS,
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
  })
}

export function batchesQuery(key: MeetingKey) {
  return queryOptions({
    queryKey: ['plan', 'meetings', key.year, key.districtId, 'paper'],
    queryFn: ({ signal }) => getJson<BatchList>(`${pathOf(key)}/paper`, signal),
    refetchInterval: DESK_EVERY_MS,
    retry: false,
  })
}

/** What a pile says, for who compares it with the papers. Each asking stands in the vote's log, so it is asked for once and not kept. */
export function batchQuery(key: MeetingKey, batchId: string) {
  return queryOptions({
    queryKey: ['plan', 'meetings', key.year, key.districtId, 'paper', batchId],
    queryFn: ({ signal }) => getJson<BatchDetail>(`${pathOf(key)}/paper/${batchId}`, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** Sends something to a meeting as the person signed in, and looks at it anew, whatever came of it. @errors ApiProblem */
async function send<T>(
  key: MeetingKey,
  csrfToken: string | null,
  path: string,
  body?: unknown,
  method: 'POST' | 'PUT' = 'POST',
): Promise<T> {
  try {
    return await sendJson<T>(method, `${pathOf(key)}${path}`, body, { csrfToken })
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['plan', 'meetings'] })
  }
}

/** Everything one may do at a meeting. */
export function meetingActions(key: MeetingKey, csrfToken: string | null) {
  const at = <T>(path: string, body?: unknown, method?: 'POST' | 'PUT') => send<T>(key, csrfToken, path, body, method)
  return {
    plan: (change: MeetingChange) => at<Meeting>('', change, 'PUT'),
    open: () => at<Meeting>('/open'),
    close: (undecidedReason: string | null) => at<Meeting>('/close', { undecidedReason }),
    pitch: (action: PitchAction) => at<Pitch>('/pitch', action),
    letIn: (door: Door) => at<unknown>('/door', door),
    openRound: (round: NewRound) => at<MeetingDesk>('/rounds', round),
    endRound: (roundNumber: number) => at<MeetingDesk>(`/rounds/${roundNumber}/end`),
    cancelRound: (roundNumber: number, reason: string) => at<MeetingDesk>(`/rounds/${roundNumber}/cancel`, { reason }),
    count: (roundNumber: number, count: Count) => at<MeetingDesk>(`/rounds/${roundNumber}/counts`, count),
    recordSharing: (change: SharingChange) => at<MeetingDesk>('/sharing', change, 'PUT'),
    confirmSharing: (version: number) => at<MeetingDesk>('/sharing/confirm', { version }),
    numberBallots: (wanted: NewBallots) => at<BallotNumbers>('/ballots', wanted),
    enterBatch: (batch: NewBatch) => at<Batch>('/paper', batch),
    acceptBatch: (batchId: string) => at<Batch>(`/paper/${batchId}/accept`),
    refuseBatch: (batchId: string, reason: string) => at<Batch>(`/paper/${batchId}/refuse`, { reason }),
  }
}
export type MeetingActions = ReturnType<typeof meetingActions>
