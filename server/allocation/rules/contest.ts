import { countNaming, type Election, scoresOf } from './election.ts'
import { compareCodePoints, placesIn, TieBreaker, type TieOrder } from './ties.ts'

/**
 * Who may be funded and who shares the pool. `house`: at least one vote is needed, blank ballots hold no share, projects
 * dearer than the pool are out, free projects with a vote are in. `reference`: as the published literature and its tools.
 */
export type Practice = 'house' | 'reference'

export interface ContestOptions {
  readonly tie: TieOrder
  readonly practice?: Practice
  /** Votes (or points) without which a project is never funded. */
  readonly minScore?: number
}

/** An election made ready for a rule: who takes part, with what score, and how ties fall. Projects are named by their place. */
export interface Contest {
  readonly election: Election
  readonly practice: Practice
  readonly minScore: number
  readonly budget: number
  readonly costs: readonly number[]
  readonly scores: readonly number[]
  /** Ballots among which Equal Shares divides the pool. */
  readonly sharers: number
  /** For each project those that cannot be funded beside it. */
  readonly rivals: readonly (readonly number[])[]
  readonly ties: TieBreaker
}

function rivalsOf({ projects, exclusivePairs }: Election): number[][] {
  const places = new Map(projects.map(({ id }, place) => [id, place]))
  const rivals: number[][] = projects.map(() => [])
  for (const pair of exclusivePairs) {
    const [a, b] = pair.map((id) => places.get(id) as number) as [number, number]
    rivals[a]?.push(b)
    rivals[b]?.push(a)
  }
  return rivals
}

function lotPlaces({ projects, lot }: Election, tie: TieOrder): number[] {
  if (!tie.includes('lot')) return []
  const places = new Map((lot ?? []).map((id, place) => [id, place]))
  if (places.size !== projects.length || lot?.length !== projects.length) throw new RangeError('a lot must name every project once')
  return projects.map(({ id }) => places.get(id) as number)
}

/** Makes an election ready for a rule. @errors RangeError when ties are to fall by lot and the lot does not name every project once */
export function prepareContest(election: Election, { tie, practice = 'house', minScore }: ContestOptions): Contest {
  const { projects, blankBallots, budget } = election
  const scores = scoresOf(election)
  const costs = projects.map(({ cost }) => cost)
  const inOrderOfIds = projects.map((_project, place) => place).sort((a, b) => compareCodePoints(idAt(election, a), idAt(election, b)))
  const naming = countNaming(election)
  return {
    election,
    practice,
    minScore: practice === 'house' ? Math.max(1, minScore ?? 1) : (minScore ?? 0),
    budget,
    costs,
    scores,
    sharers: practice === 'house' ? naming : naming + blankBallots,
    rivals: rivalsOf(election),
    ties: new TieBreaker(tie, { costs, scores, byId: placesIn(inOrderOfIds), byLot: lotPlaces(election, tie) }),
  }
}

/** The id of a project by its place. */
export function idAt({ projects }: Election, place: number): string {
  return projects[place]?.id as string
}

/** Whether a project may be funded at all: enough votes, and in the house not dearer than the pool. */
export function isAdmitted({ costs, scores, minScore, practice, budget }: Contest, project: number): boolean {
  return (scores[project] as number) >= minScore && (practice === 'reference' || (costs[project] as number) <= budget)
}

/** Every project that may be funded, in the order of the list. */
export function admittedOf(contest: Contest): number[] {
  return contest.costs.map((_cost, project) => project).filter((project) => isAdmitted(contest, project))
}

/** Those of the admitted that somebody gave a point: only they can be paid for by supporters. */
export function supportedOf(contest: Contest): number[] {
  return admittedOf(contest).filter((project) => (contest.scores[project] as number) > 0)
}

/** The funded project that excludes this one; null when none does. */
export function excluderOf({ rivals }: Contest, project: number, isFunded: (project: number) => boolean): number | null {
  return rivals[project]?.find(isFunded) ?? null
}

/** One project with another cost, or with more ballots that name it alone, all else equal. */
export interface Change {
  readonly project: number
  readonly cost?: number
  readonly moreVotes?: number
}

/** The contest as it would be after a change. The pool is not divided among more ballots by it. */
export function withChange(contest: Contest, { project, cost, moreVotes = 0 }: Change): Contest {
  const costs = contest.costs.with(project, cost ?? (contest.costs[project] as number))
  const scores = contest.scores.with(project, (contest.scores[project] as number) + moreVotes)
  return { ...contest, costs, scores, ties: contest.ties.with({ costs, scores }) }
}
