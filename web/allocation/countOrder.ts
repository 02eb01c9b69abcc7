import type { Count, CountOptions } from '../../server/allocation/rules/count.ts'
import type { Election } from '../../server/allocation/rules/election.ts'
import type { CountProgress } from '../../server/allocation/rules/equalShares/addOne.ts'
import type { PbFault, PbWarning } from '../../server/allocation/rules/pb/faults.ts'
import type { RuleName } from '../../server/allocation/rules/ruleNames.ts'

/** What is to be counted: the text of a .pb file, or an election that is at hand. */
export type CountSource = { readonly pb: string } | { readonly election: Election }

export interface CountOrder {
  readonly source: CountSource
  readonly rule: RuleName
  readonly options: Omit<CountOptions, 'onProgress'>
  /** Whether a file's own words on ties, fewest votes, steps and the remainder go before the options: for a file that nobody here wrote. */
  readonly asWritten?: boolean
  /** Whether to find out, by counting again and again, what would have been enough for every loser; needs a transcript. */
  readonly withEnough?: boolean
}

/** An election without its ballots: what was to be voted on. */
export type ElectionFrame = Omit<Election, 'ballots' | 'blankBallots'>

/** What the page wants to know of a file beside its count, read where it is counted: a large one takes seconds to read. */
export interface CountedFile {
  readonly frame: ElectionFrame
  /** Ids of the projects, each with its title. */
  readonly titles: readonly (readonly [string, string])[]
  readonly warnings: readonly PbWarning[]
}

/** The outcome, or why the file is refused. `file` is null where an election was at hand. */
export type CountAnswer =
  | { readonly ok: true; readonly count: Count; readonly file: CountedFile | null }
  | { readonly ok: false; readonly fault: PbFault }

/** How far the work is: raising endowments, or asking for the losers what would have been enough. */
export type WorkProgress =
  | ({ readonly kind: 'raising' } & CountProgress)
  | { readonly kind: 'asking'; readonly done: number; readonly of: number }

/** What the worker sends. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: WorkProgress }
  | { readonly kind: 'answer'; readonly answer: CountAnswer }
  | { readonly kind: 'failed'; readonly message: string }
