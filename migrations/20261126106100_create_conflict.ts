import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conflict_decision (
      conflict_decision_id bigint generated always as identity primary key,
      first_idea_id integer references idea on delete cascade,
      first_project_id text references project on delete cascade,
      second_idea_id integer references idea on delete cascade,
      second_project_id text references project on delete cascade,
      second_installation_id text,
      first_key text not null generated always as (coalesce('1:' || lpad(first_idea_id::text, 10, '0'), '2:' || first_project_id)) stored,
      second_key text not null generated always as (coalesce('1:' || lpad(second_idea_id::text, 10, '0'), '2:' || second_project_id,
        '3:' || second_installation_id)) stored,
      version integer not null check (version >= 1),
      state text not null check (state in ('confirmed', 'cleared')),
      reason text not null check (length(reason) between 5 and 1000),
      distance_m double precision not null check (distance_m >= 0),
      overlap_m2 double precision check (overlap_m2 >= 0),
      places_hash text not null,
      decided_by uuid references person on delete set null,
      decider_name text not null,
      decided_at timestamptz(3) not null,
      check (num_nonnulls(first_idea_id, first_project_id) = 1),
      check (num_nonnulls(second_idea_id, second_project_id, second_installation_id) = 1),
      check (first_key < second_key collate "C"),
      unique (first_key, second_key, version)
    );
    comment on table conflict_decision is 'What was decided of two things at one place, and why; rows are only added, the highest version counts';
    comment on column conflict_decision.second_installation_id is 'No foreign key: loading the installations anew takes them away for a moment, a decision stays';
    comment on column conflict_decision.first_key is 'Kind and number in one, ordered: each pair has one writing';
    comment on column conflict_decision.places_hash is 'Fingerprint of both places; when one of them moves, the pair is open again';
    create index conflict_decision_idea on conflict_decision (first_idea_id);
    create trigger conflict_decision_kept before update of first_idea_id, first_project_id, second_idea_id, second_project_id,
      second_installation_id, version, state, reason, distance_m, overlap_m2, places_hash, decider_name, decided_at on conflict_decision
      for each row execute function refuse_change();
  `.execute(db)
}
