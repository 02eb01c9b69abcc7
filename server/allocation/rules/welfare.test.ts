import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../tests/builders/election.ts'
import { admittedOf, type Contest, prepareContest } from './contest.ts'
import { makeElection } from './election.ts'
import { maximiseWelfare, type Welfare } from './welfare.ts'

const BY_ID = { tie: ['lexico'] } as const

/** All sets within the pool that no other exceeds, by trying every one; only of projects that are worth something. */
function bestSets(contest: Contest, welfare: Welfare): { welfare: number; sets: number[][] } {
  const { costs, scores, budget, rivals } = contest
  const worth = (project: number) => (scores[project] as number) * (welfare === 'cost' ? (costs[project] as number) : 1)
  const items = admittedOf(contest).filter((project) => worth(project) > 0)
  const sum = (set: readonly number[], of: (project: number) => number) => set.reduce((total, project) => total + of(project), 0)
  let best = 0
  let sets: number[][] = []
  for (let mask = 0; mask < 2 ** items.length; mask += 1) {
    const set = items.filter((_project, index) => mask & (1 << index))
    if (sum(set, (project) => costs[project] as number) > budget) continue
    if (set.some((project) => rivals[project]?.some((rival) => set.includes(rival)))) continue
    const value = sum(set, worth)
    if (value > best) [best, sets] = [value, []]
    if (value === best) sets.push(set)
  }
  return { welfare: best, sets }
}

describe('maximum welfare', () => {
  it('is what trying every set finds, with and without exclusive pairs', () => {
    fc.assert(
      fc.property(elections(), fc.constantFrom<Welfare>('cost', 'card'), fc.boolean(), (election, welfare, hasPairs) => {
        const [a, b, c] = election.projects.map(({ id }) => id)
        const pairs =
          hasPairs && c !== undefined
            ? ([
                [a, b],
                [c, b],
              ] as [string, string][])
            : []
        const contest = prepareContest({ ...election, exclusivePairs: pairs }, { ...BY_ID, practice: 'reference' })
        const [found, tried] = [maximiseWelfare(contest, welfare), bestSets(contest, welfare)]
        expect(found.welfare).toBe(tried.welfare)
        expect(found.isUniqueOptimum).toBe(tried.sets.length === 1)
        expect(tried.sets).toContainEqual(found.funded.toSorted((x, y) => x - y))
      }),
      { numRuns: 400 },
    )
  })

  it('of equal sets takes the first by the order of ties', () => {
    const twins = makeElection({
      budget: 10,
      projects: ['b', 'a', 'c'].map((id) => ({ id, cost: 5 })),
      ballots: [{ projects: ['a', 'b', 'c'] }],
    })
    const outcome = maximiseWelfare(prepareContest(twins, BY_ID), 'card')
    expect(outcome).toMatchObject({ funded: [1, 0], welfare: 2, isUniqueOptimum: false })
  })

  it('is found where very many sets are as good', () => {
    const projects = Array.from({ length: 40 }, (_, index) => ({ id: `p${index}`, cost: 1000 + ((index * 7919) % 997) }))
    const same = makeElection({ budget: 20_003, projects, ballots: [{ projects: projects.map(({ id }) => id) }] })
    expect(maximiseWelfare(prepareContest(same, BY_ID), 'cost')).toMatchObject({ welfare: 20_003, isUniqueOptimum: false })
  })
})
