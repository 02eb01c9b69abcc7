import { describe, expect, it } from 'vitest'
import { runKnockOut } from './knockOut.ts'
import { awardKnockOut, finishingOrder } from './knockOutAwards.ts'

const candidates = [
  { id: 'toilet', cost: 220_000, smallestUseful: null },
  { id: 'haren', cost: 120_000, smallestUseful: 50_000 },
  { id: 'baenk', cost: 60_000, smallestUseful: 10_000 },
]
const order = ['toilet', 'haren', 'baenk']
const usual = { winners: 1, remainderOffer: true, pairs: [] }

describe('what a knock-out gives', () => {
  it('is the cost to the winner and, where offered, the remainder to the next: Skovlunde 2018', () => {
    expect(awardKnockOut(273_918, candidates, order, usual)).toEqual([
      { projectId: 'toilet', amount: 220_000, isRemainder: false },
      { projectId: 'haren', amount: 53_918, isRemainder: true },
    ])
  })

  it('is the winner’s cost alone where nothing is offered', () => {
    expect(awardKnockOut(273_918, candidates, order, { ...usual, remainderOffer: false })).toHaveLength(1)
  })

  it('goes past a winner that does not fit any more, and past one whose rival won', () => {
    expect(awardKnockOut(273_918, candidates, order, { ...usual, winners: 3, remainderOffer: false })).toEqual([
      { projectId: 'toilet', amount: 220_000, isRemainder: false },
    ])
    const pairs = [['toilet', 'haren']] as const
    expect(awardKnockOut(400_000, candidates, order, { ...usual, winners: 3, pairs }).map(({ projectId }) => projectId)).toEqual([
      'toilet',
      'baenk',
    ])
  })

  it('is never more than the cost, nor than the share', () => {
    expect(awardKnockOut(500_000, candidates, order, usual).map(({ amount }) => amount)).toEqual([220_000, 120_000])
    expect(awardKnockOut(100_000, candidates, order, usual)).toEqual([{ projectId: 'haren', amount: 100_000, isRemainder: true }])
  })
})

describe('the order in which a meeting left the projects', () => {
  it('is who won, then who fell last', () => {
    const projects = candidates.map(({ id, cost }) => ({ id, cost }))
    const votes = (...numbers: [string, number][]) => numbers.map(([projectId, given]) => ({ projectId, votes: given }))
    const played = runKnockOut(
      projects,
      [
        { votes: votes(['toilet', 30], ['haren', 31], ['baenk', 10]), goOn: 2 },
        { votes: votes(['toilet', 40], ['haren', 31]), goOn: 1 },
      ],
      ['lexico'],
    )
    expect(played.ok && finishingOrder(played.rounds)).toEqual(['toilet', 'haren', 'baenk'])
    expect(finishingOrder([])).toEqual([])
  })
})
