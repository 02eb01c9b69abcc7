import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idea (
      idea_id integer generated always as identity primary key,
      round_year integer not null references round,
      person_id uuid references person on delete set null,
      title text not null check (length(title) between 3 and 100),
      description text not null check (length(description) between 10 and 3000),
      category text not null check (category in ('green', 'play', 'sport', 'art', 'meeting-place', 'light-and-safety', 'path', 'other')),
      geom geometry(Geometry, 25832) not null
        check (GeometryType(geom) in ('POINT', 'LINESTRING', 'POLYGON') and ST_IsValid(geom) and not ST_IsEmpty(geom)),
      label_point geometry(Point, 25832) not null,
      district_id text not null,
      district_version_id integer not null,
      spans_districts text[] not null check (cardinality(spans_districts) >= 1 and district_id = any (spans_districts)),
      wished_amount_dkk integer check (wished_amount_dkk > 0),
      accessibility_note text check (length(accessibility_note) between 1 and 1000),
      upkeep_note text check (length(upkeep_note) between 1 and 1000),
      status text not null default 'submitted' check (status in ('submitted', 'withdrawn', 'hidden')),
      version integer not null default 1 check (version >= 1),
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      search tsvector generated always as (to_tsvector('danish', title || ' ' || description)) stored,
      foreign key (district_version_id, district_id) references district_area
    );
    comment on table idea is 'What a citizen proposes, at a place';
    comment on column idea.district_id is 'Computed from the geometry on the server under district_version_id';
    create index idea_geom on idea using gist (geom);
    create index idea_newest on idea (round_year, created_at desc, idea_id desc) where status = 'submitted';
    create index idea_withdrawn on idea (round_year, created_at desc, idea_id desc) where status = 'withdrawn';
    -- Counts per round, district and category come from here without reading a row.
    create index idea_count on idea (round_year, district_id, category) where status = 'submitted';
    create index idea_label_point on idea using gist (label_point) where status = 'submitted';
    create index idea_search on idea using gin (search);
    create index idea_title_trigram on idea using gin (title gin_trgm_ops);
    create index idea_person on idea (person_id);

    create table idea_event (
      idea_event_id bigint generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      kind text not null check (kind in ('submitted', 'changed', 'withdrawn', 'district-reassigned')),
      version integer not null,
      at timestamptz(3) not null default now(),
      detail jsonb
    );
    comment on table idea_event is 'History of an idea; rows are only added';
    create index idea_event_idea on idea_event (idea_id);

    create constraint trigger idea_version after insert or update or delete on idea
      deferrable initially deferred for each row execute function bump_collection_version('ideas');
  `.execute(db)
}
