import type { StopReason } from './equalShares/addOne.ts'
import type { Utility } from './equalShares/price.ts'
import type { Enough, WalkMeasure } from './greedy.ts'
import type { TieCriterion } from './ties.ts'

/*
 * What is published beside a result, as plain data. Projects by id, amounts in currency. Kinds are named so that a page can
 * word them; nothing here is a sentence. What is virtual (payments, money behind a project, effective votes) is rounded to six
 * decimals from the exact fraction; whole amounts are exact.
 */

export interface TieReport {
  /** The stage of the count that met it. */
  readonly stage: StageKind
  /** Increments of the first and the last of the runs in a row that met it; 0 where there is but one run. */
  readonly fromRun: number
  readonly toRun: number
  readonly step: number
  /** First the one that went first. */
  readonly projects: readonly string[]
  readonly criterion: TieCriterion
}

export type StageKind = 'walk' | 'equal-shares' | 'phragmen' | 'best-set' | 'remainder'

export type WalkVerdict =
  | { readonly kind: 'funded' }
  | { readonly kind: 'did-not-fit'; readonly missing: number }
  | { readonly kind: 'after-stop'; readonly stoppedBy: string }
  | { readonly kind: 'excluded'; readonly by: string }
  | { readonly kind: 'topped-up'; readonly otherMoney: number }

export interface WalkLine {
  readonly rank: number
  readonly projectId: string
  readonly votes: number
  readonly cost: number
  readonly leftBefore: number
  readonly leftAfter: number
  readonly verdict: WalkVerdict
}

/** Where a project stands that is not bought: before the purchase of the round, and what its supporters hold after it. */
export interface Standing {
  readonly projectId: string
  /** Cost over price per point; null where its supporters cannot pay any more. */
  readonly effectiveVotes: number | null
  readonly supporterPays: number | null
  readonly moneyLeft: number
}

export interface EqualSharesRound {
  readonly round: number
  readonly projectId: string
  readonly cost: number
  readonly effectiveVotes: number
  /** Per point, unless all he holds is less. */
  readonly supporterPays: number
  /** Ballots that pay something, and those among them that give all they hold. */
  readonly payers: number
  readonly payersOfAll: number
  readonly standings: readonly Standing[]
}

export type StageRecord =
  | { readonly kind: 'walk'; readonly measure: WalkMeasure; readonly left: number; readonly lines: readonly WalkLine[] }
  | {
      readonly kind: 'equal-shares'
      readonly utility: Utility
      readonly increments: number
      readonly endowment: number
      readonly stop: StopReason
      readonly free: readonly string[]
      readonly rounds: readonly EqualSharesRound[]
    }
  | {
      readonly kind: 'phragmen'
      readonly rounds: readonly { readonly round: number; readonly projectId: string; readonly time: number; readonly left: number }[]
    }
  | { readonly kind: 'best-set'; readonly welfare: number; readonly isUniqueOptimum: boolean }
  | { readonly kind: 'remainder'; readonly left: number; readonly projectId: string | null }

/** Where the money of a project's supporters went instead. */
export interface SpentElsewhere {
  readonly projectId: string
  readonly amount: number
  /** Its supporters' ballots that paid. */
  readonly ballots: number
}

/** Why a project is funded, or is not. */
export type Reason =
  | { readonly kind: 'fits'; readonly rank: number }
  | { readonly kind: 'topped-up'; readonly rank: number; readonly otherMoney: number }
  | { readonly kind: 'free' }
  | { readonly kind: 'bought'; readonly round: number; readonly effectiveVotes: number }
  | { readonly kind: 'earned'; readonly round: number }
  | { readonly kind: 'in-best-set' }
  | { readonly kind: 'given-remainder'; readonly amount: number }
  | { readonly kind: 'too-few-votes'; readonly votes: number; readonly needed: number }
  | { readonly kind: 'over-pool'; readonly cost: number; readonly pool: number }
  | { readonly kind: 'excluded'; readonly by: string }
  | { readonly kind: 'did-not-fit'; readonly cost: number; readonly left: number; readonly missing: number }
  | { readonly kind: 'after-stop'; readonly stoppedBy: string }
  | {
      readonly kind: 'supporters-short'
      readonly cost: number
      readonly moneyAtStart: number
      readonly moneyLeft: number
      readonly missing: number
      readonly spentOn: readonly SpentElsewhere[]
    }
  | { readonly kind: 'outweighed' }

/** What became of a project. */
export interface ProjectOutcome {
  readonly projectId: string
  readonly votes: number
  readonly cost: number
  /** Null for losers. */
  readonly award: number | null
  /** One per stage that decided about it, in their order; the last one stands. */
  readonly reasons: readonly Reason[]
  /** What would have been enough for a loser with all else equal, the cost in currency; null for winners, and where `addEnough` was not asked. */
  readonly enough: Enough | null
}

export interface Transcript {
  readonly pool: number
  readonly ballots: number
  readonly blankBallots: number
  /** Ballots among which Equal Shares divides the pool. */
  readonly sharers: number
  readonly stages: readonly StageRecord[]
  readonly projects: readonly ProjectOutcome[]
}
