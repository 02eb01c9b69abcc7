import { sql } from 'kysely'
import type { ElectionState } from '../elections/contract.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Admission, MeetingState, RoundMethod } from './contract.ts'
import type { PitchClock } from './rules/pitchClock.ts'

/** A district in a round's vote. */
export interface MeetingKey {
  year: number
  districtId: string
}

/** Makes everybody else's work at the meetings of a vote, and its closing, wait until the transaction ends. Undefined when there is no vote. */
export async function lockVote(trx: Database, year: number): Promise<ElectionState | undefined> {
  const row = await trx
    .selectFrom('election')
    .select(sql<ElectionState>`state`.as('state'))
    .where('round_year', '=', year)
    .forUpdate()
    .executeTakeFirst()
  return row?.state
}

/** Keeps a vote from being closed until the transaction ends, without making other doors wait. Undefined when there is no vote. */
export async function holdVote(trx: Database, year: number): Promise<ElectionState | undefined> {
  const row = await trx
    .selectFrom('election')
    .select(sql<ElectionState>`state`.as('state'))
    .where('round_year', '=', year)
    .forShare()
    .executeTakeFirst()
  return row?.state
}

function meetings(db: Database) {
  return db
    .selectFrom('vote_meeting')
    .select([
      'meeting_id as meetingId',
      'district_id as districtId',
      'place',
      'starts_at as startsAt',
      'ends_at as endsAt',
      sql<MeetingState>`state`.as('state'),
      'version',
      'undecided_reason as undecidedReason',
      'pitch_project_id as pitchProjectId',
      'pitch_elapsed_ms as pitchElapsedMs',
      'pitch_started_at as pitchStartedAt',
    ])
}
export type MeetingRow = Awaited<ReturnType<ReturnType<typeof meetings>['executeTakeFirstOrThrow']>>

/** The meeting of a district; undefined when none is planned. */
export function selectMeeting(db: Database, { year, districtId }: MeetingKey): Promise<MeetingRow | undefined> {
  return meetings(db).where('round_year', '=', year).where('district_id', '=', districtId).executeTakeFirst()
}

/** The meetings of a round. */
export function selectMeetings(db: Database, year: number): Promise<MeetingRow[]> {
  return meetings(db).where('round_year', '=', year).orderBy('district_id').execute()
}

interface MeetingPlan {
  place: string
  startsAt: string
  endsAt: string
}

/** Plans a meeting, with a count of nobody for every way the door may let people in. */
export async function insertMeeting(
  trx: Database,
  { year, districtId }: MeetingKey,
  meetingId: string,
  plan: MeetingPlan,
  means: readonly RoundMethod[],
): Promise<void> {
  const key = { round_year: year, district_id: districtId }
  await trx
    .insertInto('vote_meeting')
    .values({ ...key, meeting_id: meetingId, place: plan.place, starts_at: plan.startsAt, ends_at: plan.endsAt })
    .execute()
  await trx
    .insertInto('meeting_admission')
    .values(means.map((one) => ({ ...key, means: one })))
    .execute()
}

function change(trx: Database, { year, districtId }: MeetingKey) {
  return trx
    .updateTable('vote_meeting')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .set((eb) => ({ version: eb('version', '+', 1) }))
}

/** Changes when and where. */
export async function updatePlan(trx: Database, key: MeetingKey, { place, startsAt, endsAt }: MeetingPlan): Promise<void> {
  await change(trx, key).set({ place, starts_at: startsAt, ends_at: endsAt }).execute()
}

/** Opens the meeting, again where it was closed. */
export async function updateOpened(trx: Database, key: MeetingKey, at: Date): Promise<void> {
  await change(trx, key).set({ state: 'open', opened_at: at, closed_at: null, undecided_reason: null }).execute()
}

/** Closes the meeting; its clock stands. */
export async function updateClosed(trx: Database, key: MeetingKey, at: Date, undecidedReason: string | null): Promise<void> {
  const none = { pitch_project_id: null, pitch_started_at: null, pitch_elapsed_ms: 0 }
  await change(trx, key)
    .set({ state: 'closed', closed_at: at, undecided_reason: undecidedReason, ...none })
    .execute()
}

/** Whose pitch it is and how far its clock. */
export async function updatePitch(
  trx: Database,
  { year, districtId }: MeetingKey,
  projectId: string | null,
  clock: PitchClock,
): Promise<void> {
  await trx
    .updateTable('vote_meeting')
    .set({ pitch_project_id: projectId, pitch_elapsed_ms: clock.elapsedMs, pitch_started_at: clock.startedAt })
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .execute()
}

/** How many the door let in, by what it gave them. */
export async function selectAdmissions(db: Database, { year, districtId }: MeetingKey): Promise<Admission[]> {
  return db
    .selectFrom('meeting_admission')
    .select([sql<RoundMethod>`means`.as('means'), 'people'])
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .orderBy('means')
    .execute()
}

/** Lets people in. No time and no person is kept. */
export async function addAdmission(trx: Database, { year, districtId }: MeetingKey, means: RoundMethod, people: number): Promise<void> {
  await trx
    .updateTable('meeting_admission')
    .set((eb) => ({ people: eb('people', '+', people) }))
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .where('means', '=', means)
    .execute()
}
