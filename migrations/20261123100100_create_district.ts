import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table district (
      district_id text primary key check (district_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(district_id) <= 40),
      name text not null unique
    );
    comment on table district is 'The districts that share the million';

    create table district_version (
      district_version_id integer generated always as identity primary key,
      valid_from date not null,
      source text not null,
      attribution text not null,
      is_official boolean not null,
      loaded_at timestamptz not null default now()
    );
    comment on table district_version is 'One set of outlines for all districts; in force from valid_from until a later one';

    create table district_area (
      district_version_id integer not null references district_version,
      district_id text not null references district,
      geom geometry(MultiPolygon, 25832) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
      label_point geometry(Point, 25832) not null,
      primary key (district_version_id, district_id)
    );
    comment on table district_area is 'Outline of a district in a version (EPSG:25832)';
    create index district_area_geom on district_area using gist (geom);

    create function current_district_version_id() returns integer language sql stable as $$
      select district_version_id from district_version
      where valid_from <= (now() at time zone 'Europe/Copenhagen')::date
      order by valid_from desc, district_version_id desc limit 1
    $$;
    create view current_district_area as
      select a.*, d.name from district_area a join district d using (district_id)
      where a.district_version_id = (select current_district_version_id());

    create constraint trigger district_area_version after insert or update or delete on district_area
      deferrable initially deferred for each row execute function bump_collection_version('districts');
  `.execute(db)
}
