import { sql } from 'kysely'
import { expect, inject, it } from 'vitest'
import { openTestDatabase } from '../setup/database.ts'
import { digestData } from '../setup/dataDigest.ts'

// On a server every test has a clone of its own, and nothing is brought back.
const isKept = inject('template').kind === 'folder'

/** Runs statements in a database that is given back afterwards; answers what the next one holds and whether it is the same. */
async function afterGivingBack(...statements: string[]) {
  const first = await openTestDatabase()
  const before = await digestData(first.db)
  for (const statement of statements) await sql.raw(statement).execute(first.db)
  const written = await digestData(first.db)
  await first.close()
  const next = await openTestDatabase()
  const after = await digestData(next.db)
  await next.close()
  return { before, written, after, isSame: next.pool === first.pool }
}

it.each([
  ['nothing', []],
  ['new rows', [`insert into rate_limit (bucket, window_start, request_count) values ('a', now(), 1)`]],
  ['other values', [`update round set theme = 'Et andet'`]],
  ['rows that are gone', ['delete from place']],
  ['an emptied table', ['truncate place']],
  ['the same values again', ['update place set place_id = place_id']],
])('is given to the next test as it was: %s', async (_what, statements) => {
  const { before, after, isSame } = await afterGivingBack(...statements)
  expect(after).toEqual(before)
  expect(isSame).toBe(isKept)
})

it('is not given on with another schema', async () => {
  const { before, written, after, isSame } = await afterGivingBack('create table left_behind (word text)')
  expect(written).not.toEqual(before)
  expect(after).toEqual(before)
  expect(isSame).toBe(false)
})
