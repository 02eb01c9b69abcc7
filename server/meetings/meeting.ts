import { randomUUID } from 'node:crypto'
import { districtOf, readFrozenElection } from '../elections/setup.ts'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import { markAtDoor } from '../voting/service.ts'
import type { Admission, Door, Meeting, MeetingChange, MeetingList, Pitch, PitchAction } from './contract.ts'
import { readDistrictWork } from './forCount.ts'
import { PITCH_MS, ROUND_METHODS } from './limits.ts'
import { meetingProblem } from './problems.ts'
import {
  addAdmission,
  holdVote,
  insertMeeting,
  type MeetingKey,
  type MeetingRow,
  selectAdmissions,
  selectMeeting,
  selectMeetings,
  updateClosed,
  updateOpened,
  updatePitch,
  updatePlan,
} from './queries.ts'
import { elapsedAt, type PitchClock, pressClock } from './rules/pitchClock.ts'
import { unfinishedAtMeeting } from './rules/unfinished.ts'
import {
  atMeeting,
  FROM_FREEZING,
  isVotedAtHome,
  logWork,
  meansOf,
  openMeetingOf,
  requireCodeHours,
  requireState,
  UNTIL_CLOSED,
  type Work,
} from './work.ts'

type MeetingDeps = Pick<Deps, 'db' | 'clock'>

/** A meeting as it crosses the wire. */
export function meetingOf(row: MeetingRow, districtName: string): Meeting {
  const { meetingId, districtId, place, state, version, undecidedReason } = row
  const times = { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() }
  return { meetingId, districtId, districtName, place, ...times, state, version, undecidedReason }
}

const clockOf = ({ pitchElapsedMs, pitchStartedAt }: MeetingRow): PitchClock => ({ elapsedMs: pitchElapsedMs, startedAt: pitchStartedAt })

/** The pitch's clock at a moment; it stands at zero where there is no meeting. */
export function pitchOf(row: MeetingRow | null, now: Date): Pitch {
  const clock = row === null ? { elapsedMs: 0, startedAt: null } : clockOf(row)
  return {
    projectId: row?.pitchProjectId ?? null,
    isRunning: clock.startedAt !== null,
    elapsedMs: elapsedAt(clock, now),
    totalMs: PITCH_MS,
    now: now.toISOString(),
  }
}

/** Every district of the vote with its meeting. @errors Problem `no-election` */
export async function readMeetings(deps: Pick<Deps, 'db'>, year: number): Promise<MeetingList> {
  const { setup } = await readFrozenElection(deps.db, year)
  const rows = await selectMeetings(deps.db, year)
  return {
    items: setup.districts.map(({ districtId, name, settings }) => {
      const row = rows.find((one) => one.districtId === districtId)
      const { decidedBy, opensAt, closesAt } = settings
      return { districtId, name, decidedBy, opensAt, closesAt, meeting: row === undefined ? null : meetingOf(row, name) }
    }),
  }
}

async function meetingNow({ trx, key, district }: Work): Promise<Meeting> {
  const row = await selectMeeting(trx, key)
  if (row === undefined) throw meetingProblem('no-meeting')
  return meetingOf(row, district.name)
}

/**
 * Plans a district's meeting, or moves it while it is planned. It lies within the hours in which the district votes: after them no
 * code works, and before them no meeting opens. @errors Problem `meeting-edit-conflict`, `meeting-not-open`, `outside-voting-hours`
 */
export function saveMeeting(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, sent: MeetingChange): Promise<Meeting> {
  return atMeeting(deps, person, key, FROM_FREEZING, async (work) => {
    const { trx, meeting, district } = work
    if ((meeting?.version ?? 0) !== sent.version)
      throw meetingProblem('meeting-edit-conflict', { extra: { current: meeting && meetingOf(meeting, district.name) } })
    if (meeting !== null && meeting.state !== 'planned') throw meetingProblem('meeting-not-open', { extra: { state: meeting.state } })
    const { opensAt, closesAt } = district.settings
    if (new Date(sent.startsAt) < new Date(opensAt) || new Date(sent.endsAt) > new Date(closesAt))
      throw meetingProblem('outside-voting-hours', { extra: { opensAt, closesAt } })
    if (meeting === null) await insertMeeting(trx, key, randomUUID(), sent, ROUND_METHODS)
    else await updatePlan(trx, key, sent)
    const { place, startsAt, endsAt } = sent
    await logWork(work, meeting === null ? 'meeting-planned' : 'meeting-changed', { place, startsAt, endsAt })
    return meetingNow(work)
  })
}

/** Opens the meeting, or opens it again; an open one stays. @errors Problem `no-meeting`, `wrong-state` unless the vote is on */
export function openMeeting(deps: MeetingDeps, person: SessionPerson, key: MeetingKey): Promise<Meeting> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, meeting, at } = work
    if (meeting === null) throw meetingProblem('no-meeting')
    if (meeting.state === 'open') return meetingNow(work)
    await updateOpened(trx, key, at)
    await logWork(work, meeting.state === 'planned' ? 'meeting-opened' : 'meeting-reopened')
    return meetingNow(work)
  })
}

/**
 * Closes the meeting. What it was to decide must be decided, or a reason says why it is not.
 * @errors Problem `no-meeting`, `meeting-unfinished` with what is open
 */
export function closeMeeting(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, undecidedReason: string | null): Promise<Meeting> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, meeting, district, at } = work
    if (meeting === null) throw meetingProblem('no-meeting')
    if (meeting.state === 'closed') return meetingNow(work)
    const state = await readDistrictWork(trx, key, district)
    const open = unfinishedAtMeeting({ ...state, isUndecided: undecidedReason !== null })
    if (open.length > 0) throw meetingProblem('meeting-unfinished', { extra: { open } })
    const isMissing = unfinishedAtMeeting({ ...state, isUndecided: false }).length > 0
    await updateClosed(trx, key, at, isMissing ? undecidedReason : null)
    await logWork(work, 'meeting-closed', { undecidedReason: isMissing ? undecidedReason : null })
    return meetingNow(work)
  })
}

/** Presses a button of the pitch's clock. It is no part of the vote and not in its log. @errors Problem `no-meeting`, `meeting-not-open` */
export function pressPitch(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, sent: PitchAction): Promise<Pitch> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, district, at } = work
    const meeting = openMeetingOf(work)
    const isKnown = (id: string | null) => id === null || district.lines.some(({ projectId }) => projectId === id)
    if (sent.action === 'select' && !isKnown(sent.projectId))
      throw commonProblem('invalid-request', { errors: [{ pointer: '/projectId', detail: 'not on the ballot' }] })
    const isSelect = sent.action === 'select'
    const projectId = isSelect ? sent.projectId : meeting.pitchProjectId
    const clock = isSelect ? { elapsedMs: 0, startedAt: null } : pressClock(clockOf(meeting), sent.action, at)
    await updatePitch(trx, key, projectId, clock)
    return pitchOf({ ...meeting, pitchProjectId: projectId, pitchElapsedMs: clock.elapsedMs, pitchStartedAt: clock.startedAt }, at)
  })
}

/**
 * Lets somebody in: marked in the same roll as a vote at home, or counted where nobody votes at home and there is no list. Neither
 * who nor when is kept here. @errors Problem `no-meeting`, `meeting-not-open`, `channel-not-used`, `code-hours`, `roll-number-missing`, `not-eligible`, `already-voted`
 */
export function letIn(deps: Deps, key: MeetingKey, { means, rollNumber, people }: Door): Promise<Admission[]> {
  return deps.db.transaction().execute(async (trx) => {
    await holdVote(trx, key.year)
    const frozen = await readFrozenElection(trx, key.year)
    requireState(frozen.state, UNTIL_CLOSED)
    const district = districtOf(frozen, key.districtId)
    openMeetingOf({ meeting: (await selectMeeting(trx, key)) ?? null })
    if (!meansOf(district).includes(means)) throw meetingProblem('channel-not-used')
    // Who gets a code at the door must be able to use it.
    if (means === 'code') requireCodeHours(district, deps.clock.now())
    // Without it nobody could tell that the same person has voted at home, or will.
    const needsNumber = district.settings.eligibility === 'roll' || isVotedAtHome(district.settings)
    if (needsNumber && rollNumber === undefined) throw meetingProblem('roll-number-missing')
    await addAdmission(trx, key, means, rollNumber === undefined ? people : 1)
    if (rollNumber !== undefined) await markAtDoor(trx, deps, { ...key, person: { rollNumber } })
    return selectAdmissions(trx, key)
  })
}
