import type { KnockOutRound } from './knockOut.ts'

/** What a project of a knock-out may get. @unit whole kroner */
export interface KnockOutCandidate {
  readonly id: string
  readonly cost: number
  readonly smallestUseful: number | null
}

export interface KnockOutAward {
  readonly projectId: string
  readonly amount: number
  /** True: not its cost but what was left. */
  readonly isRemainder: boolean
}

/** Everybody in the order the meeting left them: who won, then who fell last, and so on back to the first that fell. */
export function finishingOrder(rounds: readonly KnockOutRound[]): string[] {
  const last = rounds.at(-1)
  return last === undefined ? [] : [...last.goOn, ...rounds.toReversed().flatMap(({ out }) => out)]
}

/**
 * Pays the winners of a knock-out their cost in their order as far as the share goes. Where a remainder is offered, what is left
 * goes to the first in that order who declared before the vote that so little helps.
 * @source the programme's own practice: Skovlunde 2018, 220,000 in full and the remainder of 53,918
 */
export function awardKnockOut(
  share: number,
  candidates: readonly KnockOutCandidate[],
  order: readonly string[],
  { winners, remainderOffer, pairs }: { winners: number; remainderOffer: boolean; pairs: readonly (readonly [string, string])[] },
): KnockOutAward[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  const awards: KnockOutAward[] = []
  let left = share
  const isExcluded = (id: string) =>
    pairs.some((pair) => pair.includes(id) && awards.some(({ projectId }) => projectId !== id && pair.includes(projectId)))
  for (const id of order.slice(0, winners)) {
    const cost = byId.get(id)?.cost ?? 0
    if (cost > left || isExcluded(id)) continue
    awards.push({ projectId: id, amount: cost, isRemainder: false })
    left -= cost
  }
  const taker = order.find((id) => {
    const smallest = byId.get(id)?.smallestUseful ?? null
    return smallest !== null && smallest <= left && !isExcluded(id) && !awards.some(({ projectId }) => projectId === id)
  })
  if (remainderOffer && left > 0 && taker !== undefined) {
    awards.push({ projectId: taker, amount: Math.min(left, byId.get(taker)?.cost ?? 0), isRemainder: true })
  }
  return awards
}
