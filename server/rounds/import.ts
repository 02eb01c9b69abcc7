import type { z } from 'zod'
import type { Database } from '../platform/db/connect.ts'
import type { roundRecordSchema, roundRulesSchema } from './contract.ts'
import type { DatedPhase } from './rules.ts'

export interface ShareRow {
  districtId: string
  population: number | null
  populationIsDerived: boolean
  shareDkk: number
}

export interface RoundImport {
  year: number
  title: string | null
  theme: string
  description: string | null
  totalDkk: number
  rules: z.infer<typeof roundRulesSchema>
  record: z.infer<typeof roundRecordSchema>
  phases: readonly DatedPhase[]
  /** Empty: not known. */
  shares: readonly ShareRow[]
}

/** Years of the rounds that are not real, newest first. */
export async function selectDemoYears(db: Database): Promise<number[]> {
  const rows = await db.selectFrom('round').select('year').where('is_demo', '=', true).orderBy('year', 'desc').execute()
  return rows.map(({ year }) => year)
}

/** Whether a year has a real round, a demo round or none. */
export async function selectRoundKind(db: Database, year: number): Promise<'real' | 'demo' | 'none'> {
  const row = await db.selectFrom('round').select('is_demo').where('year', '=', year).executeTakeFirst()
  if (row === undefined) return 'none'
  return row.is_demo ? 'demo' : 'real'
}

/** Makes a round's phases exactly these. */
export async function replacePhases(trx: Database, year: number, phases: readonly DatedPhase[]): Promise<void> {
  await trx.deleteFrom('round_phase').where('round_year', '=', year).execute()
  if (phases.length === 0) return
  const rows = phases.map(({ phase, startsOn, endsOn }) => ({ round_year: year, phase, starts_on: startsOn, ends_on: endsOn }))
  await trx.insertInto('round_phase').values(rows).execute()
}

async function replaceShares(trx: Database, year: number, shares: readonly ShareRow[]): Promise<void> {
  await trx.deleteFrom('round_share').where('round_year', '=', year).execute()
  if (shares.length === 0) return
  const rows = shares.map((share) => ({
    round_year: year,
    district_id: share.districtId,
    population: share.population,
    population_is_derived: share.populationIsDerived,
    share_dkk: share.shareDkk,
  }))
  await trx.insertInto('round_share').values(rows).execute()
}

/**
 * Writes a round with its phases and shares, new or over the one of that year; a demo round is never made real, nor a
 * real one demo. Ideas and projects are not touched. Runs inside the transaction given.
 */
export async function upsertRound(trx: Database, round: RoundImport, isDemo = false): Promise<void> {
  const columns = {
    title: round.title,
    theme: round.theme,
    description: round.description,
    total_dkk: round.totalDkk,
    rules: JSON.stringify(round.rules),
    record: JSON.stringify(round.record),
  }
  await trx
    .insertInto('round')
    .values({ year: round.year, is_demo: isDemo, ...columns })
    .onConflict((conflict) => conflict.column('year').doUpdateSet(columns).where('round.is_demo', '=', isDemo))
    .execute()
  await replacePhases(trx, round.year, round.phases)
  await replaceShares(trx, round.year, round.shares)
}

/** Removes demo rounds; what belongs to them must be gone. Returns how many. */
export async function deleteDemoRounds(trx: Database): Promise<number> {
  const result = await trx.deleteFrom('round').where('is_demo', '=', true).executeTakeFirst()
  return Number(result.numDeletedRows)
}
