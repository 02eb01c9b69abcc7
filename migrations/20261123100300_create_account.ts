import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      person_id uuid primary key,
      issuer text not null,
      subject text not null,
      display_name text not null check (length(display_name) between 1 and 100),
      role text not null check (role in ('citizen', 'planner', 'organiser', 'moderator', 'decision-maker', 'admin')),
      district_id text references district,
      created_at timestamptz not null default now(),
      unique (issuer, subject)
    );
    comment on table person is 'Somebody who signed in. Subject is pairwise: it means nothing outside this installation';
    comment on column person.district_id is 'District of residence at the last sign-in; the address itself is not kept';

    create table session (
      token_hash bytea primary key check (length(token_hash) = 32),
      person_id uuid not null references person on delete cascade,
      csrf_token text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    comment on table session is 'Somebody signed in on a browser; only a hash of the cookie is kept, and nothing after twelve hours';
    create index session_person on session (person_id);
    create index session_expiry on session (expires_at);

    create table sign_in_attempt (
      state_hash bytea primary key check (length(state_hash) = 32),
      nonce text not null,
      code_verifier text not null,
      return_to text not null check (return_to ~ '^/([^/]|$)'),
      expires_at timestamptz not null
    );
    comment on table sign_in_attempt is 'A sign-in on its way to the identity provider; used once, gone after ten minutes';

    create table idempotency_key (
      person_id uuid not null references person on delete cascade,
      key text not null check (length(key) between 8 and 100),
      request_hash text not null,
      response_status integer,
      response_body jsonb,
      created_at timestamptz not null default now(),
      primary key (person_id, key)
    );
    comment on table idempotency_key is 'Answers kept for a day, so that a request sent twice is done once';
    create index idempotency_key_age on idempotency_key (created_at);
  `.execute(db)
}
