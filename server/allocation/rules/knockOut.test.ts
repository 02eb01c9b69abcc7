import { describe, expect, it } from 'vitest'
import { runKnockOut } from './knockOut.ts'

const PROJECTS = [
  { id: 'klatre', cost: 186_185 },
  { id: 'brydegaarden', cost: 150_000 },
  { id: 'spejderne', cost: 150_000 },
]
const votes = (counts: Record<string, number>) => Object.entries(counts).map(([projectId, number]) => ({ projectId, votes: number }))
const BY_COST = ['min-cost', 'lexico'] as const

describe('knock-out ballots', () => {
  it('reproduce Måløv 2018: three projects, then two, 40 to 31', () => {
    const result = runKnockOut(
      PROJECTS,
      [
        { votes: votes({ spejderne: 21, klatre: 27, brydegaarden: 23 }), goOn: 2 },
        { votes: votes({ klatre: 40, brydegaarden: 31 }), goOn: 1 },
      ],
      BY_COST,
    )
    expect(result).toMatchObject({
      ok: true,
      winners: ['klatre'],
      rounds: [
        { goOn: ['klatre', 'brydegaarden'], out: ['spejderne'], tie: null },
        {
          standing: [
            { projectId: 'klatre', votes: 40 },
            { projectId: 'brydegaarden', votes: 31 },
          ],
          goOn: ['klatre'],
          out: ['brydegaarden'],
          tie: null,
        },
      ],
    })
  })

  it('tell a tie across the line, and only there', () => {
    const tied = [{ votes: votes({ klatre: 20, brydegaarden: 20, spejderne: 20 }), goOn: 1 }]
    expect(runKnockOut(PROJECTS, tied, BY_COST)).toMatchObject({
      winners: ['brydegaarden'],
      rounds: [{ tie: { projects: ['brydegaarden', 'spejderne', 'klatre'], criterion: 'lexico' } }],
    })
    expect(runKnockOut(PROJECTS, tied, ['lot'], ['spejderne', 'klatre', 'brydegaarden'])).toMatchObject({
      winners: ['spejderne'],
      rounds: [{ tie: { criterion: 'lot' } }],
    })
    const above = [{ votes: votes({ klatre: 20, brydegaarden: 20, spejderne: 9 }), goOn: 2 }]
    expect(runKnockOut(PROJECTS, above, BY_COST)).toMatchObject({ rounds: [{ tie: null }] })
  })

  it('without a ballot leave everybody standing', () => {
    expect(runKnockOut(PROJECTS, [], BY_COST)).toEqual({ ok: true, rounds: [], winners: PROJECTS.map(({ id }) => id) })
  })

  const all = votes({ klatre: 3, brydegaarden: 2, spejderne: 1 })
  it.each([
    [[{ votes: [...all, { projectId: 'x', votes: 1 }], goOn: 2 }], { round: 1, reason: 'not-standing', projectId: 'x' }],
    [
      [
        { votes: all, goOn: 2 },
        { votes: all, goOn: 1 },
      ],
      { round: 2, reason: 'not-standing', projectId: 'spejderne' },
    ],
    [[{ votes: all.slice(1), goOn: 1 }], { round: 1, reason: 'missing', projectId: 'klatre' }],
    [[{ votes: [...all, ...all], goOn: 1 }], { round: 1, reason: 'named-twice', projectId: 'klatre' }],
    [[{ votes: all, goOn: 3 }], { round: 1, reason: 'nobody-out' }],
    [[{ votes: all, goOn: 0 }], { round: 1, reason: 'nobody-out' }],
    [[{ votes: votes({ klatre: 1.5, brydegaarden: 2, spejderne: 1 }), goOn: 1 }], { round: 1, reason: 'not-a-number' }],
  ])('are refused: %j', (ballots, fault) => {
    expect(runKnockOut(PROJECTS, ballots, BY_COST)).toEqual({ ok: false, ...fault })
  })

  it('cannot fall by a lot that leaves a project out', () => {
    expect(() => runKnockOut(PROJECTS, [], ['lot'], ['klatre'])).toThrow(RangeError)
  })
})
