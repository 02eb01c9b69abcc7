import { describe, expect, it } from 'vitest'
import { INVALID_REASONS } from '../../../server/meetings/limits.ts'
import { type Entry, gatherEntries, papersOf, readEntry } from './readEntry.ts'

const ballotOf = (...numbers: number[]) => ({
  lines: numbers.map((lineNumber) => ({ lineNumber, projectId: `p${lineNumber}` })),
  takesPoints: false,
})
const few = {
  lines: ['a', 'b', 'c'].map((projectId, index) => ({ lineNumber: index + 1, projectId })),
  takesPoints: false,
}
const many = ballotOf(...Array.from({ length: 12 }, (_, index) => index + 1))
const withoutFirst = ballotOf(2, 3)
const withoutSecond = ballotOf(1, 3)
const fewButHigh = ballotOf(2, 12)
const ballot = (projectIds: string[], ballots = 1): Entry => ({ kind: 'ballot', tally: { projectIds, ballots } })

describe('a line of typing', () => {
  it.each([
    ['1', few, ballot(['a'])],
    ['13', few, ballot(['a', 'c'])],
    [' 1, 3 ', few, ballot(['a', 'c'])],
    ['0', few, ballot([])],
    ['2*12', few, ballot(['b'], 12)],
    ['0 *3', few, ballot([], 3)],
    ['12', many, ballot(['p12'])],
    ['1 2', many, ballot(['p1', 'p2'])],
    ['2', withoutFirst, ballot(['p2'])],
    ['3', withoutFirst, ballot(['p3'])],
    ['23', withoutFirst, ballot(['p2', 'p3'])],
    ['1', withoutSecond, ballot(['p1'])],
    ['3', withoutSecond, ballot(['p3'])],
    ['31', withoutSecond, ballot(['p3', 'p1'])],
    ['12', fewButHigh, ballot(['p12'])],
    ['2 12', fewButHigh, ballot(['p2', 'p12'])],
    ['3:6', { ...withoutFirst, takesPoints: true }, { kind: 'ballot', tally: { projectIds: ['p3'], points: [6], ballots: 1 } }],
    ['u1', few, { kind: 'invalid', reason: INVALID_REASONS[0], ballots: 1 }],
    ['U10*2', few, { kind: 'invalid', reason: INVALID_REASONS[9], ballots: 2 }],
    ['1:6 3:4', { ...few, takesPoints: true }, { kind: 'ballot', tally: { projectIds: ['a', 'c'], points: [6, 4], ballots: 1 } }],
  ] as const)('%j is understood', (text, on, entry) => expect(readEntry(text, on)).toEqual(entry))

  it.each(['', '4', '11', 'x', 'u0', 'u11', 'u', '1*0', '*3', '1**2', '-1', '1:5'])('%j is not', (text) =>
    expect(readEntry(text, few)).toBeNull(),
  )

  it.each([
    ['1', withoutFirst],
    ['12', withoutFirst],
    ['2', withoutSecond],
    ['13', fewButHigh],
    ['1:6', { ...withoutFirst, takesPoints: true }],
  ] as const)('%j names a number that is not on the ballot', (text, on) => expect(readEntry(text, on)).toBeNull())

  it('with points asks for them', () => expect(readEntry('1 3', { ...few, takesPoints: true })).toBeNull())
})

it('what is alike is put together', () => {
  const lines = ['13', '3 1', '0', 'u2', 'u2*3', '2*5'].map((text) => readEntry(text, few) as Entry)
  expect(papersOf(lines)).toBe(12)
  expect(gatherEntries(lines)).toEqual({
    tallies: [
      { projectIds: ['a', 'c'], ballots: 2 },
      { projectIds: [], ballots: 1 },
      { projectIds: ['b'], ballots: 5 },
    ],
    invalid: [{ reason: 'number-torn-off', ballots: 4 }],
  })
})
