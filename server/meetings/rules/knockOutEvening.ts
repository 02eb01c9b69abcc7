import {
  KNOCK_OUT_TIE,
  type KnockOutBallot,
  type KnockOutProject,
  type KnockOutRound,
  runKnockOut,
} from '../../allocation/rules/knockOut.ts'

export interface VotesFor {
  readonly projectId: string
  readonly votes: number
}

/** What a knock-out is played with: the district's projects, and their order in the lot. */
export interface KnockOutField {
  readonly projects: readonly KnockOutProject[]
  readonly lot: readonly string[]
}

/** The ballot of a district as a knock-out needs it. @unit whole kroner */
export function fieldOf(lines: readonly { projectId: string; costDkk: number; lotPlace: number }[]): KnockOutField {
  const byLot = lines.toSorted((a, b) => a.lotPlace - b.lotPlace)
  return {
    projects: lines.map(({ projectId, costDkk }) => ({ id: projectId, cost: costDkk })),
    lot: byLot.map(({ projectId }) => projectId),
  }
}

/**
 * How many go on from a round: one when two stood or one has more than half of all votes for a project, otherwise all but the
 * last. Blank votes are for nobody and do not count.
 */
export function goOnOf(votes: readonly VotesFor[]): number {
  const total = votes.reduce((sum, one) => sum + one.votes, 0)
  const hasMajority = votes.some((one) => 2 * one.votes > total)
  return votes.length <= 2 || hasMajority ? 1 : votes.length - 1
}

/** Who stands after the confirmed rounds, in the order of the ballot; one only when it is over. @errors RangeError when the rounds do not follow from each other */
export function standingAfter(field: KnockOutField, rounds: readonly KnockOutBallot[]): readonly string[] {
  const played = runKnockOut(field.projects, rounds, KNOCK_OUT_TIE, field.lot)
  if (!played.ok) throw new RangeError(`round ${played.round}: ${played.reason}`)
  return field.projects.map(({ id }) => id).filter((id) => played.winners.includes(id))
}

/** The next round with these votes, as it is confirmed and shown. @errors RangeError when the votes are not for those that stand */
export function playNext(field: KnockOutField, rounds: readonly KnockOutBallot[], votes: readonly VotesFor[]): KnockOutRound {
  const played = runKnockOut(field.projects, [...rounds, { votes, goOn: goOnOf(votes) }], KNOCK_OUT_TIE, field.lot)
  const last = played.ok ? played.rounds.at(-1) : undefined
  if (!played.ok || last === undefined) throw new RangeError(played.ok ? 'no round' : `round ${played.round}: ${played.reason}`)
  return last
}

/** Votes of one counter. */
export interface Counted {
  readonly votes: readonly VotesFor[]
  readonly blankVotes: number
}

/** Where two counts of one round differ, blank votes as null; none when they agree. */
export function differencesOf(first: Counted, second: Counted): { projectId: string | null; votes: [number, number] }[] {
  const votesIn = (count: Counted, projectId: string | null) =>
    projectId === null ? count.blankVotes : (count.votes.find((one) => one.projectId === projectId)?.votes ?? 0)
  return [...first.votes.map(({ projectId }) => projectId), null]
    .map((projectId) => ({ projectId, votes: [votesIn(first, projectId), votesIn(second, projectId)] as [number, number] }))
    .filter(({ votes: [a, b] }) => a !== b)
}

/** Whether a count names every project that stands, once, and no other. */
export function namesExactly(standing: readonly string[], votes: readonly VotesFor[]): boolean {
  const named = votes.map(({ projectId }) => projectId)
  return named.length === standing.length && standing.every((projectId) => named.includes(projectId))
}
