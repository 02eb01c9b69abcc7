import type { Rational } from '../rational.ts'
import type { TieMet } from '../ties.ts'
import type { Utility } from './price.ts'
import type { Purses } from './purses.ts'
import type { EqualSharesRun, Onlooker, Winner } from './run.ts'

/** Where the winner stands in a structure; ballots are written as 0 and 1. */
const WINNER = 2

/**
 * Notes the structure of a run: who wins each round, who of the winner's supporters gives all he holds, and who of every other
 * candidate's would at the winner's rate.
 *
 * Why two runs of one structure, and with the same ties, tell all runs at endowments between them (decision 0016): round by
 * round every purse and every price is the same affine function of the endowment in both. That a ballot is poor at the
 * winner's rate or is not, that the winner's rate is better than a candidate's or equal to it, and that nobody can pay for
 * what is left at the end, are each signs of affine functions then, and what an affine function is at both ends it is between.
 */
export class StructureNotes implements Onlooker {
  readonly notes: number[] = []
  readonly #costs: readonly number[]
  readonly #utility: Utility

  constructor(costs: readonly number[], utility: Utility) {
    this.#costs = costs
    this.#utility = utility
  }

  beforePurchase(purses: Purses, { project: winner, rate, isPoor }: Winner): void {
    const { from, supporters } = purses.electorate
    this.notes.push(WINNER + winner)
    for (let slot = from[winner] as number; slot < (from[winner + 1] as number); slot += 1) {
      const ballot = supporters[slot] as number
      this.notes.push(purses.isEmpty[ballot] || isPoor[ballot] ? 1 : 0)
    }
    for (const [project, cost] of this.#costs.entries()) {
      if (project === winner || (purses.turns[project] as number) >= 0) continue
      this.#note(purses, project, { ...rate, numerator: this.#utility === 'cost' ? rate.numerator * BigInt(cost) : rate.numerator })
    }
  }

  afterPurchase(): void {}
  atEnd(): void {}

  /** Notes who of a project's supporters holds less than a price per point. */
  #note(purses: Purses, project: number, price: Rational): void {
    const { from, supporters, points } = purses.electorate
    const scaled = purses.floorOf(price)
    for (let slot = from[project] as number; slot < (from[project + 1] as number); slot += 1) {
      const [ballot, each] = [supporters[slot] as number, points[slot] as number]
      const floor = purses.floors[ballot] as number
      const isSurelyPoor = purses.isEmpty[ballot] || floor + purses.slack < scaled * each
      const isSurelyRich = floor >= (scaled + 1) * each
      if (isSurelyPoor || isSurelyRich) this.notes.push(isSurelyPoor ? 1 : 0)
      else {
        const held = purses.held(ballot) * price.denominator
        this.notes.push(held < BigInt(each) * price.numerator * purses.ledger.denominator ? 1 : 0)
      }
    }
  }
}

/** A run with its structure; null where it was not noted. */
export interface NotedRun {
  readonly run: EqualSharesRun
  readonly structure: readonly number[] | null
}

/** Whether all runs at endowments between two are alike: same structure, same ties. */
export function areAlike(one: NotedRun, other: NotedRun): boolean {
  const [a, b] = [one.structure, other.structure]
  if (a === null || b === null || a.length !== b.length) return false
  return a.every((note, index) => note === b[index]) && haveSameTies(one.run.ties, other.run.ties)
}

/** Whether two lists of ties are the same but for the runs they were met in. */
export function haveSameTies(a: readonly TieMet[], b: readonly TieMet[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ step, projects }, index) => step === b[index]?.step && projects.join() === b[index]?.projects.join())
  )
}
