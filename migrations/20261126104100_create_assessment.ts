import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table assessment (
      assessment_id integer generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      occasion text not null check (occasion in ('first', 'correction', 'appeal', 'review')),
      previous_assessment_id integer unique,
      state text not null default 'draft' check (state in ('draft', 'submitted', 'decided')),
      version integer not null default 1 check (version >= 1),
      idea_version integer not null check (idea_version >= 1),
      check_result jsonb,
      checked_at timestamptz(3),
      catalogue_version integer references constraint_layer_version,
      contingency_percent smallint not null check (contingency_percent between 0 and 100),
      running_years smallint not null check (running_years between 1 and 50),
      outcome text check (outcome in ('feasible', 'feasible-on-conditions', 'not-feasible', 'needs-information')),
      public_reason text check (length(public_reason) between 10 and 2000),
      correction_days smallint check (correction_days between 1 and 90),
      assessor_id uuid references person on delete set null,
      submitted_at timestamptz(3),
      approver_id uuid references person on delete set null,
      decided_at timestamptz(3),
      correct_until date,
      appeal_until date,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      unique (assessment_id, idea_id),
      foreign key (previous_assessment_id, idea_id) references assessment (assessment_id, idea_id),
      constraint assessment_chain check ((occasion = 'first') = (previous_assessment_id is null)),
      constraint assessment_check_whole check (num_nulls(check_result, checked_at, catalogue_version) in (0, 3)),
      constraint assessment_second_person check (assessor_id <> approver_id),
      constraint assessment_outcome check (state = 'draft' or outcome is not null),
      constraint assessment_reason check (state = 'draft' or outcome = 'feasible' or public_reason is not null),
      check ((state = 'draft') = (submitted_at is null)),
      check ((state = 'decided') = (decided_at is not null)),
      check (state = 'decided' or num_nonnulls(approver_id, correct_until, appeal_until) = 0),
      check (state <> 'decided' or outcome = 'feasible' or appeal_until is not null)
    );
    comment on table assessment is 'What staff say of an idea: law and place, money, an outcome and its public reason. A decided one never changes; the next one follows it';
    comment on column assessment.idea_version is 'Version of the idea that was looked at';
    comment on column assessment.check_result is 'Its own copy of what the check of the place had found';
    comment on column assessment.catalogue_version is 'Catalogue of constraint layers that check used';
    comment on column assessment.assessor_id is 'Who wrote last, and from the submission on who answers for it';
    comment on column assessment.approver_id is 'The second person: never one who wrote on it';
    create unique index assessment_open on assessment (idea_id) where state <> 'decided';
    create unique index assessment_first on assessment (idea_id) where occasion = 'first';
    create index assessment_idea on assessment (idea_id, assessment_id desc);
    create index assessment_assessor on assessment (assessor_id);
    create index assessment_approver on assessment (approver_id);

    create table assessment_writer (
      assessment_id integer not null references assessment on delete cascade,
      person_id uuid not null references person on delete cascade,
      primary key (assessment_id, person_id)
    );
    comment on table assessment_writer is 'Who wrote on an assessment; none of them may approve it';
    create index assessment_writer_person on assessment_writer (person_id);

    create table assessment_answer (
      assessment_id integer not null references assessment on delete cascade,
      question_id text not null check (question_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(question_id) <= 40),
      answer text not null check (answer in ('yes', 'no', 'not-relevant', 'needs-answer')),
      note text check (length(note) between 1 and 1000),
      public_text text check (length(public_text) between 1 and 500),
      author_may_correct boolean not null,
      is_prefilled boolean not null,
      primary key (assessment_id, question_id)
    );
    comment on table assessment_answer is 'Answers of the checklist';
    comment on column assessment_answer.note is 'Internal, never public';
    comment on column assessment_answer.is_prefilled is 'It follows from the check of the place; no person has looked yet';

    create table assessment_line (
      assessment_id integer not null references assessment on delete cascade,
      position smallint not null check (position >= 0),
      element_id text references element_price on delete set null,
      label text not null check (length(label) between 1 and 100),
      unit text not null check (unit in ('piece', 'm', 'm2')),
      quantity numeric(8, 2) not null check (quantity between 0 and 100000),
      unit_price_dkk integer not null check (unit_price_dkk between 0 and 10000000),
      running_cost_dkk_per_year integer not null check (running_cost_dkk_per_year between 0 and 10000000),
      life_years smallint check (life_years between 1 and 100),
      paid_by text not null check (paid_by in ('round', 'municipality', 'others')),
      kept_by text not null check (kept_by in ('municipality', 'others')),
      primary key (assessment_id, position)
    );
    comment on table assessment_line is 'Lines of the estimate; prices are copied from the catalogue, so that they stay';
    comment on column assessment_line.running_cost_dkk_per_year is 'Per unit';
    create index assessment_line_element on assessment_line (element_id);

    create table assessment_co_funding (
      assessment_id integer not null references assessment on delete cascade,
      position smallint not null check (position >= 0),
      source text not null check (length(source) between 1 and 100),
      amount_dkk integer not null check (amount_dkk between 0 and 1000000000),
      is_confirmed boolean not null,
      primary key (assessment_id, position)
    );
    comment on table assessment_co_funding is 'Money from others for an idea';

    create table appeal (
      idea_id integer primary key references idea on delete cascade,
      assessment_id integer not null,
      person_id uuid references person on delete set null,
      reason text not null check (length(reason) between 10 and 2000),
      appealed_at timestamptz(3) not null,
      foreign key (assessment_id, idea_id) references assessment (assessment_id, idea_id) on delete cascade
    );
    comment on table appeal is 'An author asks for another assessor, once per idea; the assessment with the occasion appeal answers it';
    comment on column appeal.reason is 'Read by the author and staff only';
    create index appeal_assessment on appeal (assessment_id);
    create index appeal_person on appeal (person_id);

    create table assessment_note (
      assessment_note_id integer generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      reply_to integer,
      person_id uuid references person on delete set null,
      text text not null check (length(text) between 1 and 2000),
      noted_at timestamptz(3) not null,
      unique (assessment_note_id, idea_id),
      foreign key (reply_to, idea_id) references assessment_note (assessment_note_id, idea_id),
      check (reply_to < assessment_note_id)
    );
    comment on table assessment_note is 'Internal notes on an idea and replies to them, never public; rows are only added';
    create index assessment_note_idea on assessment_note (idea_id);
    create index assessment_note_person on assessment_note (person_id);

    create table assessment_event (
      assessment_event_id bigint generated always as identity primary key,
      idea_id integer not null references idea on delete cascade,
      assessment_id integer,
      kind text not null check (kind in ('started', 'saved', 'findings-refreshed', 'submitted', 'returned', 'decided', 'corrected',
        'appealed', 'reopened', 'assigned')),
      person_id uuid references person on delete set null,
      is_author boolean not null,
      outcome text check (outcome in ('feasible', 'feasible-on-conditions', 'not-feasible', 'needs-information')),
      detail text check (length(detail) between 1 and 2000),
      assignee_id uuid references person on delete set null,
      department text check (department in ('roads-and-parks', 'nature', 'building', 'property', 'finance')),
      deadline date,
      happened_at timestamptz(3) not null,
      foreign key (assessment_id, idea_id) references assessment (assessment_id, idea_id) on delete cascade,
      check (kind = 'assigned' or num_nonnulls(assignee_id, department, deadline) = 0)
    );
    comment on table assessment_event is 'Timeline of an idea''s assessment: who did what, when; rows are only added';
    create index assessment_event_idea on assessment_event (idea_id, assessment_event_id);
    create index assessment_event_person on assessment_event (person_id);
    create index assessment_event_assignee on assessment_event (assignee_id);

    create trigger assessment_decided_kept before update of assessment_id, idea_id, occasion, previous_assessment_id, state, version,
      idea_version, check_result, checked_at, catalogue_version, contingency_percent, running_years, outcome, public_reason,
      correction_days, submitted_at, decided_at, correct_until, appeal_until, created_at, updated_at on assessment
      for each row when (old.state = 'decided') execute function refuse_change();
    create trigger assessment_event_kept before update of idea_id, assessment_id, kind, is_author, outcome, detail, department, deadline,
      happened_at on assessment_event for each row execute function refuse_change();
    create trigger assessment_note_kept before update of idea_id, reply_to, text, noted_at on assessment_note
      for each row execute function refuse_change();
    create trigger appeal_kept before update of idea_id, assessment_id, reason, appealed_at on appeal
      for each row execute function refuse_change();

    -- A deleted idea takes its assessments along before their parts, so that nothing is found then.
    create function refuse_change_outside_draft() returns trigger language plpgsql as $$
    begin
      if exists (select from assessment where assessment_id in (new.assessment_id, old.assessment_id) and state <> 'draft') then
        raise exception '% belongs to an assessment that is no draft', tg_table_name using errcode = 'restrict_violation';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger assessment_answer_kept before insert or update or delete on assessment_answer
      for each row execute function refuse_change_outside_draft();
    create trigger assessment_line_kept before insert or delete or update of position, label, unit, quantity, unit_price_dkk,
      running_cost_dkk_per_year, life_years, paid_by, kept_by on assessment_line
      for each row execute function refuse_change_outside_draft();
    create trigger assessment_co_funding_kept before insert or update or delete on assessment_co_funding
      for each row execute function refuse_change_outside_draft();

    -- Who may not: one who wrote on an assessment approves none of it, one who answered for an earlier decision decides no
    -- appeal against it, and nobody assesses what they proposed.
    create function check_assessor() returns trigger language plpgsql as $$
    begin
      if exists (select from assessment_writer w where w.assessment_id = new.assessment_id and w.person_id = new.approver_id) then
        raise exception 'the approver wrote on the assessment' using errcode = 'check_violation', constraint = 'assessment_second_person';
      end if;
      if new.occasion = 'appeal' and exists (
        select from assessment a
        where a.idea_id = new.idea_id and a.state = 'decided' and a.assessment_id <> new.assessment_id
          and a.assessor_id in (new.assessor_id, new.approver_id)
      ) then
        raise exception 'an appeal needs another assessor' using errcode = 'check_violation', constraint = 'assessment_other_assessor';
      end if;
      if exists (select from idea i where i.idea_id = new.idea_id and i.person_id in (new.assessor_id, new.approver_id)) then
        raise exception 'authors do not assess their own idea' using errcode = 'check_violation', constraint = 'assessment_own_idea';
      end if;
      return new;
    end $$;
    create trigger assessment_assessor before insert or update of assessor_id, approver_id on assessment
      for each row execute function check_assessor();
  `.execute(db)
}
