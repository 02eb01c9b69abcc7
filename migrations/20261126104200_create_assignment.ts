import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table assignment (
      idea_id integer primary key references idea on delete cascade,
      assignee_id uuid references person on delete set null,
      department text check (department in ('roads-and-parks', 'nature', 'building', 'property', 'finance')),
      deadline date,
      assigned_by uuid references person on delete set null,
      assigned_at timestamptz(3) not null
    );
    comment on table assignment is 'Who assesses an idea, in which department, until when';
    create index assignment_assignee on assignment (assignee_id);
    create index assignment_assigned_by on assignment (assigned_by);
  `.execute(db)
}
