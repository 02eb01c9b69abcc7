import type { Config } from '../../server/platform/config.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { personHashOf, personKeyOf } from '../../server/voting/personKey.ts'
import { replaceRoll } from '../../server/voting/queries.ts'
import { votingKeyOf } from '../../server/voting/votingKey.ts'

export interface RollPerson {
  rollNumber: string
  districtId: string
}

/** Puts people on the roll of a round whose vote is not frozen yet. */
export async function buildRoll(
  db: Database,
  config: Pick<Config, 'votingKey' | 'localDir'>,
  { year = 2026, people }: { year?: number; people: readonly RollPerson[] },
): Promise<void> {
  const key = votingKeyOf(config)
  const hashed = people.map(({ rollNumber, districtId }) => ({
    districtId,
    personHash: personHashOf(key, year, personKeyOf(key, { rollNumber })),
  }))
  await db.transaction().execute((trx) => replaceRoll(trx, year, hashed))
}
