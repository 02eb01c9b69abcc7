import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { electionInputs } from '../../../tests/builders/election.ts'
import { countNaming, makeElection, scoresOf } from './election.ts'
import { withoutProjects } from './withoutProjects.ts'

describe('an election without some of its projects', () => {
  it('is the one whose ballots never named them', () => {
    fc.assert(
      fc.property(electionInputs(), fc.array(fc.constantFrom<string>('a', 'b', 'c'), { maxLength: 3 }), (input, ids) => {
        const left = {
          ...input,
          projects: input.projects.filter(({ id }) => !ids.includes(id)),
          ballots: input.ballots.map(({ projects, points }) => {
            const kept = projects.map((id, index) => ({ id, given: points?.[index] })).filter(({ id }) => !ids.includes(id))
            return { projects: kept.map(({ id }) => id), ...(points ? { points: kept.map(({ given }) => given as number) } : {}) }
          }),
        }
        const sorted = ({ ballots, ...rest }: ReturnType<typeof makeElection>) => ({
          ...rest,
          ballots: ballots.map((one) => JSON.stringify(one)).sort(),
        })
        expect(sorted(withoutProjects(makeElection(input), ids))).toEqual(sorted(makeElection(left)))
      }),
    )
  })

  it('keeps the votes of the others, and every ballot', () => {
    const election = makeElection({
      budget: 100,
      projects: ['a', 'b', 'c'].map((id) => ({ id, cost: 10 })),
      ballots: [{ projects: ['a', 'c'] }, { projects: ['b'] }, { projects: ['b', 'c'] }, { projects: [] }],
      exclusivePairs: [['a', 'b']],
      lot: ['c', 'b', 'a'],
    })
    const without = withoutProjects(election, ['b'])
    expect(scoresOf(without)).toEqual([1, 2])
    expect([countNaming(without), without.blankBallots]).toEqual([2, 2])
    expect([without.lot, without.exclusivePairs]).toEqual([['c', 'a'], []])
  })
})
