import { type Kysely, sql } from 'kysely'

/** The log of a vote is only added to: no entry is taken out of it but with the whole vote, and it is never emptied. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger election_log_stays before delete on election_log for each row execute function refuse_taking_out();

    create function refuse_emptying() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger election_log_filled before truncate on election_log for each statement execute function refuse_emptying();
  `.execute(db)
}
