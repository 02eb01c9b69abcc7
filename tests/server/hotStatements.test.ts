import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hot } from '../../server/platform/db/hotStatements.ts'
import { openTestDatabase } from '../setup/database.ts'
import type { TestDatabase } from '../setup/keptDatabase.ts'

const settings: Record<string, string>[] = [{}, { DATABASE_NAMED_STATEMENTS: 'false' }]

describe.each(settings)('hot statements with %j', (environment) => {
  let database: TestDatabase
  const askHot = async (value: number) =>
    (await sql<{ twice: number }>`${hot}select 2 * ${value}::int as twice`.execute(database.db)).rows[0]?.twice

  beforeAll(async () => {
    database = await openTestDatabase({ DATABASE_POOL_SIZE: '2', ...environment })
  })
  afterAll(() => database.close())

  it('answer each question with its own values, also many at once and after an error', async () => {
    const values = Array.from({ length: 60 }, (_, index) => index)
    expect(await Promise.all(values.map(askHot))).toEqual(values.map((value) => 2 * value))
    await expect(askHot(2 ** 31)).rejects.toThrow()
    expect(await askHot(21)).toBe(42)
  })

  it('are prepared once per connection on a server that may keep them, and nowhere else', async () => {
    await Promise.all([1, 2, 3, 4].map(askHot))
    const { rows } = await database.pool.query(`select count(*) as count from pg_prepared_statements where statement like '/* hot */%'`)
    const keeps = !database.isEmbedded && environment.DATABASE_NAMED_STATEMENTS === undefined
    expect(rows[0].count).toBe(keeps ? 1 : 0)
  })

  it('hand over long answers whole and in order', async () => {
    const lengths = [1, 8_191, 65_536, 131_072, 400_000, 3_000_000]
    const answers = await Promise.all(
      lengths.map((length) => sql<{ text: string }>`${hot}select repeat('ø', ${length}::int) as text`.execute(database.db)),
    )
    for (const [index, { rows }] of answers.entries()) expect(rows[0]?.text === 'ø'.repeat(lengths[index] as number)).toBe(true)
  })
})
