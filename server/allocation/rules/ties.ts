/** What may tell tied projects apart; of `lexico` and `lot` no two projects are ever equal. */
export const TIE_CRITERIA = ['min-cost', 'max-votes', 'lexico', 'lot'] as const
export type TieCriterion = (typeof TIE_CRITERIA)[number]

/** Criteria in the order they are asked; the last one decides whatever is left. */
export type TieOrder = readonly TieCriterion[]

/** A step in which two or more projects were exactly equal by the rule. */
export interface TieMet {
  /** Increments of the first and the last of the runs in a row that met it, for Equal Shares that tries several endowments; else 0. */
  readonly fromRun: number
  readonly toRun: number
  /** Purchase or rank, from 1. */
  readonly step: number
  /** The tied projects, first the one that went first. */
  readonly projects: readonly number[]
  /** The criterion without which it would have stayed open. */
  readonly criterion: TieCriterion
}

/** Whether a string sorts before (< 0) another by Unicode code points, so that "10" comes before "9". */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Reads `min-cost,max-votes,lexico` and the like; null unless every word is known, named once and the last one decides. */
export function parseTieOrder(text: string): TieOrder | null {
  const words = text.split(',').map((word) => word.trim())
  const isKnown = words.every((word) => (TIE_CRITERIA as readonly string[]).includes(word))
  const decides = ['lexico', 'lot'].includes(words.at(-1) ?? '')
  return isKnown && decides && new Set(words).size === words.length ? (words as TieCriterion[]) : null
}

/** What ties are broken by: smaller first in each. */
export interface TieKeys {
  readonly costs: readonly number[]
  readonly scores: readonly number[]
  /** Place of each project among the ids in code point order. */
  readonly byId: readonly number[]
  /** Place of each project in the published lot. */
  readonly byLot: readonly number[]
}

/** Breaks ties between projects of one election. */
export class TieBreaker {
  readonly order: TieOrder
  readonly #keys: TieKeys

  constructor(order: TieOrder, keys: TieKeys) {
    this.order = order
    this.#keys = keys
  }

  #by(criterion: TieCriterion, a: number, b: number): number {
    const { costs, scores, byId, byLot } = this.#keys
    const difference = (values: readonly number[]) => (values[a] as number) - (values[b] as number)
    if (criterion === 'max-votes') return -difference(scores)
    return difference({ 'min-cost': costs, lexico: byId, lot: byLot }[criterion])
  }

  /** Whether a project goes before (< 0) or after another. */
  compare(a: number, b: number): number {
    for (const criterion of this.order) {
      const difference = this.#by(criterion, a, b)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** The last criterion that was needed to put neighbours of a sorted list apart. */
  deciding(sorted: readonly number[]): TieCriterion {
    const needed = sorted
      .slice(1)
      .map((project, index) => this.order.findIndex((criterion) => this.#by(criterion, sorted[index] as number, project) !== 0))
    return this.order[Math.max(0, ...needed)] as TieCriterion
  }

  /** The criterion that put the first of some tied projects before each of the others. */
  decidingFirst([first, ...others]: readonly number[]): TieCriterion {
    const needed = others.map((other) => this.order.findIndex((criterion) => this.#by(criterion, first as number, other) !== 0))
    return this.order[Math.max(0, ...needed)] as TieCriterion
  }

  /** The same order where some projects cost or score something else. */
  with(change: Pick<TieKeys, 'costs' | 'scores'>): TieBreaker {
    return new TieBreaker(this.order, { ...this.#keys, ...change })
  }
}

/** Place of each project when all are sorted: the inverse of the order. */
export function placesIn(order: readonly number[]): number[] {
  const places: number[] = order.map(() => 0)
  for (const [place, project] of order.entries()) places[project] = place
  return places
}
