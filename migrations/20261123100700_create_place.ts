import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table place (
      place_id text primary key,
      name text not null,
      kind text not null,
      geom geometry(Point, 25832) not null,
      district_id text references district,
      accuracy text not null check (accuracy in ('good', 'approximate'))
    );
    comment on table place is 'Gazetteer for place search without network';
    create index place_name_trigram on place using gin (lower(name) gin_trgm_ops);
  `.execute(db)
}
