import { type Contest, excluderOf, supportedOf } from '../contest.ts'
import type { Rational } from '../rational.ts'
import type { TieMet } from '../ties.ts'
import type { Electorate } from './electorate.ts'
import type { Utility } from './price.ts'
import { type EqualSharesRun, runEqualShares } from './run.ts'
import { areAlike, haveSameTies, type NotedRun, StructureNotes } from './structure.ts'

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
  /** Increments of the run just done; runs that are like their neighbours are passed over. */
  readonly increments: number
  /** What the last of them would spend, of the pool. */
  readonly spentShare: number
}

export interface Increments {
  readonly raising: Raising
  /** What is added to each endowment between runs. @unit the election's units */
  readonly step: number
  readonly onProgress?: ((progress: CountProgress) => void) | undefined
  /** Runs every endowment even where runs on both sides of it tell what it does; for tests. */
  readonly everyRun?: boolean
}

/** Up to so many entries on distinct ballots the structure of a run is noted: there runs are very many and mostly alike. */
const NOTED_UP_TO = 150

interface Attempt extends NotedRun {
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

/** Ties run by run, those that go on without a change in one entry. */
class TieLog {
  readonly entries: TieMet[] = []
  #last: readonly TieMet[] = []

  /** Adds the ties of all runs from one to another, which are alike. */
  add(ties: readonly TieMet[], fromRun: number, toRun: number): void {
    const before = this.entries.slice(this.entries.length - this.#last.length)
    const goesOn = before.length > 0 && before.at(-1)?.toRun === fromRun - 1 && haveSameTies(before, ties)
    if (goesOn) this.entries.length -= before.length
    this.#last = ties
    const begins = (index: number) => (goesOn ? (before[index]?.fromRun ?? fromRun) : fromRun)
    for (const [index, tie] of ties.entries()) this.entries.push({ ...tie, fromRun: begins(index), toRun })
  }
}

/**
 * How many increments to look ahead. Strides double while both ends are alike; an end that is not is a border which the next
 * ones keep below, until it is the very next increment.
 */
class Stride {
  length = 1
  #border = Number.POSITIVE_INFINITY

  /** The far end is not like the near one, and runs lie between. */
  shorten(far: number): void {
    this.#border = far
    this.length = Math.floor(this.length / 2)
  }

  /** The far end is the near one now. */
  goOn(near: number, isLike: boolean): void {
    if (near >= this.#border) this.#border = Number.POSITIVE_INFINITY
    this.length = Math.max(1, Math.min(isLike ? this.length * 2 : 1, this.#border - near - 1))
  }
}

/**
 * Equal Shares whose endowments are raised step by step, each run from scratch and in order: the outcome is not monotone in
 * the endowment, so that no run may be left out but those that provably are like their neighbours on both sides.
 * @source Add1 as Wieliczka, Świecie and Assen used it; equalshares.net, the method's public site
 */
export function raiseEndowments(contest: Contest, electorate: Electorate, utility: Utility, increments: Increments): EqualSharesOutcome {
  const { raising, step, onProgress, everyRun = false } = increments
  const isNoted = raising !== 'none' && !everyRun && electorate.supporters.length <= NOTED_UP_TO
  const attempt = (k: number): Attempt => {
    const notes = isNoted ? new StructureNotes(contest.costs, utility) : undefined
    const run = runEqualShares(contest, electorate, utility, endowmentOf(contest, k, step), notes)
    const funded = [...run.free, ...run.purchases.map(({ project }) => project)]
    const cost = funded.reduce((sum, project) => sum + (contest.costs[project] as number), 0)
    return { run, structure: notes?.notes ?? null, funded, cost }
  }
  const [log, stride] = [new TieLog(), new Stride()]
  const done = ({ run, cost }: Attempt, fromRun: number, toRun: number) => {
    log.add(run.ties, fromRun, toRun)
    onProgress?.({ increments: toRun, spentShare: contest.budget === 0 ? 1 : cost / contest.budget })
  }
  const outcome = ({ run, funded, cost }: Attempt, k: number, stop: StopReason) => ({
    run,
    funded,
    cost,
    increments: k,
    stop,
    ties: log.entries,
  })
  let [k, last] = [0, attempt(0)]
  done(last, 0, 0)
  for (;;) {
    const stop = reasonToStop(contest, last, raising)
    if (stop !== null) return outcome(last, k, stop)
    const far = k + stride.length
    const next = attempt(far)
    const isLike = areAlike(last, next)
    if (!isLike && far > k + 1) {
      stride.shorten(far)
      continue
    }
    done(next, k + 1, far)
    if (next.cost > contest.budget) return outcome(last, k, 'next-overspends')
    ;[k, last] = [far, next]
    stride.goOn(k, isLike)
  }
}
