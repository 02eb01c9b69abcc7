import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table election (
      round_year integer primary key references round on delete cascade,
      state text not null default 'draft'
        check (state in ('draft', 'frozen', 'open', 'ended', 'closed', 'counted', 'published', 'stopped')),
      version integer not null default 1 check (version >= 1),
      settings jsonb not null,
      lot_seed text check (length(lot_seed) between 3 and 500),
      lot_source text check (length(lot_source) between 3 and 500),
      frozen_setup text,
      frozen_sha256 text check (frozen_sha256 ~ '^[0-9a-f]{64}$'),
      opens_at timestamptz(3),
      closes_at timestamptz(3),
      frozen_at timestamptz(3),
      opened_at timestamptz(3),
      ended_at timestamptz(3),
      closed_at timestamptz(3),
      counted_at timestamptz(3),
      published_at timestamptz(3),
      stopped_at timestamptz(3),
      stop_reason text check (length(stop_reason) between 10 and 2000),
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      check (opens_at < closes_at),
      check (num_nulls(frozen_setup, frozen_sha256, frozen_at) in (0, 3)),
      check ((state = 'stopped') = (stopped_at is not null)),
      check ((stopped_at is null) = (stop_reason is null)),
      check (state in ('draft', 'stopped') or (frozen_at is not null and opens_at is not null and closes_at is not null)),
      check (state in ('draft', 'frozen', 'stopped') or opened_at is not null),
      check (state in ('draft', 'frozen', 'open', 'stopped') or ended_at is not null),
      check (state not in ('closed', 'counted', 'published') or closed_at is not null),
      check (state not in ('counted', 'published') or counted_at is not null),
      check (state <> 'published' or published_at is not null)
    );
    comment on table election is 'How the districts of a round decide their shares: set up as a draft, frozen, open, ended, closed, counted, published';
    comment on column election.settings is 'What holds for every district, and what a district does otherwise';
    comment on column election.frozen_setup is 'Everything the count depends on but the ballots, as canonical JSON; what is hashed is these bytes in UTF-8';
    comment on column election.opens_at is 'The first moment anywhere; each district has its own in election_district';

    create table election_district (
      round_year integer not null references election on delete cascade,
      district_id text not null references district,
      decided_by text not null check (decided_by in ('ballots', 'knock-out', 'agreed-sharing')),
      ballot_kind text not null check (ballot_kind in ('approval', 'approval-limited', 'choose-one', 'knapsack', 'points')),
      channels text[] not null check (channels <@ array['home', 'code', 'paper', 'show-of-hands'] and cardinality(channels) >= 1),
      share_dkk integer not null check (share_dkk >= 0),
      roll_size integer check (roll_size >= 0),
      opens_at timestamptz(3) not null,
      closes_at timestamptz(3) not null,
      is_closed boolean not null default false,
      primary key (round_year, district_id),
      check (opens_at < closes_at)
    );
    comment on table election_district is 'What a district votes by, written when the set-up is frozen';
    comment on column election_district.roll_size is 'People on the roll when it was frozen; null where everybody with an address in the district may vote';
    comment on column election_district.is_closed is 'Whoever casts a ballot holds this row until the ballot is in the box; closing waits for them and lets no one after it';

    create table ballot_line (
      round_year integer not null,
      district_id text not null,
      line_number smallint not null check (line_number >= 1),
      project_id text not null references project,
      title text not null,
      description text not null,
      cost_dkk integer not null check (cost_dkk between 1 and 1000000000),
      running_cost_dkk_per_year integer check (running_cost_dkk_per_year >= 0),
      smallest_useful_dkk integer check (smallest_useful_dkk between 1 and cost_dkk),
      lot_place smallint not null check (lot_place >= 1),
      primary key (round_year, district_id, project_id),
      foreign key (round_year, district_id) references election_district (round_year, district_id) on delete cascade,
      unique (round_year, district_id, line_number),
      unique (round_year, district_id, lot_place)
    );
    comment on table ballot_line is 'A project on a district''s ballot, copied when the set-up is frozen';
    comment on column ballot_line.lot_place is 'Its place in the public lot: 1 goes first in a tie';

    create table ballot_exclusion (
      round_year integer not null,
      district_id text not null,
      first_project_id text not null,
      second_project_id text not null,
      reason text not null check (length(reason) between 5 and 1000),
      primary key (round_year, district_id, first_project_id, second_project_id),
      foreign key (round_year, district_id, first_project_id) references ballot_line (round_year, district_id, project_id) on delete cascade,
      foreign key (round_year, district_id, second_project_id) references ballot_line (round_year, district_id, project_id) on delete cascade,
      check (first_project_id < second_project_id collate "C")
    );
    comment on table ballot_exclusion is 'Two projects of which at most one is funded, from a confirmed conflict';

    create table ballot_preparation (
      project_id text primary key references project on delete cascade,
      cost_dkk integer not null check (cost_dkk between 1 and 1000000000),
      running_cost_dkk_per_year integer check (running_cost_dkk_per_year >= 0),
      smallest_useful_dkk integer check (smallest_useful_dkk between 1 and cost_dkk),
      updated_at timestamptz(3) not null
    );
    comment on table ballot_preparation is 'What a shortlisted project will cost on the ballot, before that is frozen';

    create table election_log (
      round_year integer not null references election on delete cascade,
      entry_number integer not null check (entry_number >= 1),
      action text not null check (action ~ '^[a-z]+(-[a-z]+)*$' and length(action) <= 60),
      actor_name text not null,
      detail jsonb not null,
      at timestamptz(3) not null,
      previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
      entry_hash text not null check (entry_hash ~ '^[0-9a-f]{64}$'),
      primary key (round_year, entry_number)
    );
    comment on table election_log is 'What was done to a vote by whom, each entry hashed with the one before; rows are only added';
    create trigger election_log_kept before update on election_log for each row execute function refuse_change();

    create table election_step (
      round_year integer not null references election on delete cascade,
      step text not null check (step in ('stop', 'close', 'count', 'publish')),
      proposed_by uuid not null references person,
      proposed_at timestamptz(3) not null,
      reason text check (length(reason) between 10 and 2000),
      confirmed_by uuid references person,
      confirmed_at timestamptz(3),
      primary key (round_year, step),
      constraint election_step_second_person check (confirmed_by <> proposed_by),
      check ((confirmed_by is null) = (confirmed_at is null)),
      check (step <> 'stop' or reason is not null)
    );
    comment on table election_step is 'Steps that two organisers take together: one proposes, another confirms';
    create index election_step_proposed on election_step (proposed_by);
    create index election_step_confirmed on election_step (confirmed_by);

    -- After freezing nothing a count depends on changes; only the state goes on, and never back.
    create function keep_frozen_election() returns trigger language plpgsql as $$
    declare
      states constant text[] := array['draft', 'frozen', 'open', 'ended', 'closed', 'counted', 'published'];
    begin
      if old.state <> new.state and not (
        (new.state = 'stopped' and old.state in ('frozen', 'open', 'ended', 'closed', 'counted'))
        or array_position(states, new.state) = array_position(states, old.state) + 1
        or (old.state = 'frozen' and new.state = 'draft')
      ) then
        raise exception 'an election does not go from % to %', old.state, new.state
          using errcode = 'check_violation', constraint = 'election_state_order';
      end if;
      if old.state <> 'draft' and new.state <> 'draft' and (old.settings, old.lot_seed, old.lot_source, old.frozen_setup, old.frozen_sha256, old.opens_at, old.closes_at)
        is distinct from (new.settings, new.lot_seed, new.lot_source, new.frozen_setup, new.frozen_sha256, new.opens_at, new.closes_at) then
        raise exception 'the set-up of % is frozen', old.round_year using errcode = 'check_violation', constraint = 'election_frozen';
      end if;
      return new;
    end $$;
    create trigger election_frozen before update on election for each row execute function keep_frozen_election();

    create function refuse_frozen_line() returns trigger language plpgsql as $$
    declare
      year_changed integer := coalesce(new.round_year, old.round_year);
    begin
      -- A round that goes takes its election along before the lines: then there is none to ask.
      if exists (select from election where round_year = year_changed and state <> 'draft') then
        raise exception 'the set-up of % is frozen', year_changed using errcode = 'check_violation', constraint = 'election_frozen';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger ballot_line_frozen before insert or update or delete on ballot_line for each row execute function refuse_frozen_line();
    create trigger ballot_exclusion_frozen before insert or update or delete on ballot_exclusion
      for each row execute function refuse_frozen_line();
    create trigger election_district_frozen before insert or delete or update of decided_by, ballot_kind, channels, share_dkk, roll_size, opens_at,
      closes_at on election_district for each row execute function refuse_frozen_line();
  `.execute(db)
}
