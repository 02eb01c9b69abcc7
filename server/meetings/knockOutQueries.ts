import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { RoundMethod, RoundState } from './contract.ts'
import type { MeetingKey } from './queries.ts'
import type { Counted, VotesFor } from './rules/knockOutEvening.ts'

export interface RoundRow {
  roundNumber: number
  method: RoundMethod
  state: RoundState
  note: string | null
  cancelReason: string | null
  attempt: number
  goOn: number | null
  blankVotes: number | null
  tieProjects: string[] | null
  /** In the order of the ballot. */
  standing: { projectId: string; votes: number | null; goesOn: boolean | null }[]
}

export interface RoundKey extends MeetingKey {
  roundNumber: number
}

const keyOf = ({ year, districtId, roundNumber }: RoundKey) => ({ round_year: year, district_id: districtId, round_number: roundNumber })

/** The knock-out rounds of a district with the projects that stood in each, first to last. */
export async function selectRounds(db: Database, { year, districtId }: MeetingKey): Promise<RoundRow[]> {
  const { rows } = await sql<RoundRow>`
    select r.round_number as "roundNumber", r.method, r.state, r.note, r.cancel_reason as "cancelReason", r.attempt, r.go_on as "goOn",
      r.blank_votes as "blankVotes", r.tie_projects as "tieProjects",
      (select json_agg(json_build_object('projectId', s.project_id, 'votes', s.votes, 'goesOn', s.goes_on) order by l.line_number)
        from knock_out_standing s join ballot_line l using (round_year, district_id, project_id)
        where (s.round_year, s.district_id, s.round_number) = (r.round_year, r.district_id, r.round_number)) as standing
    from knock_out_round r where r.round_year = ${year} and r.district_id = ${districtId} order by r.round_number`.execute(db)
  return rows
}

export interface CountRow extends Counted {
  roundNumber: number
  attempt: number
  counter: number
  countedBy: string
  counterName: string
  votes: VotesFor[]
}

/** Every count of a district's knock-out rounds, first to last. */
export async function selectCounts(db: Database, { year, districtId }: MeetingKey): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select c.round_number as "roundNumber", c.attempt, c.counter, c.counted_by as "countedBy", c.counter_name as "counterName",
      c.blank_votes as "blankVotes",
      (select json_agg(json_build_object('projectId', v.project_id, 'votes', v.votes) order by v.project_id) from knock_out_vote v
        where (v.round_year, v.district_id, v.round_number, v.attempt, v.counter)
          = (c.round_year, c.district_id, c.round_number, c.attempt, c.counter)) as votes
    from knock_out_count c where c.round_year = ${year} and c.district_id = ${districtId}
    order by c.round_number, c.attempt, c.counter`.execute(db)
  return rows
}

/** Opens a round for the projects that stand. */
export async function insertRound(
  trx: Database,
  key: RoundKey,
  round: { method: RoundMethod; note: string | null; standing: readonly string[]; personId: string; at: Date },
): Promise<void> {
  const { method, note, personId, at, standing } = round
  await trx
    .insertInto('knock_out_round')
    .values({ ...keyOf(key), method, note, opened_by: personId, opened_at: at })
    .execute()
  await trx
    .insertInto('knock_out_standing')
    .values(standing.map((projectId) => ({ ...keyOf(key), project_id: projectId })))
    .execute()
}

function change(trx: Database, { year, districtId, roundNumber }: RoundKey) {
  return trx
    .updateTable('knock_out_round')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .where('round_number', '=', roundNumber)
}

/** Ends the voting of a round: now it is counted. */
export async function updateCounting(trx: Database, key: RoundKey, at: Date): Promise<void> {
  await change(trx, key).set({ state: 'counting', counting_at: at }).execute()
}

/** Calls a round off; what was voted in it stands for nothing. */
export async function updateCancelled(trx: Database, key: RoundKey, reason: string): Promise<void> {
  await change(trx, key).set({ state: 'cancelled', cancel_reason: reason }).execute()
}

/** Lets both counters begin anew. */
export async function updateAttempt(trx: Database, key: RoundKey, attempt: number): Promise<void> {
  await change(trx, key).set({ attempt }).execute()
}

/** Writes down what is worth remembering of a count. */
export async function updateNote(trx: Database, key: RoundKey, note: string): Promise<void> {
  await change(trx, key).set({ note }).execute()
}

interface NewCount extends Counted {
  attempt: number
  counter: number
  personId: string
  name: string
  at: Date
}

/** Adds what one counter counted. */
export async function insertCount(trx: Database, key: RoundKey, count: NewCount): Promise<void> {
  const { attempt, counter, personId, name, blankVotes, votes, at } = count
  const part = { ...keyOf(key), attempt, counter }
  await trx
    .insertInto('knock_out_count')
    .values({ ...part, counted_by: personId, counter_name: name, blank_votes: blankVotes, counted_at: at })
    .execute()
  await trx
    .insertInto('knock_out_vote')
    .values(votes.map((one) => ({ ...part, project_id: one.projectId, votes: one.votes })))
    .execute()
}

interface RoundOutcome {
  standing: readonly { projectId: string; votes: number; goesOn: boolean }[]
  blankVotes: number
  tieProjects: readonly string[]
  at: Date
}

/** Writes the result on which both counters agree. */
export async function updateConfirmed(
  trx: Database,
  key: RoundKey,
  { standing, blankVotes, tieProjects, at }: RoundOutcome,
): Promise<void> {
  for (const { projectId, votes, goesOn } of standing) {
    await trx
      .updateTable('knock_out_standing')
      .set({ votes, goes_on: goesOn })
      .where('round_year', '=', key.year)
      .where('district_id', '=', key.districtId)
      .where('round_number', '=', key.roundNumber)
      .where('project_id', '=', projectId)
      .execute()
  }
  const goOn = standing.filter(({ goesOn }) => goesOn).length
  await change(trx, key)
    .set({ state: 'confirmed', confirmed_at: at, go_on: goOn, blank_votes: blankVotes, tie_projects: [...tieProjects] })
    .execute()
}
