import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { RoundKey } from './knockOutQueries.ts'

/** Takes the next numbers of a district's ballots in one statement, so that nobody else gets them; answers the last one. */
export async function takeNumbers(trx: Database, { year, districtId, roundNumber }: RoundKey, count: number): Promise<number> {
  const row = await trx
    .insertInto('ballot_number')
    .values({ round_year: year, district_id: districtId, round_number: roundNumber, last_number: count })
    .onConflict((conflict) =>
      conflict
        .columns(['round_year', 'district_id', 'round_number'])
        .doUpdateSet({ last_number: sql`ballot_number.last_number + excluded.last_number` }),
    )
    .returning('last_number as lastNumber')
    .executeTakeFirstOrThrow()
  return row.lastNumber
}
