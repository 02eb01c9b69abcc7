import type { ElectionDistrict } from '../elections/contract.ts'
import type { PassedOn, PassOnScope } from './contract.ts'
import { awardsOf, type CountedAward, countWithReasons, type DecidingCount, optionsOf, type StoredOutcome } from './districtCount.ts'
import { countElection } from './rules/count.ts'
import type { Election } from './rules/election.ts'
import { awardKnockOut } from './rules/knockOutAwards.ts'
import { withoutProjects } from './rules/withoutProjects.ts'

export interface PassedMoney {
  readonly awards: readonly CountedAward[]
  readonly how: PassedOn['how']
  /** The count that decided, and what was counted; null where no ballots decide. */
  readonly decided: { readonly scope: PassOnScope; readonly election: Election; readonly count: DecidingCount } | null
}

interface Standing {
  readonly awards: readonly CountedAward[]
  readonly election: Election | null
  readonly outcome: Pick<StoredOutcome, 'knockOut' | 'withoutProjectIds'>
}

const amountIn = (awards: readonly CountedAward[], id: string) => awards.find(({ projectId }) => projectId === id)?.amountDkk ?? 0
const sumOf = (awards: readonly CountedAward[]) => awards.reduce((sum, { amountDkk }) => sum + amountDkk, 0)

/** New awards in the order of a result: what somebody had keeps its name, what is new was passed on. */
function named(kept: readonly CountedAward[], after: readonly CountedAward[]): CountedAward[] {
  return after.map((award) => {
    const before = kept.find(({ projectId }) => projectId === award.projectId)
    return before?.amountDkk === award.amountDkk ? before : { ...award, source: 'passed-on' as const }
  })
}

const howOf = (kept: readonly CountedAward[], awards: readonly CountedAward[], how: PassedOn['how']) =>
  sumOf(awards) > sumOf(kept) ? how : 'nobody'

/** The losers alone, with what the others leave: nobody who was promised money loses it. */
function nextInLine({ settings, shareDkk }: ElectionDistrict, election: Election, kept: readonly CountedAward[]) {
  const ids = kept.map(({ projectId }) => projectId)
  const rivals = election.exclusivePairs.flatMap((pair) => (pair.some((id) => ids.includes(id)) ? pair : []))
  const losers = { ...withoutProjects(election, [...new Set([...ids, ...rivals])]), budget: shareDkk - sumOf(kept) }
  const rule = settings.rule === 'greedy_cost-noskip' ? settings.rule : 'greedy_cost'
  const count = countElection(losers, rule, optionsOf(settings))
  return { awards: [...kept, ...awardsOf(losers, count)], count }
}

function passBallotMoney(
  district: ElectionDistrict,
  whole: Election,
  kept: readonly CountedAward[],
  without: readonly string[],
): PassedMoney {
  const election = withoutProjects(whole, without)
  const count = countWithReasons(election, district.settings.rule, optionsOf(district.settings))
  const recounted = awardsOf(election, count)
  if (kept.every(({ projectId, amountDkk }) => amountIn(recounted, projectId) >= amountDkk)) {
    return { awards: named(kept, recounted), how: howOf(kept, recounted, 'recounted'), decided: { scope: 'all', election, count } }
  }
  const { awards, count: among } = nextInLine(district, election, kept)
  const decided = { scope: 'losers', election, count: { ...among, selected: awards.map(({ projectId }) => projectId) } } as const
  return { awards: named(kept, awards), how: howOf(kept, awards, 'next-in-line'), decided }
}

function passMeetingMoney(
  district: ElectionDistrict,
  rounds: NonNullable<StoredOutcome['knockOut']>,
  kept: readonly CountedAward[],
  without: readonly string[],
): PassedMoney {
  const last = rounds.at(-1)
  const won = last?.standing.map(({ projectId }) => projectId).filter((id) => !last.out.includes(id)) ?? []
  const order = [...won, ...rounds.toReversed().flatMap(({ out }) => out)].filter((id) => !without.includes(id))
  const candidates = district.lines.map(({ projectId, costDkk, smallestUsefulDkk }) => ({
    id: projectId,
    cost: costDkk,
    smallestUseful: smallestUsefulDkk,
  }))
  const { remainderOffer } = district.settings
  const pairs = district.exclusivePairs.map(({ projectIds }) => projectIds)
  const after = awardKnockOut(district.shareDkk, candidates, order, { winners: won.length, remainderOffer, pairs }).map(
    ({ projectId, amount }) => ({ projectId, amountDkk: amount, source: 'passed-on' as const }),
  )
  const isKept = kept.every(({ projectId, amountDkk }) => amountIn(after, projectId) >= amountDkk)
  const awards = isKept ? named(kept, after) : [...kept]
  return { awards, how: howOf(kept, awards, 'recounted'), decided: null }
}

/**
 * Where the money of a winner goes that cannot be built: the published rule is run again as if the project had not been on
 * the ballot. Should that take money from another winner, the others keep theirs and the money goes down the list of the losers.
 * What a meeting agreed on has no rule to pass it on by: it stays in the district's share.
 */
export function passMoneyOn(district: ElectionDistrict, { awards, election, outcome }: Standing, projectId: string): PassedMoney {
  const without = [...outcome.withoutProjectIds, projectId]
  const kept = awards.filter((award) => award.projectId !== projectId)
  if (election !== null) return passBallotMoney(district, election, kept, without)
  if (outcome.knockOut !== null) return passMeetingMoney(district, outcome.knockOut, kept, without)
  return { awards: kept, how: 'nobody', decided: null }
}
