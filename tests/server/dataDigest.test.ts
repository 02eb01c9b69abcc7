import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '../setup/database.ts'
import { digestWrites } from '../setup/dataDigest.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const changedBy = async (statement: string, except: string[] = []) => {
  const before = await digestWrites(database.db, { except })
  await sql.raw(statement).execute(database.db)
  const after = await digestWrites(database.db, { except })
  return Object.keys(after).filter((table) => after[table] !== before[table])
}

it.each([
  ['select * from round_share', []],
  ['select * from round_share for update', []],
  ['update round_share set share_dkk = share_dkk', ['round_share']],
  ['delete from place where false', []],
  ['delete from place where place_id = (select min(place_id) from place)', ['place']],
])('tells what was written, be it the same again: %s', async (statement, tables) => {
  expect(await changedBy(statement)).toEqual(tables)
})

it('sees nothing in tables that are left out', async () => {
  expect(await changedBy('update round_share set share_dkk = share_dkk', ['round_share'])).toEqual([])
})
