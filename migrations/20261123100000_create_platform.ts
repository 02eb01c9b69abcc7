import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table dataset (
      dataset_id text primary key,
      source text not null,
      checksum text not null,
      row_count integer not null check (row_count >= 0),
      loaded_at timestamptz not null default now()
    );
    comment on table dataset is 'What was loaded from which source, when: one row per dataset';

    create unlogged table rate_limit (
      bucket text not null,
      window_start timestamptz not null,
      request_count integer not null,
      primary key (bucket, window_start)
    );
    comment on table rate_limit is 'Requests per person or address prefix (as keyed hash) and window; rows older than a day are removed';

    create table collection_version (
      collection text primary key,
      version bigint not null default 1
    );
    comment on table collection_version is 'Grows with every committed change of a public collection; names cached tiles and ETags';
    insert into collection_version (collection) values ('districts'), ('ideas'), ('projects'), ('installations');

    -- Runs at commit (deferred), so that the one row is locked for a moment only, and once per transaction,
    -- so that a bulk load does not write it a hundred thousand times.
    create function bump_collection_version() returns trigger language plpgsql as $$
    begin
      if coalesce(current_setting('borgermillionen.bumped_' || tg_argv[0], true), '') = txid_current()::text then
        return null;
      end if;
      perform set_config('borgermillionen.bumped_' || tg_argv[0], txid_current()::text, true);
      update collection_version set version = version + 1 where collection = tg_argv[0];
      return null;
    end $$;
  `.execute(db)
}
