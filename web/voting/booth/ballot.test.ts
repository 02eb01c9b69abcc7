import { describe, expect, it } from 'vitest'
import { type Ballot, ballotOf, blockOf, choicesOf, mostPoints, rivalsOf, spentDkk, toggled, withPoints } from './ballot.ts'

const line = (lineNumber: number, costDkk: number) => ({
  lineNumber,
  projectId: `p${lineNumber}`,
  title: `Projekt ${lineNumber}`,
  description: '',
  costDkk,
  runningCostDkkPerYear: null,
  smallestUsefulDkk: null,
  lotPlace: lineNumber,
})

const base: Ballot = {
  districtId: 'maaloev',
  name: 'Måløv',
  shareDkk: 186_185,
  roundNumber: 0,
  kind: 'approval',
  maxChoices: 2,
  points: 10,
  pointsPerProject: 6,
  lines: [line(1, 40_000), line(2, 120_000), line(3, 90_000)],
  exclusivePairs: [{ projectIds: ['p1', 'p3'], reason: 'De står samme sted.' }],
  remainderOffer: false,
  rule: 'greedy_cost',
}
const of = (kind: Ballot['kind']): Ballot => ({ ...base, kind })
const [first, second, third] = base.lines as [Ballot['lines'][0], Ballot['lines'][0], Ballot['lines'][0]]

describe('marking', () => {
  it('takes any number, keeps the order of the ballot, and takes back', () => {
    const marks = toggled(base, toggled(base, toggled(base, {}, third), first), second)
    expect(choicesOf(base, marks)).toEqual({ projectIds: ['p1', 'p2', 'p3'] })
    expect(choicesOf(base, toggled(base, marks, second))).toEqual({ projectIds: ['p1', 'p3'] })
  })

  it('stops at the limit and says so, but lets a mark be taken back', () => {
    const ballot = of('approval-limited')
    const marks = { p1: 1, p2: 1 }
    expect(blockOf(ballot, marks, third)).toEqual({ reason: 'full' })
    expect(toggled(ballot, marks, third)).toBe(marks)
    expect(toggled(ballot, marks, first)).toEqual({ p2: 1 })
  })

  it('of one project moves the mark', () => {
    expect(toggled(of('choose-one'), { p1: 1 }, second)).toEqual({ p2: 1 })
  })

  it('by money tells what is too dear beside the rest', () => {
    const ballot = of('knapsack')
    expect(spentDkk(ballot, { p2: 1 })).toBe(120_000)
    expect(blockOf(ballot, { p2: 1 }, third)).toEqual({ reason: 'too-dear', leftDkk: 66_185 })
    expect(blockOf(ballot, { p2: 1 }, first)).toBeNull()
  })

  it('gives no more points than there are, nor than one project may get', () => {
    const ballot = of('points')
    expect(withPoints(ballot, {}, first, 9)).toEqual({ p1: 6 })
    expect(mostPoints(ballot, { p1: 6 }, second)).toBe(4)
    expect(withPoints(ballot, { p1: 6 }, second, 5)).toEqual({ p1: 6, p2: 4 })
    expect(withPoints(ballot, { p1: 6 }, first, 0)).toEqual({})
    expect(choicesOf(ballot, { p3: 2, p1: 6 })).toEqual({ projectIds: ['p1', 'p3'], points: [6, 2] })
  })
})

it('names the rivals of a project, both ways', () => {
  expect(rivalsOf(base, 'p3')).toEqual([{ lineNumber: 1, title: 'Projekt 1', reason: 'De står samme sted.' }])
  expect(rivalsOf(base, 'p2')).toEqual([])
})

it('in a knock-out round holds what still stands, and one mark', () => {
  const district = {
    ...base,
    rollSize: null,
    lines: [...base.lines],
    settings: {
      decidedBy: 'knock-out',
      ballotKind: 'approval',
      maxChoices: 2,
      points: 10,
      pointsPerProject: 6,
      rule: 'greedy_cost',
      tie: 'lot',
      minVotes: 1,
      remainderOffer: false,
      leftGoesTo: 'district-next-round',
      channels: ['code'],
      eligibility: 'residents',
      minAgeHome: 15,
      minAgeMeeting: 6,
      opensAt: '2026-05-01T06:00:00.000Z',
      closesAt: '2026-05-20T18:00:00.000Z',
    } as const,
  }
  const settings = { ...district.settings, channels: [...district.settings.channels] }
  const ballot = ballotOf({ ...district, settings }, { roundNumber: 2, projectIds: ['p3', 'p1'] })
  expect(ballot.lines.map(({ projectId }) => projectId)).toEqual(['p1', 'p3'])
  expect([ballot.kind, ballot.exclusivePairs]).toEqual(['choose-one', []])
})
