import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareOutcomes, fundedPerBallot } from './comparison.ts'
import { makeElection } from './election.ts'
import { readPb } from './pb/pbReader.ts'

describe('two outcomes', () => {
  it('of minority_40: the majority would have the last word', () => {
    const reading = readPb(readFileSync(new URL('../../../tests/fixtures/pb/minority_40.pb', import.meta.url), 'utf8'))
    if (!reading.ok) throw new Error('the fixture is broken')
    const { election } = reading.file
    const [majority, shared] = [
      ['M1', 'M2', 'M3'],
      ['M3', 'N1', 'N2'],
    ]
    expect(compareOutcomes(election, shared ?? [], majority ?? [])).toEqual({ preferFirst: 40, preferSecond: 60, indifferent: 0 })
    expect(fundedPerBallot(election, shared ?? [])).toEqual([0, 60, 40])
    expect(fundedPerBallot(election, majority ?? [])).toEqual([40, 0, 0, 60])
  })

  it('are compared by points; blank ballots do not mind', () => {
    const election = makeElection({
      budget: 10,
      projects: ['a', 'b'].map((id) => ({ id, cost: 5 })),
      ballots: [{ projects: ['a', 'b'], points: [1, 2] }, { projects: ['a'] }, { projects: [] }],
    })
    expect(compareOutcomes(election, ['a'], ['b'])).toEqual({ preferFirst: 1, preferSecond: 1, indifferent: 1 })
    expect(fundedPerBallot(election, [])).toEqual([2])
  })
})
