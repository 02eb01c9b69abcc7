import { expect, test } from 'vitest'
import { countElection } from '../../../server/allocation/rules/count.ts'
import { makeElection } from '../../../server/allocation/rules/election.ts'
import { whatIfOrder } from './whatIfOrder.ts'

const frozen = { tie: 'lot' as const, minVotes: 3, remainderOffer: true, other: null }

test('a district is counted by the ties, the fewest votes and the remainder that were frozen', () => {
  const order = whatIfOrder('', 'mes_cost', frozen)
  expect(order.options).toEqual({ tie: ['lot'], minScore: 3, remainderOffer: true, withTranscript: true })
  expect(order.asWritten).toBeUndefined()
  // The lot puts the dearer one first; with the cheaper first another one would win.
  const election = makeElection({
    budget: 100,
    projects: [
      { id: 'cheap', cost: 60 },
      { id: 'dear', cost: 90 },
    ],
    ballots: [...Array.from({ length: 3 }, () => ({ projects: ['cheap'] })), ...Array.from({ length: 3 }, () => ({ projects: ['dear'] }))],
    lot: ['dear', 'cheap'],
  })
  expect(countElection(election, 'greedy_cost', order.options).selected).toEqual(['dear'])
})

test('the other rule of the result falls as it fell there', () => {
  const other = { rule: 'mes_cost+add1u', tie: 'min-cost,max-votes,lot' } as never
  const district = { ...frozen, tie: 'min-cost,lot' as const, other }
  expect(whatIfOrder('', 'mes_cost+add1u', district).options.tie).toEqual(['min-cost', 'max-votes', 'lot'])
  expect(whatIfOrder('', 'greedy_cost', district).options.tie).toEqual(['min-cost', 'lot'])
})

test('a file of one’s own is counted as it says itself', () => {
  expect(whatIfOrder('META', 'greedy_cost', null)).toMatchObject({ source: { pb: 'META' }, asWritten: true })
})
