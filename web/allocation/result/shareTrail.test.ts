import { expect, test } from 'vitest'
import { electionOf, optionsOf } from '../../../server/allocation/districtCount.ts'
import { countElection } from '../../../server/allocation/rules/count.ts'
import { makeElection } from '../../../server/allocation/rules/election.ts'
import type { RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import { variedDistricts } from '../../../tests/builders/variedResult.ts'
import { voteSetup } from '../../../tests/builders/vote.ts'
import type { DistrictResult } from '../result.api.ts'
import { shareTrail } from './shareTrail.ts'

function counted(rule: RuleName) {
  const times = (count: number, ...projects: string[]) => Array.from({ length: count }, () => ({ projects }))
  const election = makeElection({
    budget: 1000,
    projects: [
      { id: 'a', cost: 600 },
      { id: 'b', cost: 500 },
      { id: 'c', cost: 300 },
    ],
    ballots: [...times(5, 'a'), ...times(3, 'a', 'b'), ...times(2, 'c'), ...times(1)],
  })
  const { awards, transcript, totalCost } = countElection(election, rule, { tie: ['lexico'], withTranscript: true })
  const projects = ['a', 'b', 'c'].map((projectId, index) => {
    const awardedDkk = awards.find((award) => award.projectId === projectId)?.amount ?? 0
    return { projectId, votes: [8, 3, 2][index], awardedDkk, outcome: awardedDkk > 0 ? 'won' : 'lost' }
  })
  return {
    projects: projects as unknown as DistrictResult['projects'],
    shareDkk: 1000,
    ballots: 11,
    blankBallots: 1,
    transcript,
    leftDkk: 1000 - totalCost,
  }
}

const sum = (pieces: readonly { amount: number }[] = []) => pieces.reduce((all, { amount }) => all + amount, 0)

test.each(['greedy_cost', 'mes_cost', 'mes_cost+add1', 'mes_cost+add1u'] as const)('the pieces make what a ballot held: %s', (rule) => {
  const trail = shareTrail(counted(rule))
  expect(trail?.chosen).toEqual(['a', 'b'])
  expect(trail?.part).toBe(100)
  expect(sum(trail?.pieces)).toBeCloseTo(trail?.held ?? 0)
})

test('by most votes everybody’s part goes where the share went', () => {
  expect(shareTrail(counted('greedy_cost'))).toMatchObject({
    how: 'average',
    part: 100,
    pieces: [
      { projectId: 'a', amount: 60, isChosen: true },
      { projectId: 'c', amount: 30, isChosen: false },
      { projectId: null, amount: 10 },
    ],
  })
})

test('by equal shares a ballot pays only for what it chose', () => {
  const trail = shareTrail(counted('mes_cost'))
  expect(trail?.how).toBe('own')
  expect(trail?.pieces.every(({ projectId, isChosen }) => projectId === null || isChosen)).toBe(true)
})

/** Ballerup Syd of the varied result: equal shares, raised 1,457 times. */
function raised() {
  const { districts, handedIn } = variedDistricts(2026)
  const [district] = voteSetup({ year: 2026, districts }).districts
  const { box = [], meeting } = handedIn['ballerup-syd'] ?? {}
  if (district === undefined) throw new Error('the varied result has no first district')
  const election = electionOf(district, [...box, ...(meeting?.paper?.ballots ?? [])])
  const { awards, transcript, totalCost } = countElection(election, 'mes_cost+add1u', optionsOf(district.settings))
  const projects = (transcript?.projects ?? []).map(({ projectId, votes }) => {
    const awardedDkk = awards.find((award) => award.projectId === projectId)?.amount ?? 0
    return { projectId, votes, awardedDkk, outcome: awardedDkk > 0 ? 'won' : 'lost' }
  })
  const { shareDkk } = district
  return {
    projects: projects as unknown as DistrictResult['projects'],
    shareDkk,
    ballots: 184,
    blankBallots: 3,
    transcript,
    leftDkk: shareDkk - totalCost,
  }
}

test('what was raised to reckon with is told from the real part, and what is left from what a ballot did not spend', () => {
  const trail = shareTrail(raised())
  expect(trail).toMatchObject({ how: 'own', isRaised: true, chosen: ['2026-syd-sommerscene', '2026-syd-aktivitetsbane'] })
  expect(trail?.part).toBeCloseTo(2_073.21)
  expect(trail?.held).toBeCloseTo(2_073.21 + 1_457)
  expect(trail?.pieces).toEqual([
    { projectId: '2026-syd-sommerscene', amount: 2_000, isChosen: true },
    { projectId: null, amount: expect.closeTo(1_530.21), isChosen: false },
  ])
  expect(trail?.rest).toEqual({ given: [], left: 40_251, leftEach: expect.closeTo(222.38) })
})

test('what was funded after the rounds was paid by the share, not by the ballots that chose it', () => {
  const trail = shareTrail(counted('mes_cost+greedy'))
  const bought = sum(
    counted('mes_cost')
      .projects.filter(({ outcome }) => outcome === 'won')
      .map(({ awardedDkk }) => ({ amount: awardedDkk ?? 0 })),
  )
  const { given = [], left = 0 } = trail?.rest ?? {}
  expect(given).toEqual([{ projectId: 'c', amount: 300 }])
  expect(trail?.pieces.some(({ projectId }) => projectId === 'c')).toBe(false)
  expect(bought + sum(given) + left).toBe(1_000)
})

test('where ballots gave points the invented one gave one each: it pays the price of one point, not that of five', () => {
  const election = makeElection({
    budget: 300_000,
    projects: [{ id: 'a', cost: 200_000 }],
    ballots: [
      ...Array.from({ length: 20 }, () => ({ projects: ['a'], points: [5] })),
      ...Array.from({ length: 10 }, () => ({ projects: [] })),
    ],
  })
  const { transcript } = countElection(election, 'mes_cost', { tie: ['lexico'], withTranscript: true })
  const projects = [{ projectId: 'a', votes: 100, awardedDkk: 200_000, outcome: 'won' }] as unknown as DistrictResult['projects']
  const trail = shareTrail({ projects, shareDkk: 300_000, ballots: 30, blankBallots: 10, transcript, leftDkk: 100_000 })
  expect(trail).toMatchObject({ how: 'own', part: 15_000, held: 15_000, isRaised: false })
  expect(trail?.pieces).toEqual([
    { projectId: 'a', amount: 2_000, isChosen: true },
    { projectId: null, amount: 13_000, isChosen: false },
  ])
})

test('without ballots there is nothing to show', () => {
  expect(shareTrail({ ...counted('greedy_cost'), ballots: 0, blankBallots: 0 })).toBeNull()
})
