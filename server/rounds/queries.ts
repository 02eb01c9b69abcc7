import { type ExpressionBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import type { Database } from '../platform/db/connect.ts'
import type { DB } from '../platform/db/schema.ts'
import type { Round, roundRecordSchema, roundRulesSchema } from './contract.ts'
import type { DatedPhase } from './rules.ts'

/** The dated phases of each round of a query, first to last. */
function phases(eb: ExpressionBuilder<DB, 'round'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('round_phase')
      .whereRef('round_phase.round_year', '=', 'round.year')
      .select([
        sql<DatedPhase['phase']>`round_phase.phase`.as('phase'),
        sql<string>`round_phase.starts_on::text`.as('startsOn'),
        sql<string>`round_phase.ends_on::text`.as('endsOn'),
      ])
      .orderBy('round_phase.starts_on'),
  )
}

/** The phases of a round without anything that has to be counted; undefined when there is no such round. */
export function selectPhases(db: Database, year: number) {
  return db
    .selectFrom('round')
    .where('round.year', '=', year)
    .select((eb) => phases(eb).as('phases'))
    .executeTakeFirst()
}

function rounds(db: Database) {
  return db.selectFrom('round').select((eb) => [
    'round.year',
    'round.title',
    'round.theme',
    'round.description',
    'round.total_dkk as totalDkk',
    'round.is_demo as isDemo',
    sql<z.infer<typeof roundRulesSchema>>`round.rules`.as('rules'),
    sql<z.infer<typeof roundRecordSchema>>`round.record`.as('record'),
    eb
      .selectFrom('idea')
      .whereRef('idea.round_year', '=', 'round.year')
      .where('idea.status', '=', 'submitted')
      .select((count) => count.fn.countAll<number>().as('count'))
      .as('ideaCount'),
    eb
      .selectFrom('project')
      .whereRef('project.round_year', '=', 'round.year')
      .where(sql<boolean>`project.state is distinct from 'withdrawn'`)
      .select((count) => count.fn.countAll<number>().as('count'))
      .as('projectCount'),
    phases(eb).as('phases'),
    eb
      .selectFrom('election')
      .whereRef('election.round_year', '=', 'round.year')
      .where('election.state', '<>', 'draft')
      .select(sql<Round['voteState']>`election.state`.as('state'))
      .as('voteState'),
  ])
}

/** All rounds, newest first. */
export function selectRounds(db: Database) {
  return rounds(db).orderBy('round.year', 'desc').execute()
}

/** One round by its year. */
export function selectRound(db: Database, year: number) {
  return rounds(db).where('round.year', '=', year).executeTakeFirst()
}

export type RoundRow = NonNullable<Awaited<ReturnType<typeof selectRound>>>

/**
 * What does each district have, what was awarded, what is left? One row per district in order of its share.
 * The award is null when it cannot be known: a winner or an unknown outcome without amount, or no project at all.
 */
export async function selectShares(db: Database, year: number) {
  const { rows } = await sql<{
    districtId: string
    name: string
    population: number | null
    populationIsDerived: boolean
    shareDkk: number | null
    awardedDkk: number | null
    hasProjects: boolean
    ideaCount: number
  }>`
    select d.district_id as "districtId", d.name, s.population,
      coalesce(s.population_is_derived, false) as "populationIsDerived", s.share_dkk as "shareDkk",
      p.awarded_dkk as "awardedDkk", p.has_projects as "hasProjects", i.idea_count as "ideaCount"
    from district d
    left join round_share s on s.district_id = d.district_id and s.round_year = ${year}
    cross join lateral (
      select case when count(*) > 0 and bool_and(awarded_dkk is not null) then sum(awarded_dkk) end as awarded_dkk,
        count(*) > 0 as has_projects
      from project where project.district_id = d.district_id and project.round_year = ${year}
        -- What waits for the vote has no award yet.
        and (project.state is null or project.awarded_dkk is not null)
    ) p
    cross join lateral (
      select count(*) as idea_count from idea
      where idea.district_id = d.district_id and idea.round_year = ${year} and idea.status = 'submitted'
    ) i
    order by s.share_dkk desc nulls last, d.name`.execute(db)
  return rows
}
