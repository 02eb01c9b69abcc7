import { type ContestOptions, idAt, prepareContest } from './contest.ts'
import type { Election } from './election.ts'
import type { CountProgress } from './equalShares/addOne.ts'
import { RULES, type RuleName } from './ruleNames.ts'
import { allAwards, play, type Stage, tiesOf } from './stages.ts'
import { compareCodePoints } from './ties.ts'
import type { TieReport, Transcript } from './transcript.ts'
import { optimumOf, writeTranscript } from './writeTranscript.ts'

export interface CountOptions extends ContestOptions {
  /** What Add1 adds to every endowment between two runs. @unit whole currency; 1 by default */
  readonly step?: number
  /** Whether what is left is offered to a project that declared a smallest useful amount. */
  readonly remainderOffer?: boolean
  readonly withTranscript?: boolean
  /** Called after each run of Equal Shares. */
  readonly onProgress?: (progress: CountProgress) => void
}

/** The outcome of a count. Amounts in currency. */
export interface Count {
  readonly rule: RuleName
  readonly tie: string
  /** Ids of the funded projects, by code points. */
  readonly selected: readonly string[]
  readonly totalCost: number
  /** What each of them gets from the pool, in the same order. */
  readonly awards: readonly { readonly projectId: string; readonly amount: number }[]
  readonly tiesMet: readonly TieReport[]
  /** How often endowments were raised; null for rules that raise none. */
  readonly increments: number | null
  /** The best sum and whether only one set has it; null for other rules. */
  readonly optimum: { readonly welfare: number; readonly isUniqueOptimum: boolean } | null
  readonly transcript: Transcript | null
}

function incrementsOf(stages: readonly Stage[]): number | null {
  return stages.find((stage) => stage.kind === 'equal-shares')?.outcome.increments ?? null
}

function tieReports(election: Election, stage: Stage): TieReport[] {
  return tiesOf(stage).map((tie) => ({ stage: stage.kind, ...tie, projects: tie.projects.map((project) => idAt(election, project)) }))
}

/**
 * Counts an election by a rule, exactly.
 * @source each rule's own file; outcomes held against two other engines by `npm run conformance`
 * @errors RangeError when ties are to fall by lot and the election has none
 */
export function countElection(election: Election, rule: RuleName, options: CountOptions): Count {
  const contest = prepareContest(election, options)
  const step = (options.step ?? 1) * election.unitsPerCurrency
  const stages = play(contest, RULES[rule], { step, remainderOffer: options.remainderOffer ?? false, onProgress: options.onProgress })
  const best = stages.find((stage) => stage.kind === 'best-set')
  const awards = [...allAwards(contest, stages)]
    .map(([project, units]) => ({ projectId: idAt(election, project), units }))
    .sort((a, b) => compareCodePoints(a.projectId, b.projectId))
  return {
    rule,
    tie: options.tie.join(),
    selected: awards.map(({ projectId }) => projectId),
    totalCost: awards.reduce((sum, { units }) => sum + units, 0) / election.unitsPerCurrency,
    awards: awards.map(({ projectId, units }) => ({ projectId, amount: units / election.unitsPerCurrency })),
    tiesMet: stages.flatMap((stage) => tieReports(election, stage)),
    increments: incrementsOf(stages),
    optimum: best === undefined ? null : optimumOf(election, best),
    transcript: options.withTranscript ? writeTranscript(contest, stages) : null,
  }
}
