import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table constraint_load (
      layer_id text primary key references constraint_layer,
      load_id uuid not null unique,
      status text not null check (status in ('queued', 'running')),
      started_at timestamptz(3) not null,
      seen_at timestamptz(3) not null,
      feature_count integer not null default 0 check (feature_count >= 0)
    );
    comment on table constraint_load is 'Loads of constraint layers that are queued or under way: at most one per layer';
    comment on column constraint_load.seen_at is 'Last sign of life; a load without one for minutes died with its process';
    comment on column constraint_load.feature_count is 'Features staged so far';

    create unlogged table constraint_staged_feature (
      load_id uuid not null references constraint_load (load_id) on delete cascade,
      ordinal integer not null,
      source_id text,
      label text,
      applies boolean not null,
      properties jsonb not null,
      geom geometry(Geometry, 25832) not null,
      primary key (load_id, ordinal)
    );
    comment on table constraint_staged_feature is 'Features of a load that is under way (EPSG:25832): nobody reads them before they are checked and swapped in';
  `.execute(db)
}
