import fc from 'fast-check'
import { type ElectionInput, makeElection } from '../../server/allocation/rules/election.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Costs that meet often, so that ties and exact hits are common, or that hardly ever do. */
const costs = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 999 }))

/** A small election of ticks, or of points from 0 to 3; ballots may be blank. */
export function electionInputs({ withPoints = true } = {}): fc.Arbitrary<ElectionInput> {
  return fc
    .record({
      projects: fc.array(costs, { minLength: 1, maxLength: IDS.length }),
      poolPercent: fc.integer({ min: 10, max: 110 }),
      ballots: fc.array(fc.array(fc.tuple(fc.nat({ max: IDS.length - 1 }), fc.nat({ max: 3 })), { maxLength: 5 }), { maxLength: 12 }),
      hasPoints: withPoints ? fc.boolean() : fc.constant(false),
    })
    .map(({ projects, poolPercent, ballots, hasPoints }) => {
      const listed = projects.map((cost, index) => ({ id: IDS[index] as string, cost }))
      const total = projects.reduce((sum, cost) => sum + cost, 0)
      return {
        budget: Math.max(1, Math.floor((total * poolPercent) / 100)),
        projects: listed,
        ballots: ballots.map((ballot) => {
          const named = new Map(ballot.filter(([project]) => project < listed.length))
          const ids = [...named.keys()].map((project) => IDS[project] as string)
          return { projects: ids, ...(hasPoints ? { points: [...named.values()] } : {}) }
        }),
      }
    })
}

/** The same, put together. */
export function elections(options: { withPoints?: boolean } = {}) {
  return electionInputs(options).map(makeElection)
}
