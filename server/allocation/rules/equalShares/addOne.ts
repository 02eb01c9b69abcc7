import { type Contest, excluderOf, supportedOf } from '../contest.ts'
import type { Rational } from '../rational.ts'
import type { TieMet } from '../ties.ts'
import type { Electorate } from './electorate.ts'
import type { Utility } from './price.ts'
import { type EqualSharesRun, runEqualShares } from './run.ts'

/** Whether and how endowments are raised: not at all, until nothing more fits, or only until the next would overspend. */
export type Raising = 'none' | 'until-exhaustive' | 'until-overspending'

/** Why no higher endowment was tried. */
export type StopReason = 'plain' | 'exhaustive' | 'all-funded' | 'next-overspends'

export interface EqualSharesOutcome {
  /** The run that counts. */
  readonly run: EqualSharesRun
  readonly funded: readonly number[]
  readonly cost: number
  readonly increments: number
  readonly stop: StopReason
  /** Ties of all runs, the discarded one included. */
  readonly ties: readonly TieMet[]
}

/** How far a count is. */
export interface CountProgress {
  /** Runs done, the first included. */
  readonly runs: number
  /** What the last of them would spend, of the pool. */
  readonly spentShare: number
}

export interface Increments {
  readonly raising: Raising
  /** What is added to each endowment between runs. @unit the election's units */
  readonly step: number
  readonly onProgress?: ((progress: CountProgress) => void) | undefined
}

interface Attempt {
  readonly run: EqualSharesRun
  readonly funded: readonly number[]
  readonly cost: number
}

/** Why to stop at an outcome within the pool; null to go on. */
function reasonToStop(contest: Contest, { funded, cost }: Attempt, raising: Raising): StopReason | null {
  if (raising === 'none') return 'plain'
  const isFunded = new Set(funded)
  const open = supportedOf(contest).filter(
    (project) => !isFunded.has(project) && excluderOf(contest, project, (other) => isFunded.has(other)) === null,
  )
  if (open.length === 0) return 'all-funded'
  const fits = open.some((project) => (contest.costs[project] as number) <= contest.budget - cost)
  return raising === 'until-exhaustive' && !fits ? 'exhaustive' : null
}

/** The endowment after so many increments: the pool divided among the ballots, and whole steps. */
export function endowmentOf({ budget, sharers }: Contest, increments: number, step: number): Rational {
  const ballots = BigInt(Math.max(1, sharers))
  return { numerator: BigInt(budget) + BigInt(increments) * BigInt(step) * ballots, denominator: ballots }
}

/**
 * Equal Shares whose endowments are raised step by step, each run from scratch and in order: the outcome is not monotone in
 * the endowment, so that no run may be left out.
 * @source allocation facts, ADD1; public compute tool and the elections of Wieliczka, Świecie and Assen
 */
export function raiseEndowments(contest: Contest, electorate: Electorate, utility: Utility, increments: Increments): EqualSharesOutcome {
  const { raising, step, onProgress } = increments
  const ties: TieMet[] = []
  const attempt = (k: number): Attempt => {
    const run = runEqualShares(contest, electorate, utility, endowmentOf(contest, k, step))
    const funded = [...run.free, ...run.purchases.map(({ project }) => project)]
    const cost = funded.reduce((sum, project) => sum + (contest.costs[project] as number), 0)
    for (const tie of run.ties) ties.push({ ...tie, run: k })
    onProgress?.({ runs: k + 1, spentShare: contest.budget === 0 ? 1 : cost / contest.budget })
    return { run, funded, cost }
  }
  let last = attempt(0)
  for (let k = 0; ; k += 1) {
    const stop = reasonToStop(contest, last, raising)
    if (stop !== null) return { ...last, increments: k, stop, ties }
    const next = attempt(k + 1)
    if (next.cost > contest.budget) return { ...last, increments: k, stop: 'next-overspends', ties }
    last = next
  }
}
