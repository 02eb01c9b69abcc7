import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { electionInputs } from '../../../../tests/builders/election.ts'
import { makeElection } from '../election.ts'
import { readPb } from './pbReader.ts'
import { type PbContents, pabulibRule, pbFileName, writePb } from './pbWriter.ts'

/** A generator that always gives the same numbers: enough to see what is done with them. */
function numbersFrom(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function readBack(contents: PbContents) {
  const reading = readPb(writePb(contents, numbersFrom(7)))
  if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
  return reading.file
}

const byContent = (ballots: readonly { projects: readonly number[]; points: readonly number[]; count: number }[]) =>
  ballots.map((ballot) => JSON.stringify(ballot)).sort()

describe('a file', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(electionInputs(), fc.boolean(), fc.boolean(), (input, hasLot, hasPair) => {
        const ids = input.projects.map(({ id }) => id)
        const election = makeElection({
          ...input,
          projects: input.projects.map((project, index) => ({ ...project, smallestUseful: index === 1 ? 3 : null })),
          lot: hasLot ? ids.toReversed() : null,
          exclusivePairs: hasPair && ids.length > 1 ? [[ids[0] as string, ids[1] as string]] : [],
        })
        const hasPoints = input.ballots.some(({ points }) => points !== undefined)
        const { election: again, warnings } = readBack({ meta: {}, voteType: hasPoints ? 'scoring' : 'approval', election })
        expect(warnings).toEqual([])
        expect({ ...again, ballots: byContent(again.ballots) }).toEqual({ ...election, ballots: byContent(election.ballots) })
      }),
    )
  })

  const election = makeElection({
    budget: 100,
    projects: [
      { id: '9', cost: 50 },
      { id: '10', cost: 60 },
    ],
    ballots: [...Array.from({ length: 30 }, () => ({ projects: ['9'] })), { projects: [] }],
  })

  it('tells nothing of voters: fresh numbers, shuffled rows, no other column', () => {
    const rows = writePb({ meta: {}, voteType: 'approval', election }, numbersFrom(3)).split('VOTES\n')[1]?.trim().split('\n') ?? []
    expect(rows[0]).toBe('voter_id;vote')
    const ids = rows.slice(1).map((row) => row.split(';')[0])
    expect(new Set(ids).size).toBe(31)
    expect(ids).not.toEqual(ids.toSorted((a, b) => Number(a) - Number(b)))
    expect(rows.findIndex((row) => row.endsWith(';'))).not.toBe(31)
  })

  it('quotes what needs it and keeps the columns of projects', () => {
    const columns = new Map([
      ['9', { name: 'Legeplads "Den Gyldne"; etape II' }],
      ['10', { name: 'Bænk', latitude: '55.73' }],
    ] as [string, Record<string, string>][])
    const { projects, meta } = readBack({
      meta: { unit: 'Ballerup', comment: '#1: a; b' },
      voteType: 'approval',
      election,
      columns,
      selected: ['10'],
    })
    expect(meta).toMatchObject({ unit: 'Ballerup', comment: '#1: a; b', num_votes: '31', num_projects: '2', budget: '100' })
    expect(projects.map(({ columns: { name, latitude, selected, votes } }) => [name, latitude, selected, votes])).toEqual([
      ['Legeplads "Den Gyldne"; etape II', '', '0', '30'],
      ['Bænk', '55.73', '1', '0'],
    ])
  })

  it('writes a ranking best first, and hundredths as decimals', () => {
    const text = writePb(
      {
        meta: {},
        voteType: 'ordinal',
        election: { ...election, unitsPerCurrency: 100, blankBallots: 0, ballots: [{ projects: [0, 1], points: [1, 2], count: 1 }] },
      },
      numbersFrom(1),
    )
    expect(text).toContain('budget;1.00\n')
    expect(text).toMatch(/;"?10,9"?\n$/)
  })
})

describe('names', () => {
  it('of the format for our rules', () => {
    expect(pabulibRule('greedy_cost', 1)).toBe('greedy')
    expect(pabulibRule('greedy_cost', 50)).toBe('greedy-threshold')
    expect(pabulibRule('greedy_cost-noskip', 1)).toBe('greedy-no-skip')
    expect(pabulibRule('mes_cost+add1u', 1)).toBe('equalshares/add1')
    expect(pabulibRule('mes_card+greedy', 1)).toBe('equalshares')
    expect(pabulibRule('phragmen', 1)).toBe('unknown')
  })

  it('of the file', () => {
    expect(pbFileName({ country: 'Denmark', unit: 'Ballerup', instance: '2026', subunit: 'Ballerup Nord' })).toBe(
      'Denmark_Ballerup_2026_Ballerup_Nord.pb',
    )
  })
})
