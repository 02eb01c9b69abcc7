import type { Phase } from '../kernel/phases.ts'
import { commonProblem } from '../kernel/problem.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Deps } from '../platform/deps.ts'
import type { Round, Share } from './contract.ts'
import { type RoundRow, selectPhases, selectRound, selectRounds, selectShares } from './queries.ts'
import { daysThrough, phaseOn } from './rules.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

function toRound(row: RoundRow, today: string): Round {
  const current = phaseOn(row.phases, today)
  return {
    ...row,
    currentPhase: current?.phase ?? null,
    daysLeft: current ? daysThrough(today, current.endsOn) : null,
    ideaCount: row.ideaCount ?? 0,
    projectCount: row.projectCount ?? 0,
    voteState: row.voteState ?? null,
  }
}

/** All rounds, newest first, each with its phase of today. */
export async function readRounds({ db, clock }: Reading): Promise<Round[]> {
  const today = copenhagenDate(clock.now())
  return (await selectRounds(db)).map((row) => toRound(row, today))
}

/** One round. @errors Problem `not-found` */
export async function readRound({ db, clock }: Reading, year: number): Promise<Round> {
  const row = await selectRound(db, year)
  if (row === undefined) throw commonProblem('not-found')
  return toRound(row, copenhagenDate(clock.now()))
}

/** The phase a round is in today; cheap, because nothing is counted for it. @errors Problem `not-found` */
export async function readCurrentPhase({ db, clock }: Reading, year: number): Promise<Phase | null> {
  const row = await selectPhases(db, year)
  if (row === undefined) throw commonProblem('not-found')
  return phaseOn(row.phases, copenhagenDate(clock.now()))?.phase ?? null
}

/** The districts' shares of a round. A running round without projects has awarded nothing yet. @errors Problem `not-found` */
export async function readShares(reading: Reading, year: number): Promise<Share[]> {
  const currentPhase = await readCurrentPhase(reading, year)
  const rows = await selectShares(reading.db, year)
  return rows.map(({ hasProjects, ...row }) => {
    const awardedDkk = row.awardedDkk ?? (currentPhase !== null && !hasProjects ? 0 : null)
    const remainderDkk = row.shareDkk === null || awardedDkk === null ? null : row.shareDkk - awardedDkk
    return { ...row, awardedDkk, remainderDkk }
  })
}

/** The round the front page shows: the newest with a phase of today, else the newest. */
export function chooseCurrentRound(rounds: readonly Round[]): Round | null {
  return rounds.find((round) => round.currentPhase !== null) ?? rounds[0] ?? null
}
