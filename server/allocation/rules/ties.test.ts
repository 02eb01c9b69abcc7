import { describe, expect, it } from 'vitest'
import { prepareContest } from './contest.ts'
import { countElection } from './count.ts'
import { makeElection } from './election.ts'
import { compareCodePoints, parseTieOrder } from './ties.ts'

describe('orders', () => {
  it.each([
    ['lexico', ['lexico']],
    ['min-cost,max-votes,lexico', ['min-cost', 'max-votes', 'lexico']],
    ['min-cost, max-votes, lot', ['min-cost', 'max-votes', 'lot']],
    ['max-votes', null],
    ['lexico,lexico', null],
    ['coin', null],
    ['', null],
  ])('%s', (text, order) => expect(parseTieOrder(text)).toEqual(order))

  it('compare ids by code points', () => {
    expect(['9', '10', 'ø', 'Å', 'a', '😀', '\uffee'].sort(compareCodePoints)).toEqual(['10', '9', 'a', 'Å', 'ø', '\uffee', '😀'])
    expect(compareCodePoints('a', 'ab')).toBeLessThan(0)
  })
})

const four = makeElection({
  budget: 100,
  projects: [
    { id: 'a', cost: 60 },
    { id: 'b', cost: 60 },
    { id: 'c', cost: 50 },
    { id: 'd', cost: 10 },
  ],
  ballots: [{ projects: ['a', 'b', 'c'] }, { projects: ['a', 'b', 'c', 'd'] }],
  lot: ['b', 'd', 'c', 'a'],
})

describe('ties', () => {
  it.each([
    ['lexico', ['a', 'b', 'c'], 'lexico', ['a', 'd']],
    ['min-cost,max-votes,lexico', ['c', 'a', 'b'], 'lexico', ['c', 'd']],
    ['lot', ['b', 'c', 'a'], 'lot', ['b', 'd']],
    ['min-cost,lot', ['c', 'b', 'a'], 'lot', ['c', 'd']],
  ])('by %s are told with step, projects and criterion', (tie, projects, criterion, selected) => {
    const count = countElection(four, 'greedy_cost', { tie: parseTieOrder(tie) ?? ['lexico'] })
    expect(count).toMatchObject({ tie, selected, tiesMet: [{ fromRun: 0, toRun: 0, step: 1, projects, criterion }] })
  })

  it('in Equal Shares name the criterion that set the winner apart', () => {
    expect(countElection(four, 'mes_cost', { tie: ['min-cost', 'lexico'] }).tiesMet[0]).toEqual({
      stage: 'equal-shares',
      fromRun: 0,
      toRun: 0,
      step: 1,
      projects: ['c', 'a', 'b'],
      criterion: 'min-cost',
    })
  })

  it('of projects that were never reached are none', () => {
    const late = makeElection({
      budget: 10,
      projects: ['a', 'b', 'c'].map((id, index) => ({ id, cost: index === 0 ? 11 : 5 })),
      ballots: [{ projects: ['a', 'b', 'c'] }, { projects: ['a'] }],
    })
    const options = { tie: ['lexico'], practice: 'reference' } as const
    expect(countElection(late, 'greedy_cost-noskip', options)).toMatchObject({ selected: [], tiesMet: [] })
    expect(countElection(late, 'greedy_cost', options).tiesMet).toHaveLength(1)
  })

  it('cannot fall by a lot that leaves a project out', () => {
    expect(() => prepareContest({ ...four, lot: ['a', 'b', 'c'] }, { tie: ['lot'] })).toThrow(RangeError)
    expect(() => prepareContest({ ...four, lot: null }, { tie: ['lot'] })).toThrow(RangeError)
  })
})
