import { describe, expect, it } from 'vitest'
import { checkAgreedSharing } from './agreedSharing.ts'
import { countElection } from './count.ts'
import { makeElection } from './election.ts'

const HOUSE = { tie: ['min-cost', 'max-votes', 'lexico'], remainderOffer: true, withTranscript: true } as const

/** Votes fall from the first project to the last. */
function district(budget: number, projects: { id: string; cost: number; smallestUseful?: number }[]) {
  const ballots = projects.map((_project, index) => ({ projects: projects.slice(0, projects.length - index).map(({ id }) => id) }))
  return makeElection({ budget, projects, ballots })
}

describe('the remainder offer', () => {
  it('reproduces Skovlunde 2018 to the krone', () => {
    const skovlunde = district(273_918, [
      { id: 'toilet', cost: 220_000 },
      { id: 'haren', cost: 350_000 - 80_000, smallestUseful: 50_000 },
    ])
    expect(countElection(skovlunde, 'greedy_cost', HOUSE)).toMatchObject({
      totalCost: 273_918,
      awards: [
        { projectId: 'haren', amount: 53_918 },
        { projectId: 'toilet', amount: 220_000 },
      ],
    })
  })

  it('reproduces Måløv 2017 to the krone', () => {
    const maaloev = district(188_332, [
      { id: 'aktivitetsplads', cost: 98_000 },
      { id: 'monitor', cost: 50_000 },
      { id: 'discgolf', cost: 60_000, smallestUseful: 40_000 },
    ])
    expect(countElection(maaloev, 'greedy_cost', HOUSE)).toMatchObject({
      totalCost: 188_332,
      awards: [{ amount: 98_000 }, { projectId: 'discgolf', amount: 40_332 }, { amount: 50_000 }],
    })
  })

  const open = [
    { id: 'a', cost: 60 },
    { id: 'b', cost: 50 },
    { id: 'c', cost: 45, smallestUseful: 41 },
    { id: 'd', cost: 45, smallestUseful: 30 },
    { id: 'e', cost: 45, smallestUseful: 10 },
  ]

  it('goes to the first who declared that so little helps, all of it, and to nobody else', () => {
    const count = countElection(district(100, open), 'greedy_cost', HOUSE)
    expect(count).toMatchObject({ selected: ['a', 'd'], awards: [{ amount: 60 }, { amount: 40 }], totalCost: 100 })
    expect(count.transcript?.stages.at(-1)).toEqual({ kind: 'remainder', left: 40, projectId: 'd' })
    expect(count.transcript?.projects[3]?.reasons.at(-1)).toEqual({ kind: 'given-remainder', amount: 40 })
  })

  it('gives nothing where nobody did, nothing is left, or the project is excluded', () => {
    expect(countElection(district(100, open.slice(0, 2)), 'greedy_cost', HOUSE).selected).toEqual(['a'])
    expect(countElection(district(60, open), 'greedy_cost', HOUSE).selected).toEqual(['a'])
    const excluded = { ...district(100, open), exclusivePairs: [['a', 'd']] as const }
    expect(countElection(excluded, 'greedy_cost', HOUSE).selected).toEqual(['a', 'e'])
  })

  it('never gives more than the cost, where a rule leaves that much', () => {
    const rich = makeElection({
      budget: 100,
      projects: [
        { id: 'a', cost: 50 },
        { id: 'b', cost: 40, smallestUseful: 10 },
      ],
      ballots: [...Array.from({ length: 9 }, () => ({ projects: ['a'] })), { projects: ['b'] }],
    })
    expect(countElection(rich, 'mes_cost', HOUSE)).toMatchObject({
      totalCost: 90,
      awards: [{ amount: 50 }, { projectId: 'b', amount: 40 }],
    })
  })

  it('is off unless asked for', () => {
    expect(countElection(district(100, open), 'greedy_cost', { tie: ['lexico'] }).selected).toEqual(['a'])
  })
})

describe('agreed sharing', () => {
  const ids = ['a', 'b', 'c']
  const maaloev = [
    { projectId: 'a', amount: 98_000 },
    { projectId: 'b', amount: 40_332 },
    { projectId: 'c', amount: 50_000 },
  ]

  it('holds within the share, to the krone', () => {
    expect(checkAgreedSharing(188_332, { projectIds: ids }, maaloev)).toEqual({ ok: true, total: 188_332, left: 0 })
    expect(checkAgreedSharing(200_000, { projectIds: ids }, maaloev.slice(0, 1))).toEqual({ ok: true, total: 98_000, left: 102_000 })
  })

  it('gives money to at most one of an exclusive pair', () => {
    const ofPair = (...names: string[]) =>
      checkAgreedSharing(
        188_332,
        { projectIds: ids, pairs: [['a', 'c']] },
        maaloev.filter(({ projectId }) => names.includes(projectId)),
      )
    expect(ofPair('a', 'b', 'c')).toEqual({ ok: false, reason: 'exclusive-pair', projectIds: ['a', 'c'] })
    expect(ofPair('a', 'b')).toMatchObject({ ok: true })
    expect(ofPair('c', 'b')).toMatchObject({ ok: true })
  })

  it.each([
    [188_331, maaloev, { reason: 'beyond-share', total: 188_332, beyond: 1 }],
    [10, [{ projectId: 'z', amount: 1 }], { reason: 'unknown-project', projectId: 'z' }],
    [
      10,
      [
        { projectId: 'a', amount: 1 },
        { projectId: 'a', amount: 2 },
      ],
      { reason: 'named-twice', projectId: 'a' },
    ],
    [10, [{ projectId: 'a', amount: 0 }], { reason: 'not-an-amount', projectId: 'a' }],
    [10, [{ projectId: 'a', amount: 1.5 }], { reason: 'not-an-amount', projectId: 'a' }],
  ])('of %s is refused: %j', (share, amounts, fault) => {
    expect(checkAgreedSharing(share, { projectIds: ids }, amounts)).toEqual({ ok: false, ...fault })
  })
})
