import { type Kysely, sql } from 'kysely'

/** Auditors stand in the frozen set-up, so they are named in a draft only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function refuse_late_auditor() returns trigger language plpgsql as $$
    declare
      year_changed integer := coalesce(new.round_year, old.round_year);
    begin
      if exists (select from election where round_year = year_changed and state <> 'draft') then
        raise exception 'the auditors of % are frozen with its set-up', year_changed
          using errcode = 'restrict_violation', constraint = 'voting_auditor_in_time';
      end if;
      return coalesce(new, old);
    end $$;
  `.execute(db)
}
