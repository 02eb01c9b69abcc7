import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Sessions of today know nothing yet of who may vote: whoever is signed in signs in once more.
    delete from session;
    alter table session
      add column voter_key bytea check (length(voter_key) = 32),
      add column age_years smallint check (age_years between 0 and 150);
    comment on column session.voter_key is 'Keyed hash of the number, or of issuer and subject, that names a person on the roll; null where the issuer gave no number';
    comment on column session.age_years is 'Age at the sign-in where the issuer tells it; gone with the session';

    create table voting_key (
      is_only boolean primary key default true check (is_only),
      fingerprint bytea not null check (length(fingerprint) = 32)
    );
    comment on table voting_key is 'Fingerprint of the key that people on the roll and codes are hashed with, so that no process works with another one';

    create table voter (
      round_year integer not null references round on delete cascade,
      person_hash bytea not null check (length(person_hash) = 32),
      district_id text not null references district,
      primary key (round_year, person_hash)
    );
    comment on table voter is 'The roll: who may vote in which district, as keyed hashes; no names, no numbers';
    create trigger voter_frozen before insert or update or delete on voter for each row execute function refuse_frozen_line();

    create table voter_mark (
      round_year integer not null,
      person_hash bytea not null check (length(person_hash) = 32),
      district_id text not null,
      channel text not null check (channel in ('home', 'door')),
      primary key (round_year, person_hash),
      foreign key (round_year, district_id) references election_district on delete cascade
    );
    comment on table voter_mark is 'That somebody has voted, or was let in at the meeting: once per round and person. No time, no ballot';

    create table ballot (
      ballot_id uuid primary key,
      round_year integer not null,
      district_id text not null,
      round_number smallint not null check (round_number between 0 and 20),
      choices text not null check (length(choices) <= 6000),
      foreign key (round_year, district_id) references election_district on delete cascade
    );
    comment on table ballot is 'The box: one ballot a row, with nothing of who cast it, how or when';
    comment on column ballot.ballot_id is 'Random';
    comment on column ballot.round_number is '0: the box of the district; 1 and on: a knock-out round of its meeting';
    comment on column ballot.choices is 'Ids of projects, sorted, with commas between; with points id:points; empty when blank';

    create table receipt (
      receipt_hash bytea primary key check (length(receipt_hash) = 32),
      round_year integer not null,
      district_id text not null,
      sealed bytea,
      retry_hash bytea check (length(retry_hash) = 32),
      foreign key (round_year, district_id) references election_district on delete cascade
    );
    comment on table receipt is 'What voters were given: a hash that their ballot is in the box';
    comment on column receipt.sealed is 'What the hash was made of, readable by both auditors together only; null where none were named, or after it was destroyed';
    comment on column receipt.retry_hash is 'So that a request sent again gets the same receipt; forgotten when the box is closed';
    create index receipt_retry on receipt (retry_hash) where retry_hash is not null;

    create table receipt_root (
      round_year integer not null,
      district_id text not null,
      ballot_count integer not null check (ballot_count >= 0),
      merkle_root text not null check (merkle_root ~ '^[0-9a-f]{64}$'),
      primary key (round_year, district_id),
      foreign key (round_year, district_id) references election_district on delete cascade
    );
    comment on table receipt_root is 'Root of the Merkle tree over a district''s receipts, made when the box was closed';
    create trigger receipt_root_kept before update on receipt_root for each row execute function refuse_change();

    create table code_batch (
      batch_id uuid primary key,
      round_year integer not null references election on delete cascade,
      district_id text not null references district,
      meeting_id uuid,
      round_number smallint not null check (round_number between 0 and 20),
      code_count integer not null check (code_count between 1 and 2000),
      salt bytea not null check (length(salt) = 16),
      created_by text not null,
      created_on date not null,
      cancelled_at timestamptz(3)
    );
    comment on table code_batch is 'A sheet of voting codes for a district or a meeting';
    create index code_batch_district on code_batch (round_year, district_id);

    create table voting_code (
      batch_id uuid not null references code_batch on delete cascade,
      code_hash bytea not null check (length(code_hash) = 32),
      is_used boolean not null default false,
      primary key (batch_id, code_hash)
    );
    comment on table voting_code is 'A voting code, as a salted and keyed hash; the code itself was printed and forgotten';

    create table code_round (
      round_year integer not null,
      district_id text not null,
      round_number smallint not null check (round_number between 1 and 20),
      project_ids text[] not null check (cardinality(project_ids) >= 1),
      is_open boolean not null,
      primary key (round_year, district_id, round_number),
      foreign key (round_year, district_id) references election_district on delete cascade
    );
    comment on table code_round is 'A knock-out round that takes ballots by code: the projects that still stand, and whether it is open';

    create table voting_auditor (
      round_year integer not null references election on delete cascade,
      position smallint not null check (position in (1, 2)),
      name text not null check (length(name) between 2 and 100),
      public_key bytea not null check (length(public_key) = 32),
      primary key (round_year, position),
      unique (round_year, public_key)
    );
    comment on table voting_auditor is 'X25519 public keys of the two auditors of a vote; the private ones are theirs alone';

    create function refuse_late_auditor() returns trigger language plpgsql as $$
    declare
      year_changed integer := coalesce(new.round_year, old.round_year);
    begin
      if exists (select from election where round_year = year_changed and state not in ('draft', 'frozen')) then
        raise exception 'the auditors of % are named before it opens', year_changed
          using errcode = 'restrict_violation', constraint = 'voting_auditor_in_time';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger voting_auditor_in_time before insert or update or delete on voting_auditor
      for each row execute function refuse_late_auditor();

    -- What is in the box stays as it was put there. A round that goes takes its vote along first, then there is none to ask.
    create function refuse_taking_out() returns trigger language plpgsql as $$
    begin
      if exists (select from election where round_year = old.round_year) then
        raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
      end if;
      return old;
    end $$;
    create trigger ballot_kept before update on ballot for each row execute function refuse_change();
    create trigger ballot_stays before delete on ballot for each row execute function refuse_taking_out();
    create trigger voter_mark_kept before update on voter_mark for each row execute function refuse_change();
    create trigger voter_mark_stays before delete on voter_mark for each row execute function refuse_taking_out();
    create trigger receipt_kept before update of receipt_hash, round_year, district_id on receipt
      for each row execute function refuse_change();
    create trigger receipt_stays before delete on receipt for each row execute function refuse_taking_out();
  `.execute(db)
  await createCast(db)
  await createRole(db)
}

/** The whole cast in one statement, all or nothing, so that every ballot has its mark or code and its receipt. */
async function createCast(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function cast_ballot(in_year integer, in_district text, in_setup text, in_at timestamptz, in_person bytea, in_code bytea,
      in_fault text, in_choices text, in_receipt bytea, in_sealed bytea, in_retry bytea)
    returns text language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      place record;
      given record;
      standing text[];
      in_round smallint := 0;
    begin
      -- Held until the ballot is in the box. A box that is not open is not held, so that late ones never keep it from closing.
      select d.roll_size is not null as has_roll, 'home' = any (d.channels) as takes_home, d.decided_by = 'ballots' as has_box into place
      from election_district d join election e on e.round_year = d.round_year
      where d.round_year = in_year and d.district_id = in_district and not d.is_closed and e.state in ('open', 'ended')
        and e.frozen_sha256 = in_setup and in_at >= d.opens_at and in_at < d.closes_at
      for share of d;
      if not found then
        return coalesce(
          (select encode(receipt_hash, 'hex') from receipt where retry_hash = in_retry),
          (select case when e.frozen_sha256 is distinct from in_setup then 'wrong-state' else 'voting-closed' end
            from election_district d join election e on e.round_year = d.round_year
            where d.round_year = in_year and d.district_id = in_district),
          'no-election');
      end if;

      if in_code is null then
        if not (place.takes_home and place.has_box) then
          return 'not-eligible';
        end if;
        if place.has_roll and not exists (select from voter v
            where v.round_year = in_year and v.person_hash = in_person and v.district_id = in_district) then
          return 'not-eligible';
        end if;
        if in_fault is not null then
          return in_fault;
        end if;
        insert into voter_mark values (in_year, in_person, in_district, 'home') on conflict do nothing;
        if not found then
          return coalesce((select encode(receipt_hash, 'hex') from receipt where retry_hash = in_retry), 'already-voted');
        end if;
      else
        select b.batch_id, b.round_number, c.code_hash, c.is_used into given
        from code_batch b cross join lateral (
          select code_hash, is_used from voting_code v where v.batch_id = b.batch_id and v.code_hash = sha256(b.salt || in_code) offset 0
        ) c
        where b.round_year = in_year and b.district_id = in_district and b.cancelled_at is null;
        if not found then
          return 'code-unknown';
        end if;
        in_round := given.round_number;
        if not given.is_used then
          if in_round > 0 then
            select r.project_ids into standing from code_round r
            where r.round_year = in_year and r.district_id = in_district and r.round_number = in_round and r.is_open;
            if not found then
              return 'code-not-open';
            end if;
            in_fault := case
              when in_choices like '%:%' then 'ballot-malformed'
              when in_choices like '%,%' then 'too-many-choices'
              when in_choices <> '' and not in_choices = any (standing) then 'not-on-ballot' end;
          elsif not place.has_box then
            return 'code-not-open';
          end if;
          if in_fault is not null then
            return in_fault;
          end if;
          update voting_code set is_used = true where batch_id = given.batch_id and code_hash = given.code_hash and not is_used;
        end if;
        if given.is_used or not found then
          return coalesce((select encode(receipt_hash, 'hex') from receipt where retry_hash = in_retry), 'code-used');
        end if;
      end if;

      insert into ballot values (gen_random_uuid(), in_year, in_district, in_round, in_choices);
      insert into receipt values (in_receipt, in_year, in_district, in_sealed, in_retry);
      return encode(in_receipt, 'hex');
    end $$;
    comment on function cast_ballot is 'Marks the person or uses the code, puts the ballot into the box and keeps its receipt, or does nothing; answers the receipt, or why not';
  `.execute(db)
}

/**
 * The role that owns the cast: it may add ballots, marks and receipts, and neither change nor take them out. Roles belong to the
 * whole server, where other databases may make the same one at the same moment.
 */
async function createRole(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function secure_ballot_box() returns void language plpgsql as $$
    declare
      is_there constant boolean := exists (select from pg_roles where rolname = 'borgermillionen_ballot_box');
      advice constant text := format('the database user %1$I may not make the role that keeps the ballot box. Let an administrator run: '
        '%2$sGRANT borgermillionen_ballot_box TO %1$I; GRANT CREATE ON SCHEMA public TO borgermillionen_ballot_box', current_user,
        case when is_there then '' else 'CREATE ROLE borgermillionen_ballot_box NOLOGIN; ' end);
      cast_call constant text := 'cast_ballot(integer, text, text, timestamptz, bytea, bytea, text, text, bytea, bytea, bytea)';
    begin
      if not is_there then
        begin
          create role borgermillionen_ballot_box nologin;
        exception
          when duplicate_object or unique_violation then null;
          when insufficient_privilege then raise exception '%', advice using errcode = 'insufficient_privilege';
        end;
      end if;
      begin
        if not (select rolsuper from pg_roles where rolname = current_user)
            and not pg_has_role(current_user, 'borgermillionen_ballot_box', 'usage') then
          execute format('grant borgermillionen_ballot_box to %I', current_user);
        end if;
        if not has_schema_privilege('borgermillionen_ballot_box', 'public', 'create') then
          grant create, usage on schema public to borgermillionen_ballot_box;
          execute 'alter function ' || cast_call || ' owner to borgermillionen_ballot_box';
          revoke create on schema public from borgermillionen_ballot_box;
        else
          execute 'alter function ' || cast_call || ' owner to borgermillionen_ballot_box';
        end if;
      exception when insufficient_privilege then
        raise exception '%', advice using errcode = 'insufficient_privilege';
      end;
      grant select on election, election_district, voter, code_batch, voting_code, code_round to borgermillionen_ballot_box;
      -- To hold a district's row takes the right to change a column of it; this one is frozen by a trigger.
      grant update (share_dkk) on election_district to borgermillionen_ballot_box;
      grant update (is_used) on voting_code to borgermillionen_ballot_box;
      grant insert on voter_mark, ballot, receipt to borgermillionen_ballot_box;
      grant select (receipt_hash, retry_hash) on receipt to borgermillionen_ballot_box;
      execute 'revoke all on function ' || cast_call || ' from public';
      execute format('grant execute on function %s to %I', cast_call, current_user);
    end $$;
    comment on function secure_ballot_box is 'Gives the cast to the role that may only add; run again after a restore, which leaves owners and rights behind';
  `.execute(db)
  await sql`select secure_ballot_box()`.execute(db)
}
