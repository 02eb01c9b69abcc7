/** Ballots of the same content, kept once with their number. */
export interface DistinctBallot {
  /** Places of the named projects in the election's list, ascending. */
  readonly projects: readonly number[]
  /** Points for each of them; 1 for a tick. */
  readonly points: readonly number[]
  /** How many people cast it. */
  readonly count: number
}

interface GrowingBallot extends DistinctBallot {
  count: number
}

/** Projects in the order of the list, each with its points. */
function inOrderOfList(projects: readonly number[], points: readonly number[]): readonly [readonly number[], readonly number[]] {
  if (projects.every((project, index) => index === 0 || (projects[index - 1] as number) < project)) return [projects, points]
  const order = projects.map((_project, index) => index).sort((a, b) => (projects[a] as number) - (projects[b] as number))
  return [order.map((index) => projects[index] as number), order.map((index) => points[index] as number)]
}

/** Gathers ballots by content: who ticks the same projects holds the same money at every step, so that one record is enough. */
export class BallotBox {
  readonly #records = new Map<string, GrowingBallot>()

  /** The record of a content, new with nobody in it; whoever counts a ballot adds one to its `count`. Order of naming is no content. */
  recordOf(projects: readonly number[], points: readonly number[]): { count: number } {
    const [sorted, given] = inOrderOfList(projects, points)
    const key = `${sorted.join()};${given.join()}`
    const known = this.#records.get(key)
    if (known !== undefined) return known
    const record = { projects: sorted, points: given, count: 0 }
    this.#records.set(key, record)
    return record
  }

  /** All records that somebody is in. */
  records(): DistinctBallot[] {
    return [...this.#records.values()].filter(({ count }) => count > 0)
  }
}
