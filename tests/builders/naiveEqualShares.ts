import type { Election } from '../../server/allocation/rules/election.ts'
import { compareCodePoints } from '../../server/allocation/rules/ties.ts'

/*
 * Equal Shares as the rule is written down, one purse per person and every number a fraction: slow, and plain to see that it
 * is right. Shares no code with the counting but the order of ids.
 */

interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

function fraction(n: bigint, d: bigint): Fraction {
  const shared = gcd(n < 0n ? -n : n, d)
  return shared === 0n ? { n: 0n, d: 1n } : { n: n / shared, d: d / shared }
}

const plus = (a: Fraction, b: Fraction) => fraction(a.n * b.d + b.n * a.d, a.d * b.d)
const minus = (a: Fraction, b: Fraction) => fraction(a.n * b.d - b.n * a.d, a.d * b.d)
const times = (a: Fraction, b: Fraction) => fraction(a.n * b.n, a.d * b.d)
const over = (a: Fraction, b: Fraction) => fraction(a.n * b.d, a.d * b.n)
const isLess = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d
const least = (a: Fraction, b: Fraction) => (isLess(b, a) ? b : a)
const whole = (value: number): Fraction => ({ n: BigInt(value), d: 1n })

interface Person {
  purse: Fraction
  /** Points by project. */
  readonly points: ReadonlyMap<number, number>
}

/** The smallest ρ with Σ min(purse, ρ · utility) = cost; null when the supporters hold less than the cost. */
function smallestRho(people: readonly Person[], project: number, cost: number, utilityOf: (points: number) => number): Fraction | null {
  const supporters = people.filter(({ points }) => (points.get(project) ?? 0) > 0)
  const utility = ({ points }: Person) => whole(utilityOf(points.get(project) as number))
  if (isLess(supporters.map(({ purse }) => purse).reduce(plus, whole(0)), whole(cost))) return null
  const poorestFirst = supporters.toSorted((a, b) => (isLess(over(a.purse, utility(a)), over(b.purse, utility(b))) ? -1 : 1))
  let paid = whole(0)
  let all = supporters.map(utility).reduce(plus, whole(0))
  for (const supporter of poorestFirst) {
    const rho = over(minus(whole(cost), paid), all)
    if (!isLess(supporter.purse, times(rho, utility(supporter)))) return rho
    paid = plus(paid, supporter.purse)
    all = minus(all, utility(supporter))
  }
  return null
}

interface Candidate {
  readonly id: string
  readonly place: number
  readonly cost: number
}

/** Everybody with a purse of his own. */
function peopleOf({ ballots }: Election, [units, over]: readonly [number, number]): Person[] {
  return ballots.flatMap(({ projects, points, count }) =>
    Array.from({ length: count }, () => ({
      purse: fraction(BigInt(units), BigInt(over)),
      points: new Map(projects.map((project, index) => [project, points[index] as number])),
    })),
  )
}

/** Projects that cost at most the pool and that somebody gives a point, by id. */
function candidatesOf({ projects, budget }: Election, people: readonly Person[]): Candidate[] {
  return projects
    .map(({ id, cost }, place) => ({ id, cost, place }))
    .filter(({ place, cost }) => cost <= budget && people.some(({ points }) => (points.get(place) ?? 0) > 0))
    .sort((a, b) => compareCodePoints(a.id, b.id))
}

/** Ids of what plain Equal Shares buys at an endowment of so many units over so many, in order of purchase, ties by id. */
export function naiveEqualShares(election: Election, utility: 'cost' | 'card', endowment: readonly [number, number]): string[] {
  const people = peopleOf(election, endowment)
  const candidates = candidatesOf(election, people)
  const bought = candidates.filter(({ cost }) => cost === 0).map(({ id }) => id)
  const utilityOf = (points: number, cost: number) => (utility === 'cost' ? points * cost : points)
  for (;;) {
    let best: { winner: Candidate; rho: Fraction } | null = null
    for (const winner of candidates.filter(({ id }) => !bought.includes(id))) {
      const rho = smallestRho(people, winner.place, winner.cost, (points) => utilityOf(points, winner.cost))
      if (rho !== null && (best === null || isLess(rho, best.rho))) best = { winner, rho }
    }
    if (best === null) return bought
    const { winner, rho } = best
    for (const person of people) {
      const price = times(rho, whole(utilityOf(person.points.get(winner.place) ?? 0, winner.cost)))
      person.purse = minus(person.purse, least(person.purse, price))
    }
    bought.push(winner.id)
  }
}
