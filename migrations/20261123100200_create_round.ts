import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table round (
      year integer primary key check (year between 2000 and 2100),
      title text,
      theme text not null,
      description text,
      total_dkk integer not null check (total_dkk > 0),
      is_demo boolean not null default false,
      rules jsonb not null,
      record jsonb not null
    );
    comment on table round is 'One time the million is shared out';
    comment on column round.rules is 'Who proposes, who decides and how, as far as known; unknown is null';
    comment on column round.record is 'Deadline, meetings and ballots the sources tell of';

    create table round_phase (
      round_year integer not null references round on delete cascade,
      phase text not null check (phase in ('clarification', 'research', 'involvement', 'processing', 'decision',
        'construction', 'celebration', 'evaluation')),
      starts_on date not null,
      ends_on date not null,
      primary key (round_year, phase),
      check (ends_on >= starts_on),
      exclude using gist (int4range(round_year, round_year, '[]') with &&, daterange(starts_on, ends_on, '[]') with &&)
    );
    comment on table round_phase is 'Dates of a phase, both days included; phases of a round do not overlap';

    create table round_share (
      round_year integer not null references round on delete cascade,
      district_id text not null references district,
      population integer check (population >= 0),
      population_is_derived boolean not null default false,
      share_dkk integer not null check (share_dkk >= 0),
      primary key (round_year, district_id)
    );
    comment on table round_share is 'A district''s share of the round''s total, by population';

    create function check_round_shares() returns trigger language plpgsql as $$
    declare
      year_changed integer;
      share_sum bigint;
      total bigint;
    begin
      if tg_table_name = 'round' then year_changed := new.year; else year_changed := coalesce(new.round_year, old.round_year); end if;
      select sum(share_dkk) into share_sum from round_share where round_year = year_changed;
      select total_dkk into total from round where year = year_changed;
      if share_sum is not null and total is not null and share_sum <> total then
        raise exception 'shares of % sum to % instead of %', year_changed, share_sum, total
          using errcode = 'check_violation', constraint = 'round_share_sum';
      end if;
      return null;
    end $$;
    create constraint trigger round_share_sum after insert or update or delete on round_share
      deferrable initially deferred for each row execute function check_round_shares();
    create constraint trigger round_total after update of total_dkk on round
      deferrable initially deferred for each row execute function check_round_shares();
  `.execute(db)
}
