import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { ElectionSettings, ElectionState, LogEntry, Preparation, Step, StepRecord } from './contract.ts'

/** The vote of a round, as it is stored. */
export function selectElection(db: Database, year: number) {
  return db
    .selectFrom('election as e')
    .innerJoin('round as r', 'r.year', 'e.round_year')
    .select([
      'e.round_year as roundYear',
      sql<ElectionState>`e.state`.as('state'),
      'e.version',
      sql<ElectionSettings>`e.settings`.as('settings'),
      'e.lot_seed as lotSeed',
      'e.lot_source as lotSource',
      'e.frozen_setup as frozenSetup',
      'e.frozen_sha256 as setupSha256',
      'e.opens_at as opensAt',
      'e.closes_at as closesAt',
      'e.frozen_at as frozenAt',
      'e.closed_at as closedAt',
      'e.published_at as publishedAt',
      'e.stopped_at as stoppedAt',
      'e.stop_reason as stopReason',
      'r.is_demo as isDemo',
    ])
    .where('e.round_year', '=', year)
    .executeTakeFirst()
}
export type ElectionRow = NonNullable<Awaited<ReturnType<typeof selectElection>>>

/** Keeps everybody else from changing the vote until the transaction ends. False when there is none. */
export async function lockElection(trx: Database, year: number): Promise<boolean> {
  // Not stronger: whoever casts a ballot only needs the row to stay.
  const row = await trx.selectFrom('election').select('round_year').where('round_year', '=', year).forNoKeyUpdate().executeTakeFirst()
  return row !== undefined
}

/** The newest entry of a vote's log; whoever adds one after it has locked the vote's row. */
export function selectLastEntry(db: Database, year: number) {
  return db
    .selectFrom('election_log')
    .select(['entry_number as entryNumber', 'entry_hash as entryHash'])
    .where('round_year', '=', year)
    .orderBy('entry_number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Adds an entry to the log. */
export async function insertEntry(trx: Database, year: number, entry: LogEntry): Promise<void> {
  await trx
    .insertInto('election_log')
    .values({
      round_year: year,
      entry_number: entry.entryNumber,
      action: entry.action,
      actor_name: entry.actorName,
      detail: JSON.stringify(entry.detail),
      at: new Date(entry.at),
      previous_hash: entry.previousHash,
      entry_hash: entry.entryHash,
    })
    .execute()
}

/** A vote's log, first entry first. */
export async function selectLog(db: Database, year: number): Promise<LogEntry[]> {
  const rows = await db
    .selectFrom('election_log')
    .select([
      'entry_number as entryNumber',
      'action',
      'actor_name as actorName',
      sql<LogEntry['detail']>`detail`.as('detail'),
      'at',
      'previous_hash as previousHash',
      'entry_hash as entryHash',
    ])
    .where('round_year', '=', year)
    .orderBy('entry_number')
    .execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What is written down of the projects of a round for their ballots. */
export async function selectPreparations(db: Database, year: number): Promise<Map<string, NonNullable<Preparation['prepared']>>> {
  const rows = await db
    .selectFrom('ballot_preparation as b')
    .innerJoin('project as p', 'p.project_id', 'b.project_id')
    .select([
      'b.project_id as projectId',
      'b.cost_dkk as costDkk',
      'b.running_cost_dkk_per_year as runningCostDkkPerYear',
      'b.smallest_useful_dkk as smallestUsefulDkk',
    ])
    .where('p.round_year', '=', year)
    .execute()
  return new Map(rows.map(({ projectId, ...prepared }) => [projectId, prepared]))
}

/** The steps of a vote that are proposed or done. */
export async function selectSteps(db: Database, year: number): Promise<StepRecord[]> {
  const rows = await db
    .selectFrom('election_step as s')
    .innerJoin('person as proposer', 'proposer.person_id', 's.proposed_by')
    .leftJoin('person as confirmer', 'confirmer.person_id', 's.confirmed_by')
    .select([
      sql<Step>`s.step`.as('step'),
      's.reason',
      's.proposed_by as proposedBy',
      'proposer.display_name as proposerName',
      's.proposed_at as proposedAt',
      's.confirmed_by as confirmedBy',
      'confirmer.display_name as confirmerName',
      's.confirmed_at as confirmedAt',
    ])
    .where('s.round_year', '=', year)
    .orderBy('s.proposed_at')
    .orderBy('s.step')
    .execute()
  return rows.map(({ step, reason, proposedBy, proposerName, proposedAt, confirmedBy, confirmerName, confirmedAt }) => ({
    step,
    reason,
    proposedBy: { personId: proposedBy, displayName: proposerName },
    proposedAt: proposedAt.toISOString(),
    confirmedBy: confirmedBy === null ? null : { personId: confirmedBy, displayName: confirmerName ?? '' },
    confirmedAt: confirmedAt?.toISOString() ?? null,
  }))
}

/** Votes whose time has come: to open, or to end. */
export function selectDueElections(db: Database, now: Date) {
  return db
    .selectFrom('election')
    .select('round_year as roundYear')
    .where((eb) => eb.or([eb('state', '=', 'frozen').and('opens_at', '<=', now), eb('state', '=', 'open').and('closes_at', '<=', now)]))
    .orderBy('round_year')
    .execute()
}

/** The database's own clock. */
export async function selectDatabaseNow(db: Database): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return (rows[0] as { now: Date }).now
}
