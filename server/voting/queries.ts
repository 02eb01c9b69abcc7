import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'

/** Who looks after the receipts of a vote, in their order. */
export function selectAuditors(db: Database, year: number) {
  return db
    .selectFrom('voting_auditor')
    .where('round_year', '=', year)
    .select(['position', 'name', 'public_key as publicKey'])
    .orderBy('position')
    .execute()
}

/** Names an auditor, or another one in the same place; false when the other one has that key. */
export async function upsertAuditor(db: Database, row: { year: number; position: number; name: string; publicKey: Buffer }): Promise<void> {
  const named = { name: row.name, public_key: row.publicKey }
  await db
    .insertInto('voting_auditor')
    .values({ round_year: row.year, position: row.position, ...named })
    .onConflict((conflict) => conflict.columns(['round_year', 'position']).doUpdateSet(named))
    .execute()
}

/** The district a person is on the roll for, and whether they are marked. */
export async function selectVoter(db: Database, year: number, personHash: Buffer) {
  const { rows } = await sql<{ rollDistrictId: string | null; hasVoted: boolean }>`
    select (select district_id from voter where round_year = ${year} and person_hash = ${personHash}) as "rollDistrictId",
      exists (select from voter_mark where round_year = ${year} and person_hash = ${personHash}) as "hasVoted"`.execute(db)
  return rows[0] as (typeof rows)[number]
}

/** Marks a person who comes to the meeting; false when they are marked already. */
export async function insertDoorMark(trx: Database, row: { year: number; districtId: string; personHash: Buffer }): Promise<boolean> {
  const done = await trx
    .insertInto('voter_mark')
    .values({ round_year: row.year, district_id: row.districtId, person_hash: row.personHash, channel: 'door' })
    .onConflict((conflict) => conflict.columns(['round_year', 'person_hash']).doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

/** Holds a district's row, so that its box is not closed meanwhile, or with `alone` until nobody is casting in it. */
export async function holdDistrict(trx: Database, year: number, districtId: string, { alone }: { alone: boolean }) {
  const row = trx
    .selectFrom('election_district')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .select(['is_closed as isClosed', sql<boolean>`roll_size is not null`.as('hasRoll')])
  return (alone ? row.forNoKeyUpdate() : row.forShare()).executeTakeFirst()
}

/** What came in so far, by district: marks by channel and used codes. */
export async function selectTurnout(db: Database, year: number) {
  const { rows } = await sql<{ districtId: string; home: number; door: number; codes: number }>`
    select d.district_id as "districtId", coalesce(m.home, 0) as home, coalesce(m.door, 0) as door, coalesce(c.codes, 0) as codes
    from election_district d
    left join (select district_id, count(*) filter (where channel = 'home') as home, count(*) filter (where channel = 'door') as door
      from voter_mark where round_year = ${year} group by 1) m using (district_id)
    left join (select b.district_id, count(*) as codes from code_batch b join voting_code v using (batch_id)
      where b.round_year = ${year} and b.round_number = 0 and v.is_used group by 1) c using (district_id)
    where d.round_year = ${year} order by 1`.execute(db)
  return rows
}

/**
 * How often a district's roll and codes were used up, in every round of it, and how many receipts its closed box has: one of each
 * for every ballot. Receipts are null before the box is closed.
 */
export async function selectEvidence(db: Database, year: number, districtId: string): Promise<{ marks: number; receipts: number | null }> {
  const { rows } = await sql<{ marks: number; receipts: number | null }>`
    select (select count(*) from voter_mark where round_year = ${year} and district_id = ${districtId} and channel = 'home')
        + (select count(*) from code_batch b join voting_code v using (batch_id)
          where b.round_year = ${year} and b.district_id = ${districtId} and v.is_used) as marks,
      (select (select count(*) from receipt c where c.round_year = r.round_year and c.district_id = r.district_id)
        from receipt_root r where r.round_year = ${year} and r.district_id = ${districtId}) as receipts`.execute(db)
  return rows[0] as (typeof rows)[number]
}

/** How many people are on the roll, by district. */
export function selectRollSizes(db: Database, year: number) {
  return db
    .selectFrom('voter')
    .where('round_year', '=', year)
    .select(['district_id as districtId', ({ fn }) => fn.countAll<number>().as('people')])
    .groupBy('district_id')
    .orderBy('district_id')
    .execute()
}

/** Puts a new roll in the place of the old. */
export async function replaceRoll(
  trx: Database,
  year: number,
  people: readonly { personHash: Buffer; districtId: string }[],
): Promise<void> {
  await trx.deleteFrom('voter').where('round_year', '=', year).execute()
  const ROWS = 5_000
  for (let from = 0; from < people.length; from += ROWS) {
    const part = people.slice(from, from + ROWS)
    await sql`insert into voter (round_year, person_hash, district_id)
      select ${year}::integer, decode(hash, 'hex'), district from unnest(${part.map(({ personHash }) => personHash.toString('hex'))}::text[],
        ${part.map(({ districtId }) => districtId)}::text[]) as t (hash, district)`.execute(trx)
  }
}

/** The kept fingerprint of the key; none before the first start. */
export async function selectFingerprint(db: Database): Promise<Buffer | undefined> {
  return (await db.selectFrom('voting_key').select('fingerprint').executeTakeFirst())?.fingerprint
}

/** Keeps the key's fingerprint the first time. Answers the one that is kept. */
export async function keepFingerprint(db: Database, fingerprint: Buffer): Promise<Buffer> {
  await db
    .insertInto('voting_key')
    .values({ fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await selectFingerprint(db)) as Buffer
}

/**
 * Works with another key from now on, unless something hangs on the one that is kept: a vote from its freezing until its boxes are
 * closed, or a roll or codes that wait for theirs. False when it does.
 */
export async function replaceFingerprint(db: Database, fingerprint: Buffer): Promise<boolean> {
  const done = await sql`
    update voting_key set fingerprint = ${fingerprint} where not exists (select from election where state in ('frozen', 'open', 'ended'))
      and not exists (
        select from (select round_year from voter union select round_year from code_batch) hashed left join election e using (round_year)
        where coalesce(e.state, 'draft') = 'draft')`.execute(db)
  return Number(done.numAffectedRows) === 1
}

/**
 * Whether the database server writes down what statements are given: a cast is given person and ballot. Statements are logged all,
 * when slow or by sample, with their parameters unless those are cut to nothing; a failing one with parameters of its own setting;
 * auto_explain writes plans, in which values can stand whatever is cut. Settings that a server does not know are off.
 */
export async function logsParameters(db: Database): Promise<boolean> {
  const { rows } = await sql<{ writes: boolean }>`
    select coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0'
        and (current_setting('log_statement') = 'all' or current_setting('log_min_duration_statement') <> '-1'
          or current_setting('log_min_duration_sample') <> '-1'
          or coalesce(current_setting('log_transaction_sample_rate', true), '0')::float8 > 0)
      or coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0'
      or coalesce(nullif(current_setting('auto_explain.log_min_duration', true), ''), '-1') <> '-1' as writes`.execute(db)
  return rows[0]?.writes ?? false
}

/** Gives the cast back to the role that may only add, where a restore left it with another owner. */
export async function restoreBallotBoxRole(db: Database): Promise<void> {
  await sql`select secure_ballot_box() from pg_proc
    where proname = 'cast_ballot' and pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) <> 'borgermillionen_ballot_box'`.execute(
    db,
  )
}
