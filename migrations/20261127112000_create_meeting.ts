import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table vote_meeting (
      round_year integer not null references election on delete cascade,
      district_id text not null references district,
      meeting_id uuid not null unique,
      place text not null check (length(place) between 2 and 200),
      starts_at timestamptz(3) not null,
      ends_at timestamptz(3) not null,
      state text not null default 'planned' check (state in ('planned', 'open', 'closed')),
      version integer not null default 1 check (version >= 1),
      pitch_project_id text references project on delete set null,
      pitch_elapsed_ms integer not null default 0 check (pitch_elapsed_ms between 0 and 86400000),
      pitch_started_at timestamptz(3),
      opened_at timestamptz(3),
      closed_at timestamptz(3),
      undecided_reason text check (length(undecided_reason) between 10 and 2000),
      primary key (round_year, district_id),
      check (starts_at < ends_at),
      check (state <> 'open' or opened_at is not null),
      check ((state = 'closed') = (closed_at is not null)),
      check (undecided_reason is null or state = 'closed')
    );
    comment on table vote_meeting is 'The evening on which a district votes: where, when, how far it is, whose pitch it is';
    comment on column vote_meeting.pitch_started_at is 'Since when the pitch''s clock runs; null while it stands. Every screen reckons from it and from pitch_elapsed_ms';
    comment on column vote_meeting.undecided_reason is 'Why the meeting ended without a decision, where it should have taken one';

    create table meeting_admission (
      round_year integer not null,
      district_id text not null,
      means text not null check (means in ('code', 'paper', 'show-of-hands')),
      people integer not null default 0 check (people >= 0),
      primary key (round_year, district_id, means),
      foreign key (round_year, district_id) references vote_meeting (round_year, district_id) on delete cascade
    );
    comment on table meeting_admission is 'How many the door let in and what it gave them; no person, no time, no order';

    create table knock_out_round (
      round_year integer not null,
      district_id text not null,
      round_number smallint not null check (round_number between 1 and 20),
      method text not null check (method in ('code', 'paper', 'show-of-hands')),
      state text not null default 'open' check (state in ('open', 'counting', 'confirmed', 'cancelled')),
      note text check (length(note) between 1 and 2000),
      attempt smallint not null default 1 check (attempt between 1 and 1000),
      go_on smallint check (go_on >= 1),
      blank_votes integer check (blank_votes >= 0),
      tie_projects text[],
      cancel_reason text check (length(cancel_reason) between 10 and 2000),
      opened_by uuid references person on delete set null,
      opened_at timestamptz(3) not null,
      counting_at timestamptz(3),
      confirmed_at timestamptz(3),
      primary key (round_year, district_id, round_number),
      foreign key (round_year, district_id) references vote_meeting (round_year, district_id) on delete cascade,
      check ((state = 'cancelled') = (cancel_reason is not null)),
      check ((state = 'confirmed') = (confirmed_at is not null)),
      check (state not in ('counting', 'confirmed') or counting_at is not null),
      check (num_nulls(go_on, blank_votes) in (0, 2) and (state = 'confirmed') = (go_on is not null)),
      check (method <> 'show-of-hands' or state <> 'confirmed' or note is not null)
    );
    comment on table knock_out_round is 'One ballot of a knock-out: those that stand, voted on by phone code, on paper or by hands, counted by two';
    comment on column knock_out_round.attempt is 'Which count this is: when the two counters differ, both count again';
    comment on column knock_out_round.go_on is 'How many of those that stood go on; one means that it is over';
    comment on column knock_out_round.tie_projects is 'Projects with equally many votes on both sides of the line, told apart by the lot';
    create unique index knock_out_round_at_once on knock_out_round (round_year, district_id) where state in ('open', 'counting');
    create index knock_out_round_opener on knock_out_round (opened_by);

    create table knock_out_standing (
      round_year integer not null,
      district_id text not null,
      round_number smallint not null,
      project_id text not null,
      votes integer check (votes >= 0),
      goes_on boolean,
      primary key (round_year, district_id, round_number, project_id),
      foreign key (round_year, district_id, round_number) references knock_out_round (round_year, district_id, round_number) on delete cascade,
      foreign key (round_year, district_id, project_id) references ballot_line (round_year, district_id, project_id) on delete cascade,
      check (num_nulls(votes, goes_on) in (0, 2))
    );
    comment on table knock_out_standing is 'A project that stood in a knock-out round, and what it got once the round was confirmed';

    create table knock_out_count (
      round_year integer not null,
      district_id text not null,
      round_number smallint not null,
      attempt smallint not null check (attempt >= 1),
      counter smallint not null check (counter in (1, 2)),
      counted_by uuid not null references person,
      counter_name text not null,
      blank_votes integer not null check (blank_votes between 0 and 100000),
      counted_at timestamptz(3) not null,
      primary key (round_year, district_id, round_number, attempt, counter),
      constraint knock_out_count_second_person unique (round_year, district_id, round_number, attempt, counted_by),
      foreign key (round_year, district_id, round_number) references knock_out_round (round_year, district_id, round_number) on delete cascade
    );
    comment on table knock_out_count is 'What one of the two counters of a round counted, each for themselves; rows are only added';
    create index knock_out_count_counter on knock_out_count (counted_by);

    create table knock_out_vote (
      round_year integer not null,
      district_id text not null,
      round_number smallint not null,
      attempt smallint not null,
      counter smallint not null,
      project_id text not null,
      votes integer not null check (votes between 0 and 100000),
      primary key (round_year, district_id, round_number, attempt, counter, project_id),
      foreign key (round_year, district_id, round_number, attempt, counter)
        references knock_out_count (round_year, district_id, round_number, attempt, counter) on delete cascade,
      foreign key (round_year, district_id, round_number, project_id)
        references knock_out_standing (round_year, district_id, round_number, project_id) on delete cascade
    );
    comment on table knock_out_vote is 'Votes for one project in one counter''s count';

    create table agreed_sharing (
      round_year integer not null,
      district_id text not null,
      version integer not null default 1 check (version >= 1),
      minutes text not null check (length(minutes) between 20 and 20000),
      recorded_by uuid not null references person,
      recorder_name text not null,
      recorded_at timestamptz(3) not null,
      confirmed_by uuid references person,
      confirmer_name text,
      confirmed_at timestamptz(3),
      primary key (round_year, district_id),
      foreign key (round_year, district_id) references vote_meeting (round_year, district_id) on delete cascade,
      constraint agreed_sharing_second_person check (confirmed_by <> recorded_by),
      check (num_nulls(confirmed_by, confirmer_name, confirmed_at) in (0, 3))
    );
    comment on table agreed_sharing is 'What a meeting agreed on instead of voting, with its minutes; one person writes it, another confirms it';
    create index agreed_sharing_recorder on agreed_sharing (recorded_by);
    create index agreed_sharing_confirmer on agreed_sharing (confirmed_by);

    create table agreed_amount (
      round_year integer not null,
      district_id text not null,
      project_id text not null,
      amount_dkk integer not null check (amount_dkk between 1 and 1000000000),
      primary key (round_year, district_id, project_id),
      foreign key (round_year, district_id) references agreed_sharing (round_year, district_id) on delete cascade,
      foreign key (round_year, district_id, project_id) references ballot_line (round_year, district_id, project_id) on delete cascade
    );
    comment on table agreed_amount is 'What a project gets by a meeting''s agreement; together at most the district''s share';

    create table paper_batch (
      batch_id uuid primary key,
      round_year integer not null,
      district_id text not null,
      label text not null check (length(label) between 1 and 60),
      recount_number smallint not null default 0 check (recount_number between 0 and 1000),
      replaces_batch_id uuid references paper_batch on delete cascade,
      recount_reason text check (length(recount_reason) between 10 and 2000),
      control_total integer not null check (control_total between 1 and 5000),
      state text not null default 'entered' check (state in ('entered', 'accepted', 'refused', 'replaced')),
      content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
      entered_by uuid not null references person,
      clerk_name text not null,
      entered_at timestamptz(3) not null,
      decided_by uuid references person,
      decider_name text,
      decided_at timestamptz(3),
      refuse_reason text check (length(refuse_reason) between 10 and 2000),
      foreign key (round_year, district_id) references election_district (round_year, district_id) on delete cascade,
      constraint paper_batch_second_person check (decided_by <> entered_by),
      check ((state = 'entered') = (decided_by is null)),
      check (num_nulls(decided_by, decider_name, decided_at) in (0, 3)),
      check ((state = 'refused') = (refuse_reason is not null)),
      check (num_nulls(replaces_batch_id, recount_reason) in (0, 2) and (replaces_batch_id is null) = (recount_number = 0))
    );
    comment on table paper_batch is 'A pile of paper ballots as one clerk entered it; another accepts or refuses it, a recount replaces it and both stay';
    comment on column paper_batch.control_total is 'How many papers were counted out of the box, stated before they were entered';
    comment on column paper_batch.content_sha256 is 'Hash of what was entered, without its label: the same pile under two labels is noticed';
    create unique index paper_batch_once on paper_batch (round_year, district_id, label, recount_number) where state <> 'refused';
    create unique index paper_batch_recounted_once on paper_batch (replaces_batch_id) where state <> 'refused';
    create index paper_batch_clerk on paper_batch (entered_by);
    create index paper_batch_decider on paper_batch (decided_by);

    create table paper_ballot_tally (
      batch_id uuid not null references paper_batch on delete cascade,
      tally_number smallint not null check (tally_number >= 1),
      project_ids text[] not null,
      points integer[] not null default '{}',
      ballots integer not null check (ballots between 1 and 5000),
      primary key (batch_id, tally_number),
      unique (batch_id, project_ids, points),
      check (cardinality(points) in (0, cardinality(project_ids)))
    );
    comment on table paper_ballot_tally is 'Valid papers of a batch: one row for each way of filling it in, with how many did; an empty list is a blank ballot';

    create table paper_invalid (
      batch_id uuid not null references paper_batch on delete cascade,
      reason text not null check (reason in ('not-official', 'number-torn-off', 'duplicate-number', 'too-many-marks', 'over-budget',
        'name-or-signature', 'unclear-mark', 'other-district', 'struck-through', 'empty-envelope')),
      ballots integer not null check (ballots between 1 and 5000),
      primary key (batch_id, reason)
    );
    comment on table paper_invalid is 'Papers of a batch that do not count, by reason';

    -- What a meeting or a clerk wrote stays as it is once the boxes are closed, or the vote was stopped. A round that goes
    -- takes its election along first: then there is none to ask.
    create function refuse_after_closing() returns trigger language plpgsql as $$
    declare
      year_changed integer := coalesce(new.round_year, old.round_year);
      vote_state text;
    begin
      select state into vote_state from election where round_year = year_changed for share;
      if vote_state in ('closed', 'counted', 'published', 'stopped') then
        raise exception 'the vote of % is closed', year_changed using errcode = 'check_violation', constraint = 'meeting_frozen';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger vote_meeting_frozen before insert or update or delete on vote_meeting for each row execute function refuse_after_closing();
    create trigger meeting_admission_frozen before insert or update or delete on meeting_admission
      for each row execute function refuse_after_closing();
    create trigger knock_out_round_frozen before insert or update or delete on knock_out_round
      for each row execute function refuse_after_closing();
    create trigger knock_out_standing_frozen before insert or update or delete on knock_out_standing
      for each row execute function refuse_after_closing();
    create trigger knock_out_count_frozen before insert or update or delete on knock_out_count
      for each row execute function refuse_after_closing();
    create trigger knock_out_vote_frozen before insert or update or delete on knock_out_vote
      for each row execute function refuse_after_closing();
    create trigger agreed_sharing_frozen before insert or update or delete on agreed_sharing
      for each row execute function refuse_after_closing();
    create trigger agreed_amount_frozen before insert or update or delete on agreed_amount for each row execute function refuse_after_closing();
    create trigger paper_batch_frozen before insert or update or delete on paper_batch for each row execute function refuse_after_closing();
    create trigger knock_out_count_kept before update on knock_out_count for each row execute function refuse_change();
    create trigger knock_out_vote_kept before update on knock_out_vote for each row execute function refuse_change();
    create trigger paper_ballot_tally_kept before update on paper_ballot_tally for each row execute function refuse_change();
    create trigger paper_invalid_kept before update on paper_invalid for each row execute function refuse_change();
    create trigger knock_out_standing_kept before update on knock_out_standing for each row when (old.votes is not null)
      execute function refuse_change();
    create trigger paper_batch_kept before update of label, recount_number, replaces_batch_id, recount_reason, control_total, content_sha256,
      entered_by, clerk_name, entered_at on paper_batch for each row execute function refuse_change();

    create function keep_admissions() returns trigger language plpgsql as $$
    begin
      if new.people < old.people then
        raise exception 'nobody is let out again' using errcode = 'check_violation', constraint = 'meeting_admission_grows';
      end if;
      return new;
    end $$;
    create trigger meeting_admission_grows before update on meeting_admission for each row execute function keep_admissions();

    -- States go on, and a round is confirmed only by two counts that agree.
    create function check_knock_out_round() returns trigger language plpgsql as $$
    begin
      if old.state in ('confirmed', 'cancelled')
        or (old.state <> new.state and (old.state, new.state) not in (('open', 'counting'), ('counting', 'confirmed'), ('open', 'cancelled'),
          ('counting', 'cancelled'))) then
        raise exception 'a round does not go from % to %', old.state, new.state
          using errcode = 'check_violation', constraint = 'knock_out_round_order';
      end if;
      if new.state = 'confirmed' and (
        (select count(*) from knock_out_count c where (c.round_year, c.district_id, c.round_number, c.attempt)
          = (new.round_year, new.district_id, new.round_number, new.attempt) and c.blank_votes = new.blank_votes) <> 2
        or exists (
          select from knock_out_standing s cross join generate_series(1, 2) as n (counter)
          left join knock_out_vote v on (v.round_year, v.district_id, v.round_number, v.project_id)
            = (s.round_year, s.district_id, s.round_number, s.project_id) and v.attempt = new.attempt and v.counter = n.counter
          where (s.round_year, s.district_id, s.round_number) = (new.round_year, new.district_id, new.round_number)
            and v.votes is distinct from s.votes
        )
        or new.go_on <> (select count(*) from knock_out_standing s
          where (s.round_year, s.district_id, s.round_number) = (new.round_year, new.district_id, new.round_number) and s.goes_on)
      ) then
        raise exception 'the two counts of round % do not agree', new.round_number
          using errcode = 'check_violation', constraint = 'knock_out_round_agreed';
      end if;
      return new;
    end $$;
    create trigger knock_out_round_order before update on knock_out_round for each row execute function check_knock_out_round();

    create function refuse_late_count() returns trigger language plpgsql as $$
    begin
      if not exists (select from knock_out_round r where (r.round_year, r.district_id, r.round_number)
        = (new.round_year, new.district_id, new.round_number) and r.state = 'counting' and r.attempt = new.attempt) then
        raise exception 'round % is not being counted', new.round_number using errcode = 'check_violation', constraint = 'knock_out_count_time';
      end if;
      return new;
    end $$;
    create trigger knock_out_count_time before insert on knock_out_count for each row execute function refuse_late_count();
    create trigger knock_out_vote_time before insert on knock_out_vote for each row execute function refuse_late_count();

    create function keep_confirmed_sharing() returns trigger language plpgsql as $$
    begin
      if exists (select from agreed_sharing s where s.round_year = coalesce(new.round_year, old.round_year)
        and s.district_id = coalesce(new.district_id, old.district_id) and s.confirmed_by is not null) then
        raise exception 'the sharing is confirmed' using errcode = 'check_violation', constraint = 'agreed_sharing_frozen';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger agreed_amount_kept before insert or update or delete on agreed_amount for each row execute function keep_confirmed_sharing();
    create trigger agreed_sharing_kept before update on agreed_sharing for each row when (old.confirmed_by is not null)
      execute function refuse_change();

    create function check_agreed_sum() returns trigger language plpgsql as $$
    begin
      if (select sum(amount_dkk) from agreed_amount a where a.round_year = new.round_year and a.district_id = new.district_id)
        > (select share_dkk from election_district e where e.round_year = new.round_year and e.district_id = new.district_id) then
        raise exception 'more was shared than the district has' using errcode = 'check_violation', constraint = 'agreed_amount_within_share';
      end if;
      return null;
    end $$;
    create constraint trigger agreed_amount_within_share after insert or update on agreed_amount deferrable initially deferred
      for each row execute function check_agreed_sum();

    create function keep_paper_order() returns trigger language plpgsql as $$
    begin
      if old.state <> new.state and (old.state, new.state) not in (('entered', 'accepted'), ('entered', 'refused'), ('accepted', 'replaced')) then
        raise exception 'a batch does not go from % to %', old.state, new.state
          using errcode = 'check_violation', constraint = 'paper_batch_order';
      end if;
      if old.state <> 'entered' and (old.decided_by, old.decider_name, old.decided_at, old.refuse_reason)
        is distinct from (new.decided_by, new.decider_name, new.decided_at, new.refuse_reason) then
        raise exception 'the batch is decided' using errcode = 'check_violation', constraint = 'paper_batch_order';
      end if;
      return new;
    end $$;
    create trigger paper_batch_order before update on paper_batch for each row execute function keep_paper_order();

    -- Rows of a batch come with it or not at all: their sum is the number of papers, and every project is on the ballot.
    create function check_paper_sum() returns trigger language plpgsql as $$
    declare
      batch paper_batch;
      entered integer;
    begin
      select * into batch from paper_batch where batch_id = new.batch_id;
      if batch.batch_id is null then
        return null;
      end if;
      entered := (select coalesce(sum(ballots), 0) from paper_ballot_tally where batch_id = batch.batch_id)
        + (select coalesce(sum(ballots), 0) from paper_invalid where batch_id = batch.batch_id);
      if entered <> batch.control_total then
        raise exception 'batch %: % papers stated, % entered', batch.label, batch.control_total, entered
          using errcode = 'check_violation', constraint = 'paper_batch_sum';
      end if;
      if exists (
        select from paper_ballot_tally t cross join unnest(t.project_ids) as p (project_id)
        where t.batch_id = batch.batch_id and not exists (select from ballot_line l
          where (l.round_year, l.district_id, l.project_id) = (batch.round_year, batch.district_id, p.project_id))
      ) then
        raise exception 'batch % names a project that is not on the ballot', batch.label
          using errcode = 'check_violation', constraint = 'paper_batch_projects';
      end if;
      return null;
    end $$;
    create constraint trigger paper_batch_sum after insert on paper_batch deferrable initially deferred
      for each row execute function check_paper_sum();
    create constraint trigger paper_ballot_tally_sum after insert on paper_ballot_tally deferrable initially deferred
      for each row execute function check_paper_sum();
    create constraint trigger paper_invalid_sum after insert on paper_invalid deferrable initially deferred
      for each row execute function check_paper_sum();

    create function keep_paper_rows() returns trigger language plpgsql as $$
    begin
      if exists (select from paper_batch where batch_id = old.batch_id) then
        raise exception 'what was entered stays' using errcode = 'check_violation', constraint = 'paper_batch_kept';
      end if;
      return old;
    end $$;
    create trigger paper_ballot_tally_stays before delete on paper_ballot_tally for each row execute function keep_paper_rows();
    create trigger paper_invalid_stays before delete on paper_invalid for each row execute function keep_paper_rows();
  `.execute(db)
}
