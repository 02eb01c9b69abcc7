import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table district_result (
      round_year integer not null,
      district_id text not null,
      result_number smallint not null check (result_number >= 1),
      counted_at timestamptz(3) not null,
      share_dkk integer not null check (share_dkk >= 0),
      outcome jsonb not null,
      counted_election jsonb,
      ballot_file text,
      primary key (round_year, district_id, result_number),
      foreign key (round_year, district_id) references election_district (round_year, district_id) on delete cascade,
      check (ballot_file is null or counted_election is not null)
    );
    comment on table district_result is 'How a district decided its share, as it was counted; nothing of it is read before the vote is published';
    comment on column district_result.result_number is '1 is the count; the next ones follow when a winner cannot be built, and leave the ones before as they are';
    comment on column district_result.outcome is 'Turnout, votes, transcript, ties, the other rule beside it';
    comment on column district_result.counted_election is 'What was counted: projects, ballots by content, lot; never served';
    comment on column district_result.ballot_file is 'The published .pb file, shuffled once; null where fewer than 20 ballots were cast or no ballots decided';
    create trigger district_result_kept before update on district_result for each row execute function refuse_change();

    create table award (
      round_year integer not null,
      district_id text not null,
      result_number smallint not null,
      position smallint not null check (position >= 1),
      project_id text not null references project on delete cascade,
      amount_dkk integer not null check (amount_dkk between 1 and 1000000000),
      source text not null check (source in ('count', 'remainder', 'knock-out', 'agreed', 'passed-on')),
      primary key (round_year, district_id, result_number, project_id),
      foreign key (round_year, district_id, result_number) references district_result (round_year, district_id, result_number) on delete cascade,
      unique (round_year, district_id, result_number, position)
    );
    comment on table award is 'What a project gets of its district''s share by a result, and by which step of it';
    create index award_project on award (project_id);
    create trigger award_kept before update on award for each row execute function refuse_change();

    create function check_awards_within_share() returns trigger language plpgsql as $$
    begin
      if (select sum(amount_dkk) from award a where (a.round_year, a.district_id, a.result_number) = (new.round_year, new.district_id, new.result_number))
        > (select share_dkk from district_result r
          where (r.round_year, r.district_id, r.result_number) = (new.round_year, new.district_id, new.result_number)) then
        raise exception 'the awards of % are more than its share', new.district_id
          using errcode = 'check_violation', constraint = 'award_within_share';
      end if;
      return null;
    end $$;
    create constraint trigger award_within_share after insert on award deferrable initially deferred
      for each row execute function check_awards_within_share();

    create table pass_on (
      pass_on_id uuid primary key,
      round_year integer not null,
      district_id text not null,
      project_id text not null references project on delete cascade,
      reason text not null check (length(reason) between 10 and 2000),
      state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'withdrawn')),
      proposed_by uuid references person on delete set null,
      proposer_name text not null,
      proposed_at timestamptz(3) not null,
      settled_by uuid references person on delete set null,
      settler_name text,
      settled_at timestamptz(3),
      result_number smallint,
      foreign key (round_year, district_id) references election_district (round_year, district_id) on delete cascade,
      foreign key (round_year, district_id, result_number) references district_result (round_year, district_id, result_number) on delete cascade,
      constraint pass_on_second_person check (state <> 'confirmed' or settled_by <> proposed_by),
      check ((state = 'proposed') = (settled_at is null)),
      check ((state = 'confirmed') = (result_number is not null))
    );
    comment on table pass_on is 'A winner that cannot be built: one organiser proposes with a public reason that its money goes on, another confirms';
    create unique index pass_on_open on pass_on (round_year, district_id) where state = 'proposed';
    create index pass_on_project on pass_on (project_id);
    create index pass_on_proposed on pass_on (proposed_by);
    create index pass_on_settled on pass_on (settled_by);
    create trigger pass_on_kept before update of round_year, district_id, project_id, reason, proposer_name, proposed_at on pass_on
      for each row execute function refuse_change();

    create table decision_record (
      decision_record_id uuid primary key,
      round_year integer not null references round on delete cascade,
      district_id text references district,
      body text not null check (length(body) between 2 and 200),
      decided_on date not null,
      summary text not null check (length(summary) between 10 and 4000),
      document_url text check (document_url ~ '^https://' and length(document_url) <= 1000),
      corrects_id uuid unique references decision_record on delete cascade,
      author_id uuid references person on delete set null,
      author_name text not null,
      created_at timestamptz(3) not null,
      check (corrects_id <> decision_record_id)
    );
    comment on table decision_record is 'Formal decisions about a round''s result by a political body; a correction is a new record that names the old one';
    create index decision_record_round on decision_record (round_year, decided_on);
    create index decision_record_author on decision_record (author_id);
    create trigger decision_record_kept before update of round_year, district_id, body, decided_on, summary, document_url, corrects_id, author_name,
      created_at on decision_record for each row execute function refuse_change();

    alter table project_event drop constraint project_event_kind_check;
    alter table project_event add constraint project_event_kind_check check (kind in ('created', 'changed', 'idea-added', 'idea-parted',
      'shortlisted', 'unlisted', 'withdrawn', 'idea-withdrawn-in-favour', 'consent-asked', 'consent-yes', 'consent-no', 'idea-kept',
      'awarded', 'not-awarded', 'award-passed-on'));
  `.execute(db)
}
