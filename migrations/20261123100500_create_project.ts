import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table project (
      project_id text primary key check (project_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(project_id) <= 80),
      round_year integer not null references round,
      district_id text references district,
      title text not null,
      description text not null,
      category text not null check (category in ('green', 'play', 'sport', 'art', 'meeting-place', 'light-and-safety', 'path', 'other')),
      place_text text,
      geom geometry(Point, 25832),
      position_accuracy text check (position_accuracy in ('exact', 'approximate')),
      outcome text not null check (outcome in ('won', 'lost', 'unknown')),
      shortlisted boolean,
      awarded_dkk integer check (awarded_dkk >= 0),
      award_note text,
      opened text check (opened ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
      opened_text text,
      total_cost_dkk integer check (total_cost_dkk >= 0),
      funding jsonb not null default '[]',
      merged_from text[] not null default '{}',
      follow_ups jsonb not null default '[]',
      continues_project_id text references project deferrable initially deferred,
      check ((geom is null) = (position_accuracy is null)),
      check (outcome <> 'lost' or awarded_dkk = 0)
    );
    comment on table project is 'What one district voted on in a round; unknown is null';
    create index project_round on project (round_year);
    create index project_geom on project using gist (geom);
    create index project_title_trigram on project using gin (title gin_trgm_ops);

    create table installation (
      installation_id text primary key check (installation_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(installation_id) <= 80),
      title text not null,
      description text not null,
      district_id text not null references district,
      category text not null check (category in ('green', 'play', 'sport', 'art', 'meeting-place', 'light-and-safety', 'path', 'other')),
      place_text text,
      geom geometry(Point, 25832) not null,
      position_accuracy text not null check (position_accuracy in ('exact', 'approximate')),
      opened text not null check (opened ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
      opened_text text,
      total_cost_dkk integer check (total_cost_dkk >= 0),
      funding jsonb not null default '[]'
    );
    comment on table installation is 'A finished thing in the landscape';
    create index installation_geom on installation using gist (geom);

    create table installation_project (
      installation_id text not null references installation on delete cascade,
      project_id text not null references project on delete cascade,
      primary key (installation_id, project_id)
    );
    comment on table installation_project is 'Which projects a finished thing came from; a project became one thing at most';
    create unique index installation_project_project on installation_project (project_id);

    create constraint trigger project_version after insert or update or delete on project
      deferrable initially deferred for each row execute function bump_collection_version('projects');
    create constraint trigger installation_version after insert or update or delete on installation
      deferrable initially deferred for each row execute function bump_collection_version('installations');
  `.execute(db)
}
