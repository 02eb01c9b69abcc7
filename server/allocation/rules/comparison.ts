import type { Election } from './election.ts'

/** How the voters see two outcomes: by the points they gave to what is funded. */
export interface Preference {
  readonly preferFirst: number
  readonly preferSecond: number
  readonly indifferent: number
}

function pointsIn(funded: ReadonlySet<number>, projects: readonly number[], points: readonly number[]): number {
  return projects.reduce((sum, project, index) => sum + (funded.has(project) ? (points[index] as number) : 0), 0)
}

function placesOf({ projects }: Election, ids: readonly string[]): Set<number> {
  const wanted = new Set(ids)
  return new Set(projects.flatMap(({ id }, place) => (wanted.has(id) ? [place] : [])))
}

/**
 * Counts who prefers which of two outcomes, given by ids; blank ballots are indifferent. Information: as a decision it gives
 * any cohesive majority the last word.
 * @source the comparison step of Wieliczka 2023
 */
export function compareOutcomes(election: Election, first: readonly string[], second: readonly string[]): Preference {
  const [one, other] = [placesOf(election, first), placesOf(election, second)]
  let [preferFirst, preferSecond, indifferent] = [0, 0, election.blankBallots]
  for (const { projects, points, count } of election.ballots) {
    const difference = pointsIn(one, projects, points) - pointsIn(other, projects, points)
    if (difference > 0) preferFirst += count
    else if (difference < 0) preferSecond += count
    else indifferent += count
  }
  return { preferFirst, preferSecond, indifferent }
}

/** How many ballots name so many of the funded projects: entry 0 those that got nothing, blank ones left out. */
export function fundedPerBallot(election: Election, funded: readonly string[]): number[] {
  const places = placesOf(election, funded)
  const histogram: number[] = [0]
  for (const { projects, count } of election.ballots) {
    const got = projects.filter((project) => places.has(project)).length
    while (histogram.length <= got) histogram.push(0)
    histogram[got] = (histogram[got] as number) + count
  }
  return histogram
}
