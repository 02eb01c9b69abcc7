import { expect, test } from 'vitest'
import { countElection } from '../../../server/allocation/rules/count.ts'
import { makeElection } from '../../../server/allocation/rules/election.ts'
import { areSumsWrong, checkSums, compareCount, isSame, matchesSetup } from './compare.ts'

const election = makeElection({
  budget: 100,
  projects: [
    { id: 'a', cost: 60 },
    { id: 'b', cost: 30, smallestUseful: 10 },
  ],
  ballots: [{ projects: ['a'] }, { projects: ['a', 'b'] }],
  exclusivePairs: [['b', 'a']],
  lot: ['b', 'a'],
})
const count = countElection(election, 'greedy_cost', { tie: ['lot'], withTranscript: true })
const published = {
  awards: count.awards.map(({ projectId, amount }) => ({ projectId, amountDkk: amount, source: 'count' as const })),
  transcript: JSON.parse(JSON.stringify(count.transcript)),
  tiesMet: [],
}
const line = { lineNumber: 1, title: '', description: '', runningCostDkkPerYear: null }
const district = {
  shareDkk: 100,
  lines: [
    { ...line, projectId: 'a', costDkk: 60, smallestUsefulDkk: null, lotPlace: 2 },
    { ...line, projectId: 'b', costDkk: 30, smallestUsefulDkk: 10, lotPlace: 1 },
  ],
  exclusivePairs: [{ projectIds: ['a', 'b'] as [string, string], reason: '' }],
} as never

test('values are the same whatever the order of their keys, not of their lists', () => {
  expect(isSame({ a: 1, b: [1, { c: 2, d: undefined }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true)
  expect(isSame([1, 2], [2, 1])).toBe(false)
})

test('a recount that gives the same is told from one that does not', () => {
  expect(compareCount(count, published)).toEqual({ differences: [], hasSameSteps: true })
  const other = { ...published, awards: [{ projectId: 'b', amountDkk: 30, source: 'count' as const }] }
  expect(compareCount(count, other).differences).toEqual([
    { projectId: 'a', published: 0, counted: 60 },
    { projectId: 'b', published: 30, counted: 0 },
  ])
  expect(compareCount(count, { ...published, transcript: null }).hasSameSteps).toBe(false)
})

test('a ballot file is held against what was frozen', () => {
  expect(matchesSetup(election, district)).toBe(true)
  expect(matchesSetup({ ...election, budget: 101 }, district)).toBe(false)
  expect(matchesSetup({ ...election, lot: ['a', 'b'] }, district)).toBe(false)
  expect(matchesSetup({ ...election, exclusivePairs: [] }, district)).toBe(false)
  expect(matchesSetup({ ...election, projects: election.projects.slice(1) }, district)).toBe(false)
})

test('sums that must agree are told when they do not', () => {
  const turnout = [
    { channel: 'home' as const, ballots: 10 },
    { channel: 'code' as const, ballots: 5 },
    { channel: 'paper' as const, ballots: 4 },
  ]
  const invalid = [{ reason: 'unclear-mark', count: 1 }]
  const right = { decidedBy: 'ballots' as const, ballots: 18, invalid, turnout, marks: 14, receipts: 15 }
  expect(checkSums(right)).toMatchObject({ isCountedWhole: true, hasReceipts: true, hasMarks: true, hasReceiptsOfRounds: null })
  expect(areSumsWrong(checkSums(right))).toBe(false)
  expect(checkSums({ ...right, ballots: 17 })).toMatchObject({ isCountedWhole: false })
  expect(areSumsWrong(checkSums({ ...right, ballots: 17 }))).toBe(true)
  expect(checkSums({ ...right, receipts: 14, marks: 9 })).toMatchObject({ hasReceipts: false, hasMarks: false })
  expect(checkSums({ ...right, receipts: null, marks: null })).toMatchObject({ hasReceipts: null, hasMarks: null })
})

test.each([
  ['two rounds by code', [{ channel: 'code' as const, ballots: 71 }], 71 + 68],
  ['a round on paper and then one by code', [{ channel: 'paper' as const, ballots: 71 }], 71],
])('of a knock-out all receipts are held against all used codes: %s', (_what, turnout, codes) => {
  const rounds = { decidedBy: 'knock-out' as const, ballots: 71, invalid: [], turnout, marks: codes, receipts: codes }
  const right = checkSums(rounds)
  expect(right).toMatchObject({ isCountedWhole: null, hasReceipts: null, hasMarks: null, hasReceiptsOfRounds: true })
  expect(areSumsWrong(right)).toBe(false)
  expect(areSumsWrong(checkSums({ ...rounds, receipts: codes - 1 }))).toBe(true)
})

test('a meeting that raised hands or agreed has no receipts to compare', () => {
  const hands = { ballots: 71, invalid: [], turnout: [{ channel: 'show-of-hands' as const, ballots: 74 }] }
  expect(checkSums({ ...hands, decidedBy: 'knock-out', marks: 0, receipts: 0 }).hasReceiptsOfRounds).toBeNull()
  expect(checkSums({ ...hands, decidedBy: 'agreed-sharing', marks: null, receipts: null }).hasReceiptsOfRounds).toBeNull()
})
