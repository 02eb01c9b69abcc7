import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ELECTION_STATES, type ElectionState } from '../../server/elections/contract.ts'
import { appendLog } from '../../server/elections/log.ts'
import { selectLog } from '../../server/elections/queries.ts'
import { brokenAt } from '../../server/elections/rules/logChain.ts'
import { buildVote } from '../builders/vote.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

// What the tables of a vote hold by themselves, whoever writes to them.

let database: TestDatabase
const run = (statement: string) => sql.raw(statement).execute(database.db)
const refused = (statement: string) => expect(run(statement), statement).rejects
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.db.deleteFrom('election').execute())

const NEXT: Partial<Record<ElectionState, readonly ElectionState[]>> = {
  draft: ['frozen'],
  frozen: ['open', 'draft', 'stopped'],
  open: ['ended', 'stopped'],
  ended: ['closed', 'stopped'],
  closed: ['counted', 'stopped'],
  counted: ['published', 'stopped'],
}
const TIMES = `frozen_setup = coalesce(frozen_setup, '{}'), frozen_sha256 = coalesce(frozen_sha256, repeat('0', 64)), frozen_at = coalesce(frozen_at, now()),
  opens_at = coalesce(opens_at, '2026-01-01'), closes_at = coalesce(closes_at, '2026-02-01'), opened_at = now(), ended_at = now(),
  closed_at = now(), counted_at = now(), published_at = now()`

describe('the state of a vote', () => {
  it.each(ELECTION_STATES.filter((state) => state !== 'stopped'))('goes on from %s, one step, and never back', async (state) => {
    await buildVote(database.db, { state })
    for (const next of ELECTION_STATES.filter((one) => one !== state)) {
      const stop = next === 'stopped' ? ", stopped_at = now(), stop_reason = 'Der er fundet en fejl.'" : ''
      const change = `update election set state = '${next}', ${TIMES}${stop}`
      const attempt = database.db.transaction().execute(async (trx) => {
        await sql.raw(change).execute(trx)
        throw new Error('it went')
      })
      if (NEXT[state]?.includes(next)) await expect(attempt, `${state} → ${next}`).rejects.toThrow('it went')
      else await expect(attempt, `${state} → ${next}`).rejects.toMatchObject({ constraint: 'election_state_order' })
    }
  })

  it('has what it needs: no frozen vote without its text, no stop without a reason', async () => {
    await buildVote(database.db, { state: 'draft' })
    await refused(`update election set state = 'frozen'`).toMatchObject({ code: '23514' })
    await run('delete from election')
    await buildVote(database.db, { state: 'open' })
    await refused(`update election set state = 'stopped', stopped_at = now()`).toMatchObject({ code: '23514' })
    await refused(`update election set state = 'ended'`).toMatchObject({ code: '23514' })
  })
})

describe('what is frozen', () => {
  it.each(['frozen', 'open', 'closed', 'published'] as const)('stays as it is when the vote is %s', async (state) => {
    await buildVote(database.db, { state })
    for (const change of ["settings = '{}'", "lot_seed = 'andet'", "frozen_sha256 = repeat('1', 64)", 'opens_at = now()']) {
      await refused(`update election set ${change}`).toMatchObject({ constraint: 'election_frozen' })
    }
    for (const statement of [
      'update ballot_line set lot_place = 9',
      'delete from ballot_line',
      "update election_district set ballot_kind = 'knapsack'",
      'update election_district set roll_size = 1',
      'delete from election_district',
      `insert into ballot_exclusion select round_year, district_id, min(project_id), max(project_id), 'De står samme sted.' from ballot_line
        group by 1, 2`,
    ]) {
      await refused(statement).toMatchObject({ constraint: 'election_frozen' })
    }
    // Closing is no change of the set-up.
    await run('update election_district set is_closed = true')
  })

  it('goes with its round, lines and log included', async () => {
    await buildVote(database.db, { state: 'open', year: 2030 })
    await database.db.transaction().execute((trx) => appendLog(trx, 2030, { action: 'vote-opened', actorName: 'clock', at: new Date() }))
    await run('delete from election where round_year = 2030')
    for (const table of ['election_district', 'ballot_line', 'election_log'] as const) {
      expect(await database.db.selectFrom(table).select('round_year').execute()).toEqual([])
    }
  })
})

describe('a step', () => {
  it('is confirmed by another person than who proposed it, and a stop owes a reason', async () => {
    await buildVote(database.db, { state: 'open' })
    const { rows } = await sql<{ id: string }>`insert into person (person_id, issuer, subject, display_name, role)
      values (gen_random_uuid(), 'test', gen_random_uuid()::text, 'Projektleder', 'organiser') returning person_id as id`.execute(
      database.db,
    )
    const id = rows[0]?.id
    const insert = (step: string, reason: string, confirmedBy: string) =>
      `insert into election_step values (2026, '${step}', '${id}', now(), ${reason}, ${confirmedBy}, ${confirmedBy === 'null' ? 'null' : 'now()'})`
    await refused(insert('close', 'null', `'${id}'`)).toMatchObject({ constraint: 'election_step_second_person' })
    await refused(insert('stop', 'null', 'null')).toMatchObject({ code: '23514' })
    await run(insert('close', 'null', 'null'))
    await refused(insert('close', 'null', 'null')).toMatchObject({ code: '23505' })
  })
})

describe('the log', () => {
  it('numbers entries one after the other when many write at once, and holds as a chain', async () => {
    await buildVote(database.db, { state: 'frozen' })
    const at = new Date('2026-04-21T10:00:00Z')
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.db
          .transaction()
          .execute((trx) =>
            appendLog(trx, 2026, { action: 'codes-made', actorName: 'Test', detail: { count: index, note: 'æøå "1"' }, at }),
          ),
      ),
    )
    const log = await selectLog(database.db, 2026)
    expect(log.map(({ entryNumber }) => entryNumber)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(brokenAt(log)).toBeNull()
  })

  it('is only added to, and knows no vote that is not there', async () => {
    await buildVote(database.db, { state: 'frozen' })
    const add = (year: number) =>
      database.db.transaction().execute((trx) => appendLog(trx, year, { action: 'setup-frozen', actorName: 'Test', at: new Date() }))
    await add(2026)
    await add(2026)
    await refused(`update election_log set actor_name = 'En anden'`).toMatchObject({ code: '23001' })
    for (const taking of ['delete from election_log where entry_number = 2', 'delete from election_log', 'truncate election_log']) {
      await refused(taking).toMatchObject({ code: '23001' })
    }
    for (const table of ['election', 'voter', 'voting_auditor', 'ballot_line', 'election_step', 'receipt_root']) {
      await refused(`truncate ${table} cascade`).toMatchObject({ code: '23001' })
    }
    expect((await selectLog(database.db, 2026)).length).toBe(2)
    await expect(add(2018)).rejects.toMatchObject({ kind: 'no-election' })
  })
})
