import { selectDistrictNames } from '../districts/import.ts'
import { appendLog } from '../elections/log.ts'
import { readElection } from '../elections/setup.ts'
import { Problem } from '../kernel/problem.ts'
import { type Config, StartError } from '../platform/config.ts'
import type { Database } from '../platform/db/connect.ts'
import { personHashOf, personKeyOf } from './personKey.ts'
import { replaceRoll, selectRollSizes } from './queries.ts'
import { readRoll } from './rules/rollFile.ts'
import { votingKeyOf } from './votingKey.ts'

export interface RollOrder {
  year: number
  text: string
  columns: { district: string; number: string }
  at: Date
}

type RollConfig = Pick<Config, 'votingKey' | 'localDir' | 'oidc'>

/** A roll names people as the issuer does: by the number of a claim, or by their subject. */
function personOf({ oidc }: RollConfig, number: string) {
  return oidc !== null && oidc.rollClaim === null ? { issuer: oidc.issuer, subject: number } : { rollNumber: number }
}

/** Whether the round has a vote already; its roll may change while that is a draft. @errors StartError when it is frozen */
async function hasDraft(trx: Database, year: number): Promise<boolean> {
  try {
    const { state } = await readElection(trx, year)
    if (state !== 'draft') throw new StartError(`The vote of ${year} is ${state}: its roll is fixed. Only a draft gets another roll.`)
    return true
  } catch (error) {
    if (error instanceof Problem && error.kind === 'no-election') return false
    throw error
  }
}

/**
 * Puts a roll in the place of the round's old one, all of it or nothing; answers how many people each district has.
 * @errors StartError naming every line that is wrong
 */
export async function loadRoll(db: Database, config: RollConfig, { year, text, columns, at }: RollOrder) {
  const work = db.transaction().execute(async (trx) => {
    const inDraft = await hasDraft(trx, year)
    const reading = readRoll(
      text,
      columns,
      (await selectDistrictNames(trx)).map(({ districtId }) => districtId),
    )
    if (!reading.ok)
      throw new StartError(`The roll was not loaded; nothing was changed.\n${reading.failures.map((one) => `  - ${one}`).join('\n')}`)
    const key = votingKeyOf(config)
    const people = reading.lines.map(({ districtId, rollNumber }) => ({
      districtId,
      personHash: personHashOf(key, year, personKeyOf(key, personOf(config, rollNumber))),
    }))
    await replaceRoll(trx, year, people)
    const sizes = await selectRollSizes(trx, year)
    if (inDraft) await appendLog(trx, year, { action: 'roll-loaded', actorName: 'command', detail: { districts: sizes }, at })
    return sizes
  })
  return work.catch((error: { code?: string }) => {
    if (error.code === '23503') throw new StartError(`There is no round of ${year}.`)
    throw error
  })
}
