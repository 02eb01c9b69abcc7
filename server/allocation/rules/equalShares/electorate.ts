import type { Election } from '../election.ts'

/** Who supports what, in flat arrays: a count reads it hundreds of thousands of times. Ballots are the distinct ones. */
export interface Electorate {
  /** How many people cast each ballot. */
  readonly weights: Float64Array
  /** Ballot b names `named[namedFrom[b]] … named[namedFrom[b + 1] - 1]`, each with the points beside it. */
  readonly namedFrom: Int32Array
  readonly named: Int32Array
  readonly namedPoints: Float64Array
  /** Project p is given points by `supporters[from[p]] … supporters[from[p + 1] - 1]`; ballots that give it none are left out. */
  readonly from: Int32Array
  readonly supporters: Int32Array
  readonly points: Float64Array
  /** Points of all supporters of a project together. */
  readonly totalPoints: Float64Array
  readonly mostPoints: number
  /** Bits of the whole numbers that approximate amounts (decision 0016). Fewer change nothing but how often fractions are asked. */
  readonly mostBits: number
}

/** Sums of whole numbers of so many bits, and of their slack, are exact in a double. */
const MOST_BITS = 52

function rowStarts(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1)
  for (const [row, length] of lengths.entries()) starts[row + 1] = (starts[row] as number) + length
  return starts
}

/** Lays the ballots out by ballot and by project. */
export function layOut({ projects, ballots }: Election, mostBits = MOST_BITS): Electorate {
  const namedFrom = rowStarts(ballots.map((ballot) => ballot.projects.length))
  const counts = projects.map(() => 0)
  for (const ballot of ballots) {
    for (const [index, project] of ballot.projects.entries()) {
      if ((ballot.points[index] as number) > 0) counts[project] = (counts[project] as number) + 1
    }
  }
  const from = rowStarts(counts)
  const [supporters, points] = [new Int32Array(from.at(-1) as number), new Float64Array(from.at(-1) as number)]
  const totalPoints = new Float64Array(projects.length)
  const next = from.slice()
  for (const [b, ballot] of ballots.entries()) {
    for (const [index, project] of ballot.projects.entries()) {
      const given = ballot.points[index] as number
      if (given === 0) continue
      const slot = next[project] as number
      next[project] = slot + 1
      supporters[slot] = b
      points[slot] = given
      totalPoints[project] = (totalPoints[project] as number) + given * ballot.count
    }
  }
  return {
    weights: Float64Array.from(ballots, ({ count }) => count),
    namedFrom,
    named: Int32Array.from(ballots.flatMap((ballot) => ballot.projects)),
    namedPoints: Float64Array.from(ballots.flatMap((ballot) => ballot.points)),
    from,
    supporters,
    points,
    totalPoints,
    mostPoints: points.reduce((most, given) => Math.max(most, given), 1),
    mostBits,
  }
}
