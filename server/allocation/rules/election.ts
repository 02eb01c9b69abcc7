import { BallotBox, type DistinctBallot } from './ballots.ts'

/** A project on the ballot. */
export interface Project {
  readonly id: string
  /** @unit the election's units, kroner as a rule */
  readonly cost: number
  /** The smallest amount its proposer declared useful before the vote; null when nothing less than the cost helps. */
  readonly smallestUseful: number | null
}

/** Everything a count depends on besides the rule. All amounts are whole numbers of one unit. */
export interface Election {
  readonly budget: number
  /** Units in one krone (or dollar …): 1, or a power of ten in files with decimals. */
  readonly unitsPerCurrency: number
  readonly projects: readonly Project[]
  /** Ballots that name at least one project. */
  readonly ballots: readonly DistinctBallot[]
  readonly blankBallots: number
  /** Pairs of project ids of which at most one is funded. */
  readonly exclusivePairs: readonly (readonly [string, string])[]
  /** Order of all project ids, drawn in public before the vote; null when none was. */
  readonly lot: readonly string[] | null
}

/** One ballot as it was cast. */
export interface CastBallot {
  readonly projects: readonly string[]
  /** Points in the order of `projects`; a tick each where it is missing. */
  readonly points?: readonly number[]
}

/** What a caller knows of an election; everything else has its usual value. */
export interface ElectionInput {
  readonly budget: number
  readonly projects: readonly (Pick<Project, 'id' | 'cost'> & Partial<Project>)[]
  readonly ballots: readonly CastBallot[]
  readonly exclusivePairs?: readonly (readonly [string, string])[]
  readonly lot?: readonly string[] | null
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function placesOf(projects: readonly Pick<Project, 'id'>[]): Map<string, number> {
  const places = new Map(projects.map(({ id }, place) => [id, place]))
  if (places.size !== projects.length) throw new RangeError('project ids must differ')
  return places
}

/**
 * Puts an election together from ballots one by one, amounts in whole kroner.
 * @errors RangeError when an amount is no whole number ≥ 0, an id is unknown or named twice, or points do not match
 */
export function makeElection(input: ElectionInput): Election {
  const places = placesOf(input.projects)
  const amounts = input.projects.flatMap(({ cost, smallestUseful }) => [cost, smallestUseful ?? 0])
  if (![input.budget, ...amounts].every(isAmount)) throw new RangeError('amounts must be whole numbers ≥ 0')
  const placeOf = (id: string) => {
    const place = places.get(id)
    if (place === undefined) throw new RangeError(`unknown project ${id}`)
    return place
  }
  const box = new BallotBox()
  let blankBallots = 0
  for (const { projects, points = projects.map(() => 1) } of input.ballots) {
    if (new Set(projects).size !== projects.length) throw new RangeError('a ballot names a project twice')
    if (points.length !== projects.length || !points.every(isAmount)) throw new RangeError('points must be whole numbers ≥ 0, one each')
    if (projects.length === 0) blankBallots += 1
    else box.recordOf(projects.map(placeOf), points).count += 1
  }
  for (const id of [...(input.exclusivePairs ?? []).flat(), ...(input.lot ?? [])]) placeOf(id)
  return {
    budget: input.budget,
    unitsPerCurrency: 1,
    projects: input.projects.map(({ id, cost, smallestUseful = null }) => ({ id, cost, smallestUseful })),
    ballots: box.records(),
    blankBallots,
    exclusivePairs: input.exclusivePairs ?? [],
    lot: input.lot ?? null,
  }
}

/** Points of every project over all ballots, in the order of the list; with ticks its votes. */
export function scoresOf({ projects, ballots }: Election): number[] {
  const scores = projects.map(() => 0)
  for (const { projects: named, points, count } of ballots) {
    for (const [index, project] of named.entries()) scores[project] = (scores[project] as number) + (points[index] as number) * count
  }
  return scores
}

/** How many ballots name each project, in the order of the list. */
export function namingsOf({ projects, ballots }: Election): number[] {
  const namings = projects.map(() => 0)
  for (const ballot of ballots) for (const project of ballot.projects) namings[project] = (namings[project] as number) + ballot.count
  return namings
}

/** How many ballots name something. */
export function countNaming({ ballots }: Election): number {
  return ballots.reduce((sum, { count }) => sum + count, 0)
}
