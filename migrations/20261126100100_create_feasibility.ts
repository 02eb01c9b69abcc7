import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table feasibility_record (
      feasibility_record_id bigint generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      occasion text not null check (occasion in ('submission', 'change', 'recheck')),
      checked_at timestamptz(3) not null,
      catalogue_version integer not null references constraint_layer_version,
      verdict text not null check (verdict in ('clear', 'ask', 'permit', 'stop')),
      is_partial boolean not null,
      result jsonb not null
    );
    comment on table feasibility_record is 'What the check of an idea''s place found, when; rows are only added';
    comment on column feasibility_record.catalogue_version is 'Highest constraint_layer_version_id at that moment: its texts and severities';
    create index feasibility_record_idea on feasibility_record (idea_id, feasibility_record_id desc);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger feasibility_record_kept before update on feasibility_record
      for each row execute function refuse_change();
    create trigger constraint_layer_version_kept before update of layer_id, severities, citizen_text_da, citizen_text_en,
      planner_text_da, planner_text_en, editor_name, reason, edited_at on constraint_layer_version
      for each row execute function refuse_change();
  `.execute(db)
}
