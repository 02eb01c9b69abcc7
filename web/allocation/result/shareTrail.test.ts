import { expect, test } from 'vitest'
import { countElection } from '../../../server/allocation/rules/count.ts'
import { makeElection } from '../../../server/allocation/rules/election.ts'
import type { RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import { shareTrail } from './shareTrail.ts'

function counted(rule: RuleName) {
  const times = (count: number, ...projects: string[]) => Array.from({ length: count }, () => ({ projects }))
  const election = makeElection({
    budget: 1000,
    projects: [
      { id: 'a', cost: 600 },
      { id: 'b', cost: 500 },
      { id: 'c', cost: 300 },
    ],
    ballots: [...times(5, 'a'), ...times(3, 'a', 'b'), ...times(2, 'c'), ...times(1)],
  })
  const { awards, transcript, totalCost } = countElection(election, rule, { tie: ['lexico'], withTranscript: true })
  const projects = ['a', 'b', 'c'].map((projectId, index) => {
    const awardedDkk = awards.find((award) => award.projectId === projectId)?.amount ?? 0
    return { projectId, votes: [8, 3, 2][index], awardedDkk, outcome: awardedDkk > 0 ? 'won' : 'lost' }
  })
  return { projects: projects as never, shareDkk: 1000, ballots: 11, blankBallots: 1, transcript, leftDkk: 1000 - totalCost }
}

test.each(['greedy_cost', 'mes_cost+add1'] as const)('the pieces of one part make the part: %s', (rule) => {
  const trail = shareTrail(counted(rule))
  expect(trail?.chosen).toEqual(['a', 'b'])
  expect(trail?.pieces.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(trail?.part ?? 0)
})

test('by most votes everybody’s part goes where the share went', () => {
  expect(shareTrail(counted('greedy_cost'))).toMatchObject({
    how: 'average',
    part: 100,
    pieces: [
      { projectId: 'a', amount: 60, isChosen: true },
      { projectId: 'c', amount: 30, isChosen: false },
      { projectId: null, amount: 10 },
    ],
  })
})

test('by equal shares a ballot pays only for what it chose', () => {
  const trail = shareTrail(counted('mes_cost'))
  expect(trail?.how).toBe('own')
  expect(trail?.pieces.every(({ projectId, isChosen }) => projectId === null || isChosen)).toBe(true)
})

test('without ballots there is nothing to show', () => {
  expect(shareTrail({ ...counted('greedy_cost'), ballots: 0, blankBallots: 0 })).toBeNull()
})
