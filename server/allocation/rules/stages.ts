import type { Contest } from './contest.ts'
import { type CountProgress, type EqualSharesOutcome, raiseEndowments } from './equalShares/addOne.ts'
import { type Electorate, layOut } from './equalShares/electorate.ts'
import type { Utility } from './equalShares/price.ts'
import { isFundedRow, type Walk, type WalkRule, type WalkStart, walk } from './greedy.ts'
import { type PhragmenRun, runPhragmen } from './phragmen.ts'
import { offerRemainder, type Remainder } from './remainderOffer.ts'
import type { RulePlan } from './ruleNames.ts'
import type { TieMet } from './ties.ts'
import { maximiseWelfare, type Welfare, type WelfareOutcome } from './welfare.ts'

/** One part of a count, with everything that tells how it went. Projects by place, amounts in the election's units. */
export type Stage =
  | { readonly kind: 'walk'; readonly rule: WalkRule; readonly start: WalkStart; readonly walk: Walk }
  | { readonly kind: 'equal-shares'; readonly utility: Utility; readonly electorate: Electorate; readonly outcome: EqualSharesOutcome }
  | { readonly kind: 'phragmen'; readonly run: PhragmenRun }
  | { readonly kind: 'best-set'; readonly measure: Welfare; readonly outcome: WelfareOutcome }
  | { readonly kind: 'remainder'; readonly left: number; readonly remainder: Remainder | null }

export interface PlayOptions {
  /** What Add1 adds to each endowment. @unit the election's units */
  readonly step: number
  readonly remainderOffer: boolean
  readonly onProgress: ((progress: CountProgress) => void) | undefined
}

/** What a stage gives to whom: project → amount. */
export function awardsOf({ costs }: Contest, stage: Stage): Map<number, number> {
  const inFull = (projects: readonly number[]) => new Map(projects.map((project) => [project, costs[project] as number]))
  switch (stage.kind) {
    case 'walk':
      return new Map(stage.walk.rows.filter(isFundedRow).map(({ project, leftBefore, leftAfter }) => [project, leftBefore - leftAfter]))
    case 'equal-shares':
      return inFull(stage.outcome.funded)
    case 'phragmen':
      return inFull(stage.run.purchases.map(({ project }) => project))
    case 'best-set':
      return inFull(stage.outcome.funded)
    case 'remainder':
      return new Map(stage.remainder === null ? [] : [[stage.remainder.project, stage.remainder.amount]])
  }
}

/** What all stages give together. */
export function allAwards(contest: Contest, stages: readonly Stage[]): Map<number, number> {
  return new Map(stages.flatMap((stage) => [...awardsOf(contest, stage)]))
}

/** Ties of a stage. */
export function tiesOf(stage: Stage): readonly TieMet[] {
  if (stage.kind === 'walk') return stage.walk.ties
  if (stage.kind === 'equal-shares') return stage.outcome.ties
  return stage.kind === 'phragmen' ? stage.run.ties : []
}

const COMPLETION: WalkRule = { measure: 'votes', onMisfit: 'skip' }

function spentBy(contest: Contest, stages: readonly Stage[]): number {
  return [...allAwards(contest, stages).values()].reduce((sum, amount) => sum + amount, 0)
}

function walkOn(contest: Contest, rule: WalkRule, before: readonly Stage[]): Stage {
  const awards = allAwards(contest, before)
  const start = { left: contest.budget - spentBy(contest, before), funded: [...awards.keys()] }
  const open = contest.costs.map((_cost, project) => project).filter((project) => !awards.has(project))
  return { kind: 'walk', rule, start, walk: walk(contest, open, rule, start) }
}

function playMethod(contest: Contest, plan: RulePlan, { step, onProgress }: PlayOptions): Stage[] {
  switch (plan.method) {
    case 'walk':
      return [walkOn(contest, plan.walk, [])]
    case 'equal-shares': {
      const electorate = layOut(contest.election)
      const outcome = raiseEndowments(contest, electorate, plan.utility, { raising: plan.raising, step, onProgress })
      const stage: Stage = { kind: 'equal-shares', utility: plan.utility, electorate, outcome }
      return plan.isCompleted ? [stage, walkOn(contest, COMPLETION, [stage])] : [stage]
    }
    case 'phragmen':
      return [{ kind: 'phragmen', run: runPhragmen(contest, plan.onMisfit) }]
    case 'best-set':
      return [{ kind: 'best-set', measure: plan.welfare, outcome: maximiseWelfare(contest, plan.welfare) }]
  }
}

/** Plays a rule from the first stage to the last. */
export function play(contest: Contest, plan: RulePlan, options: PlayOptions): Stage[] {
  const stages = playMethod(contest, plan, options)
  if (!options.remainderOffer) return stages
  const left = contest.budget - spentBy(contest, stages)
  const funded = new Set(allAwards(contest, stages).keys())
  return [...stages, { kind: 'remainder', left, remainder: offerRemainder(contest, funded, left) }]
}
