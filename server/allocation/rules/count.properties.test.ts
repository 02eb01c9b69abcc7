import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { electionInputs, elections } from '../../../tests/builders/election.ts'
import { type CountOptions, countElection } from './count.ts'
import { type Election, type ElectionInput, makeElection, scoresOf } from './election.ts'
import { RULE_NAMES, type RuleName } from './ruleNames.ts'

const HOUSE: CountOptions = { tie: ['min-cost', 'max-votes', 'lexico'] }
const rules = fc.constantFrom(...RULE_NAMES)
const ties = fc.constantFrom<CountOptions['tie']>(['lexico'], ['min-cost', 'max-votes', 'lexico'], ['lot'])

const withLot = (election: Election): Election => ({
  ...election,
  lot: election.projects
    .map(({ id }) => id)
    .toSorted()
    .reverse(),
})
const selectedBy = (election: Election, rule: RuleName, options: CountOptions = HOUSE) =>
  countElection(withLot(election), rule, options).selected

describe('every rule', () => {
  it('spends at most the pool', () => {
    fc.assert(
      fc.property(elections(), rules, fc.boolean(), (election, rule, remainderOffer) => {
        const { totalCost, awards } = countElection(election, rule, { ...HOUSE, remainderOffer })
        expect(totalCost).toBeLessThanOrEqual(election.budget)
        expect(awards.reduce((sum, { amount }) => sum + amount, 0)).toBe(totalCost)
      }),
    )
  })

  it('gives the same whatever the order of ballots and projects', () => {
    const shuffled = electionInputs().chain((input) =>
      fc.record({
        input: fc.constant(input),
        projects: fc.shuffledSubarray([...input.projects], { minLength: input.projects.length }),
        ballots: fc.shuffledSubarray([...input.ballots], { minLength: input.ballots.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, rules, ties, ({ input, projects, ballots }, rule, tie) => {
        const [one, other] = [input, { ...input, projects, ballots }].map((each) => selectedBy(makeElection(each), rule, { tie }))
        expect(other).toEqual(one)
      }),
    )
  })

  it('funds nothing without ballots and nothing without votes', () => {
    fc.assert(
      fc.property(elections(), rules, (election, rule) => {
        const scores = scoresOf(election)
        const unwanted = election.projects.filter((_project, place) => scores[place] === 0).map(({ id }) => id)
        // On approval sets a ballot counts without points too.
        if (!rule.startsWith('phragmen')) expect(selectedBy(election, rule).filter((id) => unwanted.includes(id))).toEqual([])
        expect(selectedBy({ ...election, ballots: [], blankBallots: 3 }, rule)).toEqual([])
      }),
    )
  })

  it('funds what is free and has a vote', () => {
    fc.assert(
      fc.property(elections({ withPoints: false }), rules, (election, rule) => {
        const scores = scoresOf(election)
        const free = election.projects.filter(({ cost }, place) => cost === 0 && (scores[place] as number) > 0).map(({ id }) => id)
        expect(selectedBy(election, rule)).toEqual(expect.arrayContaining(free))
      }),
    )
  })
})

const doubled = (input: ElectionInput): ElectionInput => ({ ...input, ballots: [...input.ballots, ...input.ballots] })
const scaled = (input: ElectionInput, by: number): ElectionInput => ({
  ...input,
  budget: input.budget * by,
  projects: input.projects.map((project) => ({ ...project, cost: project.cost * by })),
})
const WITHOUT_STEP = RULE_NAMES.filter((rule) => !rule.includes('add1'))

describe('scale', () => {
  it('of the electorate changes neither most votes, nor plain Equal Shares, nor Phragmén', () => {
    fc.assert(
      fc.property(electionInputs(), fc.constantFrom(...WITHOUT_STEP), (input, rule) => {
        expect(selectedBy(makeElection(doubled(input)), rule)).toEqual(selectedBy(makeElection(input), rule))
      }),
    )
  })

  it('of all amounts changes nothing but what a step of one krone means', () => {
    fc.assert(
      fc.property(electionInputs(), fc.constantFrom(...WITHOUT_STEP), fc.integer({ min: 2, max: 1000 }), (input, rule, by) => {
        expect(selectedBy(makeElection(scaled(input, by)), rule)).toEqual(selectedBy(makeElection(input), rule))
      }),
    )
  })

  it('of amounts and step together changes nothing at all', () => {
    fc.assert(
      fc.property(electionInputs(), rules, fc.integer({ min: 2, max: 50 }), (input, rule, by) => {
        expect(selectedBy(makeElection(scaled(input, by)), rule, { ...HOUSE, step: by })).toEqual(selectedBy(makeElection(input), rule))
      }),
    )
  })
})

describe('most votes first', () => {
  it('leaves nothing that would fit', () => {
    fc.assert(
      fc.property(
        elections(),
        fc.constantFrom<RuleName>('greedy_cost', 'greedy_card', 'mes_cost+add1u', 'mes_card+greedy'),
        (election, rule) => {
          const { selected, totalCost } = countElection(election, rule, HOUSE)
          const scores = scoresOf(election)
          const open = election.projects.filter(({ id }, place) => !selected.includes(id) && (scores[place] as number) > 0)
          expect(open.every(({ cost }) => cost > election.budget - totalCost)).toBe(true)
        },
      ),
    )
  })
})

it('what all fits is all funded, if somebody wants it', () => {
  const rulesThatUseThePool = RULE_NAMES.filter((rule) => !/^mes_(cost|card)$/.test(rule))
  fc.assert(
    fc.property(electionInputs({ withPoints: false }), fc.constantFrom(...rulesThatUseThePool), (input, rule) => {
      const election = makeElection({
        ...input,
        budget: Math.max(
          1,
          input.projects.reduce((sum, { cost }) => sum + cost, 0),
        ),
      })
      const scores = scoresOf(election)
      const wanted = election.projects.filter((_project, place) => (scores[place] as number) > 0).map(({ id }) => id)
      expect(selectedBy(election, rule)).toEqual(wanted.sort())
    }),
  )
})

it('Equal Shares gives something to somebody of every group that could pay for what all of it wants', () => {
  fc.assert(
    fc.property(elections({ withPoints: false }), fc.constantFrom<RuleName>('mes_cost', 'mes_card'), (election, rule) => {
      const selected = new Set(selectedBy(election, rule))
      const people = election.ballots.reduce((sum, { count }) => sum + count, 0)
      for (const [place, { cost }] of election.projects.entries()) {
        const group = election.ballots.filter(({ projects }) => projects.includes(place))
        const size = group.reduce((sum, { count }) => sum + count, 0)
        if (size === 0 || cost * people > size * election.budget) continue
        const hasSomething = group.some(({ projects }) =>
          projects.some((project) => selected.has(election.projects[project]?.id as string)),
        )
        expect(hasSomething).toBe(true)
      }
    }),
  )
})
