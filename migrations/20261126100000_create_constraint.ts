import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table constraint_layer (
      layer_id text primary key check (layer_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(layer_id) <= 40),
      layer_number smallint not null unique check (layer_number between 1 and 999),
      work_order smallint not null check (work_order between 1 and 7),
      name_da text not null,
      name_en text not null,
      law_da text not null,
      law_en text not null,
      law_url text,
      rule_da text not null,
      rule_en text not null,
      authority_da text not null,
      authority_en text not null,
      waiting_weeks smallint check (waiting_weeks >= 0),
      is_mapped boolean not null,
      relation text not null check (relation in ('inside', 'within')),
      distance_m double precision not null check (distance_m >= 0),
      warn_m double precision not null check (warn_m >= 0),
      needs_coverage boolean not null default false,
      stale_after_days integer not null check (stale_after_days > 0),
      is_shareable boolean not null,
      attribution text,
      source jsonb not null,
      verification jsonb not null,
      current_dataset_id integer,
      attempted_at timestamptz(3),
      failure_kind text,
      failure_detail text,
      check (relation = 'within' or distance_m = 0),
      check (is_mapped or current_dataset_id is null),
      check ((failure_kind is null) = (failure_detail is null))
    );
    comment on table constraint_layer is 'A rule of law about places: where it bites, who decides, where its data comes from';
    comment on column constraint_layer.layer_number is 'Order in the catalogue, and the third coordinate of the index on its features';
    comment on column constraint_layer.work_order is 'Step of the planner''s order of work, 1 owner to 7 upkeep';
    comment on column constraint_layer.is_mapped is 'False: the rule follows the kind of installation, no map shows it';
    comment on column constraint_layer.distance_m is 'The rule bites inside the feature and within this many metres of it';
    comment on column constraint_layer.warn_m is 'Within this many metres more it is mentioned';
    comment on column constraint_layer.needs_coverage is 'Its features cover the whole ground: a place none of them covers was not checked';
    comment on column constraint_layer.failure_kind is 'Why the last load failed; the data before it stays, but the layer counts as not checked';

    create table constraint_layer_version (
      constraint_layer_version_id integer generated always as identity primary key,
      layer_id text not null references constraint_layer,
      severities jsonb not null check (jsonb_typeof(severities) = 'object'
        and severities ?& array['bench', 'planting', 'sculpture', 'playground', 'shelter', 'multi-court', 'lighting', 'other']
        and not jsonb_path_exists(severities, '$.* ? (@ != 0 && @ != 1 && @ != 2 && @ != 3)')),
      citizen_text_da text not null check (length(citizen_text_da) between 10 and 400),
      citizen_text_en text not null check (length(citizen_text_en) between 10 and 400),
      planner_text_da text not null check (length(planner_text_da) between 10 and 1000),
      planner_text_en text not null check (length(planner_text_en) between 10 and 1000),
      edited_by uuid references person on delete set null,
      editor_name text not null,
      reason text not null check (length(reason) between 5 and 500),
      edited_at timestamptz(3) not null
    );
    comment on table constraint_layer_version is 'Severities and sentences of a layer as somebody set them; rows are only added, the newest counts. The highest number is the version of the whole catalogue';
    create index constraint_layer_version_layer on constraint_layer_version (layer_id, constraint_layer_version_id desc);

    create table constraint_dataset (
      constraint_dataset_id integer generated always as identity primary key,
      layer_id text not null references constraint_layer,
      source text not null,
      source_kind text not null check (source_kind in ('file', 'wfs', 'ogc-api-features', 'demo')),
      dataset_date date,
      loaded_at timestamptz(3) not null,
      feature_count integer not null check (feature_count >= 0),
      checksum text not null,
      is_demo boolean not null,
      report jsonb not null,
      check (is_demo = (source_kind = 'demo')),
      unique (constraint_dataset_id, layer_id)
    );
    comment on table constraint_dataset is 'One load of a layer: where from, how old, how many, what was mended';
    create index constraint_dataset_layer on constraint_dataset (layer_id, constraint_dataset_id desc);
    alter table constraint_layer add foreign key (current_dataset_id, layer_id)
      references constraint_dataset (constraint_dataset_id, layer_id) deferrable initially deferred;

    create table constraint_feature (
      constraint_feature_id bigint generated always as identity primary key,
      constraint_dataset_id integer not null,
      layer_id text not null,
      layer_number smallint not null,
      source_id text,
      label text,
      applies boolean not null default true,
      properties jsonb not null default '{}',
      geom geometry(Geometry, 25832) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
      foreign key (constraint_dataset_id, layer_id) references constraint_dataset (constraint_dataset_id, layer_id) on delete cascade
    );
    comment on table constraint_feature is 'An area, line or point of a constraint layer (EPSG:25832)';
    comment on column constraint_feature.applies is 'False: it belongs to the layer''s coverage, but the rule does not bite there (for example municipal land)';
    create index constraint_feature_geom on constraint_feature using gist (geom);

    insert into collection_version (collection) values ('constraints');
    create constraint trigger constraint_layer_changed after update of current_dataset_id on constraint_layer
      deferrable initially deferred for each row execute function bump_collection_version('constraints');
  `.execute(db)
}
