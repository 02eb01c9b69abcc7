import { admittedOf, type Contest } from './contest.ts'
import { type BestPacking, type Item, packBest } from './knapsack.ts'

/** What is added up: points (card) or points times cost (cost). */
export type Welfare = 'cost' | 'card'

export interface WelfareOutcome {
  readonly funded: readonly number[]
  /** The sum that no other set within the pool exceeds. */
  readonly welfare: number
  readonly isUniqueOptimum: boolean
}

interface Choice {
  readonly forced: readonly number[]
  readonly banned: ReadonlySet<number>
}

/** The best set that holds what is forced and nothing banned or excluded; null below `atLeast`. Branches on violated pairs. */
function bestSet(contest: Contest, items: readonly Item[], { forced, banned }: Choice, atLeast: number): BestPacking | null {
  const taken = items.filter(({ key }) => forced.includes(key))
  const room = contest.budget - taken.reduce((sum, { cost }) => sum + cost, 0)
  const value = taken.reduce((sum, item) => sum + item.value, 0)
  const isOpen = (key: number) => !forced.includes(key) && !banned.has(key) && !contest.rivals[key]?.some((rival) => forced.includes(rival))
  if (room < 0) return null
  const packed = packBest(
    items.filter(({ key }) => isOpen(key)),
    room,
    Math.max(0, atLeast - value),
  )
  if (packed === null) return null
  const best = { value: value + packed.value, items: [...taken, ...packed.items] }
  const keys = best.items.map(({ key }) => key)
  const clash = keys.find((key) => contest.rivals[key]?.some((rival) => keys.includes(rival)))
  if (clash === undefined) return best
  const rivals = (contest.rivals[clash] ?? []).filter((rival) => keys.includes(rival))
  const without = bestSet(contest, items, { forced, banned: new Set([...banned, clash]) }, atLeast)
  const other = bestSet(contest, items, { forced, banned: new Set([...banned, ...rivals]) }, Math.max(atLeast, without?.value ?? 0))
  return other === null || (without !== null && without.value >= other.value) ? without : other
}

/** Whether another set is worth as much: it would lack something of the first, since everything in the list is worth something. */
function isUnique(contest: Contest, items: readonly Item[], best: BestPacking): boolean {
  return best.items.every(({ key }) => bestSet(contest, items, { forced: [], banned: new Set([key]) }, best.value) === null)
}

/** Of several best sets the one that holds, in the order of ties, the first project that any of them holds, and so on. */
function firstByTies(contest: Contest, items: readonly Item[], { value }: BestPacking): number[] {
  const forced: number[] = []
  const banned = new Set<number>()
  for (const { key } of items.toSorted((a, b) => contest.ties.compare(a.key, b.key))) {
    const isPossible =
      !contest.rivals[key]?.some((rival) => forced.includes(rival)) &&
      bestSet(contest, items, { forced: [...forced, key], banned }, value) !== null
    if (isPossible) forced.push(key)
    else banned.add(key)
  }
  return forced
}

/**
 * The set within the pool that is worth most, exactly. In the house what is free and has a vote is in it even where it adds
 * nothing.
 * @source Talmon, Faliszewski: A Framework for Approval-Based Budgeting Methods, AAAI 2019; for research views only
 * @errors RangeError when values leave the whole numbers a double holds
 */
export function maximiseWelfare(contest: Contest, welfare: Welfare): WelfareOutcome {
  const { costs, scores, practice, budget } = contest
  const admitted = admittedOf(contest)
  const worthOf = (project: number) => (scores[project] as number) * (welfare === 'cost' ? (costs[project] as number) : 1)
  if (Math.max(0, ...scores) * (welfare === 'cost' ? Math.max(1, budget) : admitted.length) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('the pool times the points is too large')
  }
  const items = admitted
    .map((key): Item => ({ key, cost: costs[key] as number, value: worthOf(key) }))
    .filter(({ cost, value }) => value > 0 && cost <= budget)
  const best = bestSet(contest, items, { forced: [], banned: new Set() }, 0) as BestPacking
  const isUniqueOptimum = isUnique(contest, items, best)
  const chosen = isUniqueOptimum ? best.items.map(({ key }) => key) : firstByTies(contest, items, best)
  const isGift = (project: number) => practice === 'house' && costs[project] === 0 && (scores[project] as number) > 0
  const gifts: number[] = []
  for (const project of admitted.filter(isGift).sort((a, b) => contest.ties.compare(a, b))) {
    const isTaken = (other: number) => chosen.includes(other) || gifts.includes(other)
    if (!isTaken(project) && !contest.rivals[project]?.some(isTaken)) gifts.push(project)
  }
  return { funded: [...chosen, ...gifts], welfare: best.value, isUniqueOptimum }
}
