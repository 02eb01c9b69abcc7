import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../tests/builders/election.ts'
import { countElection } from './count.ts'
import { type Election, makeElection, scoresOf } from './election.ts'
import { tiePairs } from './tiePairs.ts'
import { parseTieOrder, type TieOrder } from './ties.ts'

const factsOf = (election: Election, ids: readonly string[]) => {
  const scores = scoresOf(election)
  return ids.map((projectId) => {
    const place = election.projects.findIndex(({ id }) => id === projectId)
    return { projectId, cost: election.projects[place]?.cost as number, votes: scores[place] as number }
  })
}

describe('what put tied projects before each other', () => {
  it('is the cost for the cheapest, even where the report names the lot that two dearer ones needed', () => {
    const election = makeElection({
      budget: 100_000,
      projects: [
        { id: 'a', cost: 50_000 },
        { id: 'b', cost: 80_000 },
        { id: 'c', cost: 80_000 },
      ],
      ballots: [{ projects: ['a', 'b', 'c'] }],
      lot: ['c', 'b', 'a'],
    })
    const order = parseTieOrder('min-cost,lot') as TieOrder
    const [tie] = countElection(election, 'greedy_cost', { tie: order }).tiesMet
    expect(tie).toMatchObject({ projects: ['a', 'c', 'b'], criterion: 'lot' })
    expect(tiePairs(order, factsOf(election, tie?.projects ?? []), 'walk')).toEqual([
      { before: 'a', after: 'c', criterion: 'min-cost' },
      { before: 'c', after: 'b', criterion: 'lot' },
    ])
  })

  it('holds the first alone against the others where only the first was taken', () => {
    const tied = [
      { projectId: 'a', cost: 5, votes: 9 },
      { projectId: 'b', cost: 5, votes: 7 },
      { projectId: 'c', cost: 8, votes: 9 },
    ]
    expect(tiePairs(['min-cost', 'max-votes', 'lot'], tied, 'first')).toEqual([
      { before: 'a', after: 'b', criterion: 'max-votes' },
      { before: 'a', after: 'c', criterion: 'min-cost' },
    ])
  })

  it('never goes deeper than the criterion reported, and reaches it', () => {
    const rules = fc.constantFrom('greedy_cost', 'mes_cost', 'mes_cost+add1u') as fc.Arbitrary<'greedy_cost'>
    const orders = fc.constantFrom<TieOrder>(['lexico'], ['min-cost', 'lexico'], ['min-cost', 'max-votes', 'lexico'])
    fc.assert(
      fc.property(elections(), rules, orders, (election, rule, tie) => {
        for (const { stage, projects, criterion } of countElection(election, rule, { tie }).tiesMet) {
          const pairs = tiePairs(tie, factsOf(election, projects), stage === 'walk' ? 'walk' : 'first')
          expect(Math.max(...pairs.map((pair) => tie.indexOf(pair.criterion)))).toBe(tie.indexOf(criterion))
        }
      }),
      { numRuns: 300 },
    )
  })
})
