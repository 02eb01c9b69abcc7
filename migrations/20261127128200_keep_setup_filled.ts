import { type Kysely, sql } from 'kysely'

/** What is frozen line by line, or only added to, is not emptied either: a TRUNCATE is not seen by the triggers on rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['voter', 'voting_auditor', 'ballot_line', 'election_step', 'receipt_root']) {
    await sql`create trigger ${sql.ref(`${table}_filled`)} before truncate on ${sql.table(table)}
      for each statement execute function refuse_emptying()`.execute(db)
  }
  await sql`create trigger receipt_root_stays before delete on receipt_root for each row execute function refuse_taking_out()`.execute(db)
}
