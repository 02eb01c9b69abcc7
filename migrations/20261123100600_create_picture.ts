import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table picture (
      picture_id uuid primary key,
      person_id uuid references person on delete set null,
      idea_id integer references idea on delete cascade,
      position integer check (position between 0 and 5),
      alt_text text not null check (length(alt_text) between 3 and 300),
      status text not null default 'pending' check (status in ('pending', 'ready', 'failed')),
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      created_at timestamptz not null default now(),
      check ((idea_id is null) = (position is null)),
      unique (idea_id, position) deferrable initially deferred
    );
    comment on table picture is 'A picture a person sent; without an idea it is part of a draft and removed after 14 days';
    create index picture_person on picture (person_id);

    create table picture_variant (
      picture_id uuid not null references picture on delete cascade,
      format text not null check (format in ('avif', 'webp')),
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      byte_count integer not null check (byte_count > 0),
      primary key (picture_id, format, width)
    );
    comment on table picture_variant is 'Re-encoded copies without metadata; the file sent is not kept';
  `.execute(db)
}
