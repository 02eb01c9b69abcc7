import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function require_demo_round() returns trigger language plpgsql as $$
    begin
      if exists (select from constraint_dataset where is_demo) and not exists (select from round where is_demo) then
        raise exception 'example layers belong beside a demo round only' using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    comment on function require_demo_round is 'Invented rules must never stand where real rounds are decided';
    create constraint trigger constraint_dataset_demo after insert or update of is_demo on constraint_dataset
      deferrable initially deferred for each row when (new.is_demo) execute function require_demo_round();
    create constraint trigger round_demo_kept after delete or update of is_demo on round
      deferrable initially deferred for each row when (old.is_demo) execute function require_demo_round();
  `.execute(db)
}
