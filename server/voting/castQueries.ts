import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { hot } from '../platform/db/hotStatements.ts'

/** Everything the database needs to take a ballot, or to say why not. */
export interface CastRow {
  year: number
  districtId: string
  setupSha256: string
  /** When the request arrived. */
  at: Date
  /** Such a time agrees with no other clock and is taken at its word. */
  isTimeSetByHand: boolean
  /** Who votes, as on the roll; or the code that is used up. */
  sender: { personHash: Buffer } | { codeKey: Buffer; guesses: GuessBuckets }
  /** What is wrong with the ballot by the district's own rules. */
  fault: string | null
  ballot: string
  receiptHash: Buffer
  sealed: Buffer | null
  retryHash: Buffer
}

/** Wrong codes of one address, of one address while the whole round sees many, and what many is: past these no code is looked at. */
const GUESS_LIMITS = { maxOfAddress: 1_000, maxWhenMany: 100, many: 2_000 } as const

/** Where wrong codes are counted. */
export interface GuessBuckets {
  windowStart: Date
  addressBucket: string
  roundBucket: string
}

function tooManyGuesses({ windowStart, addressBucket, roundBucket }: GuessBuckets) {
  const { maxOfAddress, maxWhenMany, many } = GUESS_LIMITS
  return sql<boolean>`exists (
    select from rate_limit a left join rate_limit r on r.bucket = ${roundBucket} and r.window_start = ${windowStart}
    where a.bucket = ${addressBucket} and a.window_start = ${windowStart}
      and a.request_count >= case when r.request_count >= ${sql.lit(many)} then ${sql.lit(maxWhenMany)} else ${sql.lit(maxOfAddress)} end)`
}

/**
 * How far the time a request arrived may be from the database's. A process with a wrong clock would take ballots after the closing
 * time, or before the opening; whoever waited longer than this for the database sends again. @unit seconds
 */
const CLOCKS_APART_S = 60

/** The order in which casts take what others may wait for: the district's row, then the person or the code. */
function orderOf({ districtId, sender }: CastRow): string {
  return 'personHash' in sender
    ? `${districtId} 0 ${sender.personHash.toString('hex')}`
    : `${districtId} 1 ${sender.codeKey.toString('hex')}`
}

/**
 * Casts ballots in one statement, each of them whole or not at all. Answers for each the receipt in hexadecimal, of the first time
 * where it was sent again, or the word that says why not.
 */
export async function castBallots(db: Database, given: readonly CastRow[]): Promise<string[]> {
  // All in one order, so that no two statements wait for each other in a circle.
  const order = given.map((row, index) => ({ key: orderOf(row), index })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const rows = order.map(({ index }) => given[index] as CastRow)
  const guesses = rows.map(({ sender }) => ('guesses' in sender ? sender.guesses : null))
  const { maxOfAddress, maxWhenMany, many } = GUESS_LIMITS
  const { rows: answers } = await sql<{ answer: string }>`${hot}
    select case
      when not q.by_hand and abs(extract(epoch from statement_timestamp() - q.at)) > ${sql.lit(CLOCKS_APART_S)} then 'clock-wrong'
      when q.address is not null and exists (
        select from rate_limit a left join rate_limit r on r.bucket = q.round and r.window_start = q.since
        where a.bucket = q.address and a.window_start = q.since
          and a.request_count >= case when r.request_count >= ${sql.lit(many)} then ${sql.lit(maxWhenMany)} else ${sql.lit(maxOfAddress)} end)
      then 'too-many-requests'
      else cast_ballot(q.year, q.district, q.setup, q.at, q.person, q.code, q.fault, q.ballot, q.receipt, q.sealed, q.retry)
      end as answer
    from unnest(${rows.map(({ year }) => year)}::integer[], ${rows.map(({ districtId }) => districtId)}::text[],
      ${rows.map(({ setupSha256 }) => setupSha256)}::text[], ${rows.map(({ at }) => at)}::timestamptz[],
      ${rows.map(({ isTimeSetByHand }) => isTimeSetByHand)}::boolean[],
      ${rows.map(({ sender }) => ('personHash' in sender ? sender.personHash : null))}::bytea[],
      ${rows.map(({ sender }) => ('codeKey' in sender ? sender.codeKey : null))}::bytea[],
      ${rows.map(({ fault }) => fault)}::text[], ${rows.map(({ ballot }) => ballot)}::text[],
      ${rows.map(({ receiptHash }) => receiptHash)}::bytea[], ${rows.map(({ sealed }) => sealed)}::bytea[],
      ${rows.map(({ retryHash }) => retryHash)}::bytea[], ${guesses.map((one) => one?.addressBucket ?? null)}::text[],
      ${guesses.map((one) => one?.roundBucket ?? null)}::text[], ${guesses.map((one) => one?.windowStart ?? null)}::timestamptz[])
      as q (year, district, setup, at, by_hand, person, code, fault, ballot, receipt, sealed, retry, address, round, since)`.execute(db)
  const inOrder = new Array<string>(given.length)
  for (const [place, { index }] of order.entries()) inOrder[index] = answers[place]?.answer ?? ''
  return inOrder
}

/** What a code opens, and whether it may be looked at now. */
export async function selectCode(db: Database, year: number, codeKey: Buffer, guesses: GuessBuckets) {
  const { rows } = await sql<{
    isHeld: boolean
    districtId: string | null
    roundNumber: number
    isUsed: boolean
    standing: string[] | null
  }>`
    select g.held as "isHeld", c.district_id as "districtId", c.round_number as "roundNumber", c.is_used as "isUsed",
      r.project_ids as standing
    from (select ${tooManyGuesses(guesses)} as held) g
    left join lateral (
      select b.district_id, b.round_number, v.is_used from code_batch b
      cross join lateral (select v.is_used from voting_code v
        where v.batch_id = b.batch_id and v.code_hash = sha256(b.salt || ${codeKey}) offset 0) v
      where b.round_year = ${year} and b.cancelled_at is null
    ) c on not g.held
    left join code_round r on r.round_year = ${year} and r.district_id = c.district_id and r.round_number = c.round_number and r.is_open`.execute(
    db,
  )
  return rows[0] as (typeof rows)[number]
}
