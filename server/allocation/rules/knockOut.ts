import { compareCodePoints, placesIn, TieBreaker, type TieCriterion, type TieOrder } from './ties.ts'

/** At a meeting ties fall by the lot that was drawn before the vote, and by nothing else. */
export const KNOCK_OUT_TIE: TieOrder = ['lot']

/** One ballot of a knock-out: the votes for each project still standing, and how many of them go on. */
export interface KnockOutBallot {
  readonly votes: readonly { readonly projectId: string; readonly votes: number }[]
  readonly goOn: number
}

export interface KnockOutRound {
  /** Everybody standing, most votes first. */
  readonly standing: readonly { readonly projectId: string; readonly votes: number }[]
  readonly goOn: readonly string[]
  readonly out: readonly string[]
  /** Projects with equally many votes on both sides of the line, and what told them apart. */
  readonly tie: { readonly projects: readonly string[]; readonly criterion: TieCriterion } | null
}

export type KnockOut =
  | { readonly ok: true; readonly rounds: readonly KnockOutRound[]; readonly winners: readonly string[] }
  | { readonly ok: false; readonly round: number; readonly reason: 'not-standing' | 'named-twice' | 'missing'; readonly projectId: string }
  | { readonly ok: false; readonly round: number; readonly reason: 'nobody-out' | 'not-a-number' }

export interface KnockOutProject {
  readonly id: string
  readonly cost: number
}

type Fault = Extract<KnockOut, { ok: false }>

function faultOf(round: number, standing: readonly string[], { votes, goOn }: KnockOutBallot): Fault | null {
  const named = votes.map(({ projectId }) => projectId)
  const stranger = named.find((projectId) => !standing.includes(projectId))
  if (stranger !== undefined) return { ok: false, round, reason: 'not-standing', projectId: stranger }
  const twice = named.find((projectId, index) => named.indexOf(projectId) !== index)
  if (twice !== undefined) return { ok: false, round, reason: 'named-twice', projectId: twice }
  const missing = standing.find((projectId) => !named.includes(projectId))
  if (missing !== undefined) return { ok: false, round, reason: 'missing', projectId: missing }
  const numbers = [goOn, ...votes.map(({ votes: number }) => number)]
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return { ok: false, round, reason: 'not-a-number' }
  return goOn >= 1 && goOn < standing.length ? null : { ok: false, round, reason: 'nobody-out' }
}

function playRound(
  projects: readonly KnockOutProject[],
  { votes, goOn }: KnockOutBallot,
  tie: TieOrder,
  lot: readonly string[],
): KnockOutRound {
  const votesOf = new Map(votes.map(({ projectId, votes: number }) => [projectId, number]))
  const scores = projects.map(({ id }) => votesOf.get(id) ?? 0)
  const places = projects.map((_project, place) => place)
  const idOf = (place: number) => projects[place]?.id as string
  const ties = new TieBreaker(tie, {
    costs: projects.map(({ cost }) => cost),
    scores,
    byId: placesIn(places.toSorted((a, b) => compareCodePoints(idOf(a), idOf(b)))),
    byLot: projects.map(({ id }) => lot.indexOf(id)),
  })
  const scoreOf = (place: number) => scores[place] as number
  const order = places.filter((place) => votesOf.has(idOf(place))).sort((a, b) => scoreOf(b) - scoreOf(a) || ties.compare(a, b))
  const [last, next] = [order[goOn - 1] as number, order[goOn] as number]
  const tied = scoreOf(last) === scoreOf(next) ? order.filter((place) => scoreOf(place) === scoreOf(last)) : []
  return {
    standing: order.map((place) => ({ projectId: idOf(place), votes: scoreOf(place) })),
    goOn: order.slice(0, goOn).map(idOf),
    out: order.slice(goOn).map(idOf),
    tie: tied.length === 0 ? null : { projects: tied.map(idOf), criterion: ties.deciding([last, next]) },
  }
}

/**
 * Knock-out ballots at a meeting: after each the projects with the fewest votes are out, and those left are voted on again.
 * Every ballot must name exactly the projects that stand.
 * @source the programme's own practice: Måløv 2018, three projects, then two, 40 to 31
 * @errors RangeError when ties are to fall by a lot that does not name every project
 */
export function runKnockOut(
  projects: readonly KnockOutProject[],
  ballots: readonly KnockOutBallot[],
  tie: TieOrder,
  lot: readonly string[] = [],
): KnockOut {
  if (tie.includes('lot') && !projects.every(({ id }) => lot.includes(id))) throw new RangeError('a lot must name every project once')
  let standing = projects.map(({ id }) => id)
  const rounds: KnockOutRound[] = []
  for (const [index, ballot] of ballots.entries()) {
    const fault = faultOf(index + 1, standing, ballot)
    if (fault !== null) return fault
    const round = playRound(projects, ballot, tie, lot)
    rounds.push(round)
    standing = [...round.goOn]
  }
  return { ok: true, rounds, winners: standing }
}
