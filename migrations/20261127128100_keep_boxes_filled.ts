import { type Kysely, sql } from 'kysely'

/**
 * Triggers on rows do not see a TRUNCATE. What a cast writes is emptied by it only where the same transaction says that it rewrites
 * the boxes; a slip of the hand says nothing of the kind.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_emptying_box() returns trigger language plpgsql as $$
    begin
      if current_setting('borgermillionen.rewrites_boxes', true) is distinct from 'on' then
        raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
      end if;
      return null;
    end $$;
    create trigger ballot_filled before truncate on ballot for each statement execute function refuse_emptying_box();
    create trigger receipt_filled before truncate on receipt for each statement execute function refuse_emptying_box();
    create trigger voter_mark_filled before truncate on voter_mark for each statement execute function refuse_emptying_box();
    create trigger voting_code_filled before truncate on voting_code for each statement execute function refuse_emptying_box();
  `.execute(db)
}
