import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BallotKind } from '../../elections/contract.ts'
import { type BallotSheet, canonicalBallot, faultOfChoices, longestBallot, readBallot } from './ballot.ts'

const IDS = ['2026-a', '2026-a-b', '2026-b', '2026-c', '2026-d']

function sheet(ballotKind: BallotKind): BallotSheet {
  const settings = { ballotKind, maxChoices: 2, points: 10, pointsPerProject: 6 } as BallotSheet['settings']
  const lines = IDS.map((projectId, index) => ({ projectId, costDkk: 20 * (index + 1) })) as BallotSheet['lines']
  return { shareDkk: 100, settings, lines }
}

describe('a ballot', () => {
  it.each<[BallotKind, string[], number[] | undefined, string | null]>([
    ['approval', [], undefined, null],
    ['approval', IDS, undefined, null],
    ['approval', ['2026-a', '2026-a'], undefined, 'ballot-malformed'],
    ['approval', ['2026-a'], [1], 'ballot-malformed'],
    ['approval', ['2026-z'], undefined, 'not-on-ballot'],
    ['approval-limited', IDS.slice(0, 2), undefined, null],
    ['approval-limited', IDS.slice(0, 3), undefined, 'too-many-choices'],
    ['choose-one', IDS.slice(0, 1), undefined, null],
    ['choose-one', IDS.slice(0, 2), undefined, 'too-many-choices'],
    ['knapsack', ['2026-a', '2026-c'], undefined, null],
    ['knapsack', ['2026-a-b', '2026-c'], undefined, 'over-budget'],
    ['points', ['2026-a', '2026-b'], [6, 4], null],
    ['points', ['2026-a', '2026-b'], [7, 1], 'too-many-choices'],
    ['points', ['2026-a', '2026-b'], [6, 5], 'too-many-choices'],
    ['points', ['2026-a'], undefined, 'ballot-malformed'],
    ['points', ['2026-a'], [1, 2], 'ballot-malformed'],
    ['points', [], undefined, null],
    ['points', [], [], null],
  ])('%s of %j with %j: %s', (kind, projectIds, points, fault) => {
    expect(faultOfChoices(sheet(kind), { projectIds, ...(points ? { points } : {}) })).toBe(fault)
  })

  it('has one writing whatever the order it was ticked in, which reads back as the same ballot', () => {
    const ticks = fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.integer({ min: 1, max: 100 })), { selector: ([id]) => id })
    fc.assert(
      fc.property(ticks, fc.boolean(), fc.integer(), (marks, withPoints, seed) => {
        const shuffled = marks.toSorted(([a], [b]) => ((a.length * seed) % 7) - ((b.length * seed) % 7))
        const choices = (list: typeof marks) => ({
          projectIds: list.map(([id]) => id),
          ...(withPoints ? { points: list.map(([, points]) => points) } : {}),
        })
        const ballot = canonicalBallot(choices(marks))
        expect(canonicalBallot(choices(shuffled))).toBe(ballot)
        expect(ballot.length).toBeLessThanOrEqual(longestBallot(sheet('points')))
        const sorted = marks.toSorted(([a], [b]) => (a < b ? -1 : 1))
        const read = readBallot(ballot)
        expect(new Map(read.projects.map((id, index) => [id, read.points?.[index]]))).toEqual(
          new Map(sorted.map(([id, points]) => [id, withPoints ? points : undefined])),
        )
      }),
    )
  })
})
