import { type Kysely, sql } from 'kysely'

/** A state that is none of the line has no place in it: comparing with nothing must refuse, not pass. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function keep_frozen_election() returns trigger language plpgsql as $$
    declare
      states constant text[] := array['draft', 'frozen', 'open', 'ended', 'closed', 'counted', 'published'];
    begin
      if old.state <> new.state and (
        (new.state = 'stopped' and old.state in ('frozen', 'open', 'ended', 'closed', 'counted'))
        or array_position(states, new.state) = array_position(states, old.state) + 1
        or (old.state = 'frozen' and new.state = 'draft')
      ) is not true then
        raise exception 'an election does not go from % to %', old.state, new.state
          using errcode = 'check_violation', constraint = 'election_state_order';
      end if;
      if old.state <> 'draft' and new.state <> 'draft' and (old.settings, old.lot_seed, old.lot_source, old.frozen_setup, old.frozen_sha256, old.opens_at, old.closes_at)
        is distinct from (new.settings, new.lot_seed, new.lot_source, new.frozen_setup, new.frozen_sha256, new.opens_at, new.closes_at) then
        raise exception 'the set-up of % is frozen', old.round_year using errcode = 'check_violation', constraint = 'election_frozen';
      end if;
      return new;
    end $$;
  `.execute(db)
}
