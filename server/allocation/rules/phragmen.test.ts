import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../tests/builders/election.ts'
import { prepareContest } from './contest.ts'
import { type Election, makeElection } from './election.ts'
import { runPhragmen } from './phragmen.ts'

/** The rule as written, with a load per person; fractions with BigInt. */
function naivePhragmen({ projects, ballots, budget }: Election): string[] {
  const people = ballots.flatMap(({ projects: named, count }) =>
    Array.from({ length: count }, () => ({ named, load: [0n, 1n] as [bigint, bigint] })),
  )
  let open = projects
    .map((project, place) => ({ ...project, place }))
    .filter(({ cost, place }) => cost <= budget && people.some(({ named }) => named.includes(place)))
  let left = budget
  const bought: string[] = []
  while (open.length > 0) {
    const timed = open.map((project) => {
      const approvers = people.filter(({ named }) => named.includes(project.place))
      const [n, d] = approvers.reduce<[bigint, bigint]>(([a, b], { load: [c, e] }) => [a * e + c * b, b * e], [BigInt(project.cost), 1n])
      return { project, approvers, time: [n, d * BigInt(approvers.length)] as [bigint, bigint] }
    })
    const isEarlier = (a: (typeof timed)[number], b: (typeof timed)[number]) => a.time[0] * b.time[1] < b.time[0] * a.time[1]
    const tied = timed.filter((one) => !timed.some((other) => isEarlier(other, one)))
    if (tied.some(({ project }) => project.cost > left)) return bought
    const winner = tied.toSorted((a, b) => (a.project.id < b.project.id ? -1 : 1))[0] as (typeof timed)[number]
    for (const person of winner.approvers) person.load = winner.time
    left -= winner.project.cost
    bought.push(winner.project.id)
    open = open.filter(({ id }) => id !== winner.project.id)
  }
  return bought
}

const ids = (election: Election, projects: readonly { project: number }[]) => projects.map(({ project }) => election.projects[project]?.id)

describe('Phragmén', () => {
  it('buys what the rule as written buys, in the same order', () => {
    fc.assert(
      fc.property(elections({ withPoints: false }), (election) => {
        const { purchases } = runPhragmen(prepareContest(election, { tie: ['lexico'] }), 'stop')
        expect(ids(election, purchases)).toEqual(naivePhragmen(election))
      }),
      { numRuns: 500 },
    )
  })

  const election = makeElection({
    budget: 10,
    projects: Object.entries({ a: 6, b: 6, c: 4 }).map(([id, cost]) => ({ id, cost })),
    ballots: ['a', 'a', 'a', 'b', 'b', 'c'].map((id) => ({ projects: [id] })),
  })

  it('stops at the first that does not fit, or leaves it out and goes on', () => {
    const contest = prepareContest(election, { tie: ['lexico'] })
    expect(ids(election, runPhragmen(contest, 'stop').purchases)).toEqual(['a'])
    expect(ids(election, runPhragmen(contest, 'skip').purchases)).toEqual(['a', 'c'])
  })

  it('stops where one that is tied does not fit', () => {
    const tied = makeElection({
      budget: 10,
      projects: Object.entries({ a: 6, b: 8, c: 4 }).map(([id, cost]) => ({ id, cost })),
      ballots: [...'aaabbc'].map((id) => ({ projects: [id] })),
    })
    const { purchases, ties, misfits } = runPhragmen(prepareContest(tied, { tie: ['lexico'] }), 'stop')
    expect([ids(tied, purchases), misfits]).toEqual([['a'], [1]])
    expect(ties).toEqual([{ fromRun: 0, toRun: 0, step: 2, projects: [1, 2], criterion: 'lexico' }])
  })
})
