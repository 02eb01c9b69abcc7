import type { ElectionDistrict, ElectionState } from '../elections/contract.ts'
import { electionProblem } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import { districtOf, type FrozenElection, readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import type { RoundMethod } from './contract.ts'
import { ROUND_METHODS } from './limits.ts'
import { meetingProblem } from './problems.ts'
import { lockVote, type MeetingKey, type MeetingRow, selectMeeting } from './queries.ts'

/** A piece of staff's work at a district's meeting, alone with the vote until its transaction ends. */
export interface Work {
  trx: Database
  key: MeetingKey
  frozen: FrozenElection
  district: ElectionDistrict
  meeting: MeetingRow | null
  person: SessionPerson
  at: Date
}

/** Whether people of the district may have voted at home before they come, so that the door has to know them. */
export function isVotedAtHome({ decidedBy, channels }: ElectionDistrict['settings']): boolean {
  return decidedBy === 'ballots' && channels.includes('home')
}

/** While a vote is on, or over but not closed. */
export const UNTIL_CLOSED: readonly ElectionState[] = ['open', 'ended']

/** From when the ballots are known until nothing changes any more. */
export const FROM_FREEZING: readonly ElectionState[] = ['frozen', ...UNTIL_CLOSED]

/**
 * Does something at a district's meeting. All such work of one vote comes one after the other, and before or after the vote
 * is closed, never during. @errors Problem `no-election`, `wrong-state`
 */
export function atMeeting<T>(
  deps: Pick<Deps, 'db' | 'clock'>,
  person: SessionPerson,
  key: MeetingKey,
  states: readonly ElectionState[],
  run: (work: Work) => Promise<T>,
): Promise<T> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockVote(trx, key.year)) === undefined) throw electionProblem('no-election')
    const frozen = await readFrozenElection(trx, key.year)
    requireState(frozen.state, states)
    const district = districtOf(frozen, key.districtId)
    const meeting = (await selectMeeting(trx, key)) ?? null
    return run({ trx, key, frozen, district, meeting, person, at: deps.clock.now() })
  })
}

/** Puts into the vote's log what was done at the meeting. Names and numbers, never a person in the hall, a ballot or a count. */
export async function logWork(
  { trx, key, person, at }: Work,
  action: string,
  detail: Readonly<Record<string, string | number | null>> = {},
): Promise<void> {
  await appendLog(trx, key.year, { action, actorName: person.displayName, detail: { districtId: key.districtId, ...detail }, at })
}

/** @errors Problem `wrong-state` */
export function requireState(state: ElectionState, states: readonly ElectionState[]): void {
  if (!states.includes(state)) throw electionProblem('wrong-state', { extra: { state } })
}

/** The meeting, which must be open. @errors Problem `no-meeting`, `meeting-not-open` */
export function openMeetingOf({ meeting }: Pick<Work, 'meeting'>): MeetingRow {
  if (meeting === null) throw meetingProblem('no-meeting')
  if (meeting.state !== 'open') throw meetingProblem('meeting-not-open', { extra: { state: meeting.state } })
  return meeting
}

/** Whether the box takes ballots of the district at a moment. */
export function isInVotingHours({ settings }: ElectionDistrict, at: Date): boolean {
  return new Date(settings.opensAt) <= at && at < new Date(settings.closesAt)
}

/** @errors Problem `code-hours` */
export function requireCodeHours(district: ElectionDistrict, at: Date): void {
  const { opensAt, closesAt } = district.settings
  if (!isInVotingHours(district, at)) throw meetingProblem('code-hours', { extra: { opensAt, closesAt } })
}

/** What the hall may vote by, as the set-up says. */
export function meansOf({ settings }: ElectionDistrict): RoundMethod[] {
  return ROUND_METHODS.filter((method) => settings.channels.includes(method))
}
