import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ballot_number (
      round_year integer not null references election on delete cascade,
      district_id text not null references district,
      round_number smallint not null check (round_number between 0 and 20),
      last_number integer not null check (last_number between 1 and 1000000),
      primary key (round_year, district_id, round_number)
    );
    comment on table ballot_number is 'How far the numbers of a district''s printed ballots have come, so that no two papers bear the same; who got which is written nowhere';
    comment on column ballot_number.round_number is 'The knock-out round the papers are for; 0: the ballot of the district''s box';

    create function keep_ballot_numbers() returns trigger language plpgsql as $$
    begin
      if new.last_number < old.last_number then
        raise exception 'a printed number is not given again' using errcode = 'check_violation', constraint = 'ballot_number_grows';
      end if;
      return new;
    end $$;
    create trigger ballot_number_grows before update on ballot_number for each row execute function keep_ballot_numbers();
    create trigger ballot_number_frozen before insert or update or delete on ballot_number
      for each row execute function refuse_after_closing();
  `.execute(db)
}
