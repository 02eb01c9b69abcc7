import { expect, it } from 'vitest'
import { reasonsFromTotals } from './totalsReasons.ts'

const line = { lineNumber: 1, title: '', description: '', runningCostDkkPerYear: null, smallestUsefulDkk: null, lotPlace: 1 }
const lines = [
  ['won', 60],
  ['few', 10],
  ['dear', 101],
  ['rival', 20],
  ['short', 70],
].map(([projectId, costDkk]) => ({ ...line, projectId: projectId as string, costDkk: costDkk as number })) as never

it('losers of few ballots are told what totals tell, and no more', () => {
  const pair = (a: string, b: string) => ({ projectIds: [a, b] as [string, string], reason: '' })
  // One project may stand in several pairs; the one that won counts.
  const exclusivePairs = [pair('rival', 'short'), pair('won', 'rival')] as never
  const votes = [9, 2, 8, 7, 6].map((number, index) => ({
    projectId: ['won', 'few', 'dear', 'rival', 'short'][index] as string,
    votes: number,
  }))
  expect(reasonsFromTotals({ shareDkk: 100, lines, exclusivePairs, settings: { minVotes: 3 } }, votes, ['won'])).toEqual([
    { projectId: 'few', kind: 'too-few-votes', by: null },
    { projectId: 'dear', kind: 'over-pool', by: null },
    { projectId: 'rival', kind: 'excluded', by: 'won' },
    { projectId: 'short', kind: 'not-shown', by: null },
  ])
})
