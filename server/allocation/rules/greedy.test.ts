import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../tests/builders/election.ts'
import { expectEnough } from '../../../tests/builders/recount.ts'
import { type CountOptions, countElection } from './count.ts'
import { type Election, makeElection } from './election.ts'
import { findEnough } from './enough.ts'
import type { RuleName } from './ruleNames.ts'

const HOUSE: CountOptions = { tie: ['min-cost', 'max-votes', 'lexico'] }

/** An election in which each project has so many votes of its own. */
function polled(budget: number, projects: Record<string, [cost: number, votes: number]>): Election {
  return makeElection({
    budget,
    projects: Object.entries(projects).map(([id, [cost]]) => ({ id, cost })),
    ballots: Object.entries(projects).flatMap(([id, [, votes]]) => Array.from({ length: votes }, () => ({ projects: [id] }))),
  })
}

const outcome = (election: Election, rule: RuleName, options: Partial<CountOptions> = {}) =>
  countElection(election, rule, { ...HOUSE, ...options }).selected

describe('most votes first', () => {
  const five = polled(100, { a: [60, 9], b: [50, 8], c: [30, 7], d: [20, 6], e: [5, 1] })

  it('skips what does not fit and goes on', () => expect(outcome(five, 'greedy_cost')).toEqual(['a', 'c', 'e']))
  it('without skipping ends at the first misfit', () => expect(outcome(five, 'greedy_cost-noskip')).toEqual(['a']))
  it('with a threshold leaves out what has too few votes', () => expect(outcome(five, 'greedy_cost', { minScore: 7 })).toEqual(['a', 'c']))
  it('by votes per krone takes the best value first', () => expect(outcome(five, 'greedy_card')).toEqual(['c', 'd', 'e']))

  it('tops up the first misfit when 80 % of it is left', () => {
    expect(outcome(five, 'greedy_cost-noskip80')).toEqual(['a', 'b'])
    expect(countElection(five, 'greedy_cost-noskip80', HOUSE)).toMatchObject({ totalCost: 100, awards: [{ amount: 60 }, { amount: 40 }] })
    expect(outcome(polled(99, { a: [60, 9], b: [50, 8], c: [30, 7] }), 'greedy_cost-noskip80')).toEqual(['a'])
  })

  it('tells each step so that it can be done by hand', () => {
    const [stage] = countElection(five, 'greedy_cost', { ...HOUSE, withTranscript: true }).transcript?.stages ?? []
    expect(stage).toMatchObject({
      kind: 'walk',
      lines: [
        { rank: 1, projectId: 'a', votes: 9, cost: 60, leftBefore: 100, leftAfter: 40, verdict: { kind: 'funded' } },
        { rank: 2, projectId: 'b', leftBefore: 40, leftAfter: 40, verdict: { kind: 'did-not-fit', missing: 10 } },
        { rank: 3, projectId: 'c', leftBefore: 40, leftAfter: 10 },
        { rank: 4, projectId: 'd', leftBefore: 10, leftAfter: 10 },
        { rank: 5, projectId: 'e', leftBefore: 10, leftAfter: 5 },
      ],
    })
  })

  it('tells every loser why, and what would have been enough', () => {
    const { transcript } = countElection(polled(100, { a: [60, 9], b: [50, 8], c: [101, 7], d: [20, 0] }), 'greedy_cost', {
      ...HOUSE,
      withTranscript: true,
    })
    expect(transcript?.projects).toMatchObject([
      { projectId: 'a', award: 60, reasons: [{ kind: 'fits', rank: 1 }], enough: null },
      {
        projectId: 'b',
        award: null,
        reasons: [{ kind: 'did-not-fit', cost: 50, left: 40, missing: 10 }],
        enough: { cost: 40, moreVotes: 1 },
      },
      { projectId: 'c', reasons: [{ kind: 'over-pool', cost: 101, pool: 100 }], enough: { cost: 40, moreVotes: null } },
      { projectId: 'd', reasons: [{ kind: 'too-few-votes', votes: 0, needed: 1 }], enough: { cost: null, moreVotes: 1 } },
    ])
  })
})

describe('mutually exclusive projects', () => {
  const rivals = { ...polled(100, { a: [60, 9], b: [30, 8], c: [30, 7] }), exclusivePairs: [['b', 'a']] as const }

  it.each<[RuleName, string[]]>([
    ['greedy_cost', ['a', 'c']],
    ['greedy_card', ['b', 'c']],
    ['mes_cost+add1u', ['b', 'c']],
    ['phragmen', ['b', 'c']],
    ['max_welfare_card', ['a', 'c']],
  ])('%s funds the first of them only', (rule, selected) => expect(outcome(rivals, rule)).toEqual(selected))

  it('exclude nobody by standing first without being funded', () => {
    const dear = { ...polled(50, { a: [60, 9], b: [30, 8] }), exclusivePairs: [['a', 'b']] as const }
    expect(outcome(dear, 'greedy_cost')).toEqual(['b'])
  })

  it('are told as the reason', () => {
    const { transcript } = countElection(rivals, 'greedy_cost', { ...HOUSE, withTranscript: true })
    expect(transcript?.projects[1]).toMatchObject({
      reasons: [{ kind: 'excluded', by: 'a' }],
      enough: { cost: null, moreVotes: 1 },
    })
  })
})

describe('what would have been enough', () => {
  it('is so when counted again, and one less is not', () => {
    const rules = fc.constantFrom<RuleName>('greedy_cost', 'greedy_cost-noskip', 'greedy_cost-noskip80', 'greedy_card')
    const ties = fc.constantFrom<CountOptions['tie']>(['lexico'], ['min-cost', 'max-votes', 'lexico'])
    fc.assert(
      fc.property(elections(), rules, ties, fc.integer({ min: 1, max: 3 }), (election, rule, tie, minScore) => {
        const options = { tie, minScore }
        const { transcript } = countElection(election, rule, { ...options, withTranscript: true })
        for (const loser of transcript?.projects.filter(({ award }) => award === null) ?? []) {
          expectEnough(election, rule, options, loser)
          expect(findEnough(election, rule, options, loser.projectId)).toEqual(loser.enough)
        }
      }),
      { numRuns: 150 },
    )
  })
})
