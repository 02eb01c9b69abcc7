import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table project alter column geom type geometry(Geometry, 25832);
    alter table project
      add column label_point geometry(Point, 25832) generated always as ((case ST_Dimension(geom)
        when 0 then geom when 1 then ST_LineInterpolatePoint(geom, 0.5) else ST_PointOnSurface(geom) end)::geometry(Point, 25832)) stored,
      add column state text check (state in ('planned', 'shortlisted', 'withdrawn')),
      add column state_reason text check (length(state_reason) between 5 and 1000),
      add column shortlist_number smallint check (shortlist_number >= 1),
      add column place_idea_id integer references idea on delete set null,
      add column version integer not null default 1 check (version >= 1),
      add column created_at timestamptz(3),
      add column created_by uuid references person on delete set null,
      add check (geom is null or (GeometryType(geom) in ('POINT', 'LINESTRING', 'POLYGON') and ST_IsValid(geom) and not ST_IsEmpty(geom))),
      add check ((state is not distinct from 'shortlisted') = (shortlist_number is not null)),
      add check (state is null or (district_id is not null and geom is not null and created_at is not null and shortlisted is null)),
      add unique (project_id, district_id),
      add unique (round_year, district_id, shortlist_number);
    comment on table project is 'What one district votes on in a round; unknown is null';
    comment on column project.state is 'Null: a project of an earlier round, known from its sources';
    comment on column project.shortlist_number is 'Its place among the district''s shortlist; no place is given twice and none past the round''s maximum';
    comment on column project.place_idea_id is 'The idea whose place it has; null: its place was drawn';
    create index project_label_point on project using gist (label_point);

    create function check_shortlist_number() returns trigger language plpgsql as $$
    declare
      most integer;
    begin
      select coalesce((rules ->> 'maxProjectsPerDistrict')::integer, 3) into most from round where year = new.round_year;
      if new.shortlist_number > most then
        raise exception 'the shortlist of % holds at most %', new.district_id, most
          using errcode = 'check_violation', constraint = 'project_shortlist_max';
      end if;
      return new;
    end $$;
    create trigger project_shortlist_max before insert or update of shortlist_number, round_year on project
      for each row when (new.shortlist_number is not null) execute function check_shortlist_number();

    create table project_idea (
      project_id text not null,
      idea_id integer not null references idea on delete cascade,
      district_id text not null,
      position smallint not null check (position >= 1),
      added_at timestamptz(3) not null,
      parted_at timestamptz(3),
      asked_at timestamptz(3),
      answer text check (answer in ('yes', 'no')),
      answer_note text check (length(answer_note) between 1 and 1000),
      answered_at timestamptz(3),
      kept_reason text check (length(kept_reason) between 5 and 1000),
      kept_at timestamptz(3),
      primary key (project_id, idea_id),
      foreign key (project_id, district_id) references project (project_id, district_id) on delete cascade,
      check ((answer is null) = (answered_at is null)),
      check (answer is null or asked_at is not null),
      check ((kept_reason is null) = (kept_at is null)),
      check (kept_at is null or answer = 'no')
    );
    comment on table project_idea is 'Which ideas a project was made of, and what their authors said to being merged';
    comment on column project_idea.parted_at is 'When the idea was split off again; null: it is part of the project';
    comment on column project_idea.kept_reason is 'Why the organiser keeps the idea in the project after its author''s no';
    -- An idea is one project per district.
    create unique index project_idea_district on project_idea (idea_id, district_id) where parted_at is null;

    create table project_event (
      project_event_id bigint generated always as identity primary key,
      project_id text not null references project on delete cascade,
      kind text not null check (kind in ('created', 'changed', 'idea-added', 'idea-parted', 'shortlisted', 'unlisted', 'withdrawn',
        'idea-withdrawn-in-favour', 'consent-asked', 'consent-yes', 'consent-no', 'idea-kept')),
      idea_id integer references idea on delete set null,
      reason text,
      actor_id uuid references person on delete set null,
      at timestamptz(3) not null
    );
    comment on table project_event is 'History of a project; rows are only added';
    create index project_event_project on project_event (project_id, project_event_id);
    create trigger project_event_kept before update of project_id, kind, reason, at on project_event
      for each row execute function refuse_change();

    create table idea_outcome (
      idea_outcome_id bigint generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      kind text not null check (kind in ('not-taken-forward', 'reconsidered', 'withdrawn-in-favour')),
      reason text check (length(reason) between 5 and 1000),
      project_id text references project on delete cascade,
      decided_by uuid references person on delete set null,
      at timestamptz(3) not null,
      check ((kind = 'withdrawn-in-favour') = (project_id is not null)),
      check (kind = 'withdrawn-in-favour' or reason is not null)
    );
    comment on table idea_outcome is 'How ideas ended that became no project, with the public reason; rows are only added, the newest counts';
    create index idea_outcome_idea on idea_outcome (idea_id, idea_outcome_id desc);
    create index idea_outcome_project on idea_outcome (project_id);
    create trigger idea_outcome_kept before update of idea_id, kind, reason, project_id, at on idea_outcome
      for each row execute function refuse_change();
  `.execute(db)
}
