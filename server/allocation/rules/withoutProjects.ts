import { BallotBox } from './ballots.ts'
import type { Election } from './election.ts'

/** The election as if some projects had never been on the ballot: ballots that named nothing else become blank. */
export function withoutProjects(election: Election, ids: readonly string[]): Election {
  const projects = election.projects.filter(({ id }) => !ids.includes(id))
  const newPlaces = new Map(projects.map(({ id }, place) => [id, place]))
  const box = new BallotBox()
  let { blankBallots } = election
  for (const { projects: named, points, count } of election.ballots) {
    const kept = named
      .map((project, index) => ({ place: newPlaces.get(election.projects[project]?.id as string), given: points[index] as number }))
      .filter((choice): choice is { place: number; given: number } => choice.place !== undefined)
    if (kept.length === 0) {
      blankBallots += count
      continue
    }
    const record = box.recordOf(
      kept.map(({ place }) => place),
      kept.map(({ given }) => given),
    )
    record.count += count
  }
  return {
    ...election,
    projects,
    ballots: box.records(),
    blankBallots,
    exclusivePairs: election.exclusivePairs.filter((pair) => !pair.some((id) => ids.includes(id))),
    lot: election.lot?.filter((id) => !ids.includes(id)) ?? null,
  }
}
