import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'

// Rows keep where they stand and which transaction wrote them. So every table a cast writes is emptied and filled anew, in the
// order of its own values, in one transaction: what one table tells of order and company, the others no longer answer.
// TRUNCATE begins new files; deleting would leave the old rows in them until somebody clears up.
const REWRITES = [
  { table: 'voter_mark', order: 'round_year, person_hash' },
  { table: 'voting_code', order: 'batch_id, code_hash' },
  { table: 'ballot', order: 'round_year, district_id, round_number, choices, ballot_id' },
  { table: 'receipt', order: 'receipt_hash' },
]

/** Rewrites everything a cast writes in sorted order, and forgets how a request of this vote is told when it comes again. */
export async function rewriteBoxes(trx: Database, year: number): Promise<void> {
  // In the order a cast takes them, so that nobody waits in a circle.
  await sql`lock table ${sql.join(REWRITES.map(({ table }) => sql.table(table)))} in access exclusive mode`.execute(trx)
  await trx.updateTable('receipt').set({ retry_hash: null }).where('round_year', '=', year).execute()
  // Without these words the tables refuse to be emptied; they hold in this transaction only.
  await sql`set local borgermillionen.rewrites_boxes = 'on'`.execute(trx)
  for (const { table, order } of REWRITES) {
    const kept = sql.table(`${table}_kept`)
    await sql`create temporary table ${kept} on commit drop as select * from ${sql.table(table)}`.execute(trx)
    await sql`truncate ${sql.table(table)}`.execute(trx)
    await sql`insert into ${sql.table(table)} select * from ${kept} order by ${sql.raw(order)}`.execute(trx)
  }
  await sql`set local borgermillionen.rewrites_boxes = 'off'`.execute(trx)
}

/** What a box holds, with all its rounds: each ballot was cast by one mark from home or one code, and has one receipt. */
export interface BoxCounts {
  districtId: string
  ballots: number
  marks: number
  codes: number
  receipts: number
}

/** What the boxes of a vote hold, each table counted by itself. */
export async function selectBoxCounts(db: Database, year: number): Promise<BoxCounts[]> {
  const { rows } = await sql<BoxCounts>`
    select d.district_id as "districtId",
      (select count(*) from ballot b where b.round_year = d.round_year and b.district_id = d.district_id) as ballots,
      (select count(*) from voter_mark m where m.round_year = d.round_year and m.district_id = d.district_id and m.channel = 'home') as marks,
      (select count(*) from code_batch b join voting_code v using (batch_id)
        where b.round_year = d.round_year and b.district_id = d.district_id and v.is_used) as codes,
      (select count(*) from receipt r where r.round_year = d.round_year and r.district_id = d.district_id) as receipts
    from election_district d where d.round_year = ${year} order by 1`.execute(db)
  return rows
}

/** Keeps the root over the receipts of a district. */
export async function insertRoot(
  trx: Database,
  row: { year: number; districtId: string; ballots: number; merkleRoot: string },
): Promise<void> {
  await trx
    .insertInto('receipt_root')
    .values({ round_year: row.year, district_id: row.districtId, ballot_count: row.ballots, merkle_root: row.merkleRoot })
    .execute()
}

/** Roots and receipts of a vote by district, both sorted; none before its boxes are closed. */
export async function selectReceipts(db: Database, year: number) {
  const { rows } = await sql<{ districtId: string; ballots: number; merkleRoot: string; receipts: string[] }>`
    select r.district_id as "districtId", r.ballot_count as ballots, r.merkle_root as "merkleRoot",
      array(select encode(c.receipt_hash, 'hex') from receipt c
        where c.round_year = r.round_year and c.district_id = r.district_id order by c.receipt_hash) as receipts
    from receipt_root r where r.round_year = ${year} order by 1`.execute(db)
  return rows
}

/** The receipts of a district, sorted, in hexadecimal. */
export async function selectReceiptHashes(db: Database, year: number, districtId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('receipt')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .select(sql<string>`encode(receipt_hash, 'hex')`.as('hash'))
    .orderBy('receipt_hash')
    .execute()
  return rows.map(({ hash }) => hash)
}

/** Sealed openings of a closed vote, sorted by receipt, for its auditors. */
export function selectSealed(db: Database, year: number) {
  return db
    .selectFrom('receipt as c')
    .innerJoin('receipt_root as r', (join) => join.onRef('r.round_year', '=', 'c.round_year').onRef('r.district_id', '=', 'c.district_id'))
    .where('c.round_year', '=', year)
    .select(['c.district_id as districtId', sql<string>`encode(c.receipt_hash, 'hex')`.as('receipt'), 'c.sealed'])
    .orderBy('c.district_id')
    .orderBy('c.receipt_hash')
    .execute()
}

/** Destroys the sealed openings of a vote; answers how many there were. */
export async function deleteSealed(trx: Database, year: number): Promise<number> {
  const done = await trx
    .updateTable('receipt')
    .set({ sealed: null })
    .where('round_year', '=', year)
    .where('sealed', 'is not', null)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** The ballots of a district's box or of one of its knock-out rounds, sorted as they are written. */
export async function selectBallots(db: Database, year: number, districtId: string, roundNumber: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ballot')
    .where('round_year', '=', year)
    .where('district_id', '=', districtId)
    .where('round_number', '=', roundNumber)
    .select('choices')
    .orderBy(sql`choices collate "C"`)
    .execute()
  return rows.map(({ choices }) => choices)
}
