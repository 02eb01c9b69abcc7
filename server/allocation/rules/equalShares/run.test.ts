import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../../tests/builders/election.ts'
import { naiveEqualShares } from '../../../../tests/builders/naiveEqualShares.ts'
import { type Contest, prepareContest } from '../contest.ts'
import { type Election, makeElection } from '../election.ts'
import { compareRationals, differenceOf, type Rational } from '../rational.ts'
import { endowmentOf, raiseEndowments } from './addOne.ts'
import { type Electorate, layOut } from './electorate.ts'
import { runEqualShares } from './run.ts'

const BY_ID = { tie: ['lexico'] } as const

const fundedIn = (election: Election, contest: Contest, electorate: Electorate, utility: 'cost' | 'card', k: number) => {
  const { free, purchases } = runEqualShares(contest, electorate, utility, endowmentOf(contest, k, 1))
  return [...free, ...purchases.map(({ project }) => project)].map((project) => election.projects[project]?.id)
}

describe('a run', () => {
  it('buys what the rule as written buys, in the same order, on random elections', () => {
    fc.assert(
      fc.property(elections(), fc.constantFrom('cost', 'card'), fc.integer({ min: 0, max: 60 }), (election, utility, k) => {
        const contest = prepareContest(election, BY_ID)
        fc.pre(contest.sharers > 0)
        const found = fundedIn(election, contest, layOut(election), utility, k)
        expect(found).toEqual(naiveEqualShares(election, utility, [election.budget + k * contest.sharers, contest.sharers]))
      }),
      { numRuns: 1000 },
    )
  })

  it('does so with however few bits it approximates amounts', () => {
    fc.assert(
      fc.property(
        elections(),
        fc.constantFrom('cost', 'card'),
        fc.nat({ max: 30 }),
        fc.integer({ min: 0, max: 16 }),
        (election, utility, k, bits) => {
          const contest = prepareContest(election, BY_ID)
          fc.pre(contest.sharers > 0)
          const found = fundedIn(election, contest, layOut(election, bits), utility, k)
          expect(found).toEqual(naiveEqualShares(election, utility, [election.budget + k * contest.sharers, contest.sharers]))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('does so where amounts are as large as can be', () => {
    const ballots = [{ projects: ['a', 'c'] }, { projects: ['a', 'b'] }, { projects: ['b', 'c'] }, { projects: ['c'] }, { projects: ['b'] }]
    const projects = ['a', 'b', 'c'].map((id, index) => ({ id, cost: 300_000_000_000_000 + index }))
    const election = makeElection({ budget: 900_000_000_000_000, projects, ballots })
    const contest = prepareContest(election, BY_ID)
    for (const utility of ['cost', 'card'] as const) {
      expect(fundedIn(election, contest, layOut(election), utility, 0)).toEqual(naiveEqualShares(election, utility, [election.budget, 5]))
    }
  })

  it('takes from the purses exactly the cost of every project, and never more than they hold', () => {
    fc.assert(
      fc.property(elections(), fc.constantFrom('cost', 'card'), (election, utility) => {
        const contest = prepareContest(election, BY_ID)
        const { endowment, purchases } = runEqualShares(contest, layOut(election), utility, endowmentOf(contest, 3, 1))
        const purses: Rational[] = election.ballots.map(() => endowment)
        for (const { project, price } of purchases) {
          let paid: Rational = { numerator: 0n, denominator: 1n }
          for (const [index, { projects, points, count }] of election.ballots.entries()) {
            const given = points[projects.indexOf(project)] ?? 0
            const asked = { ...price, numerator: price.numerator * BigInt(given) }
            const held = purses[index] as Rational
            const pays = compareRationals(asked, held) < 0 ? asked : held
            purses[index] = differenceOf(held, pays)
            expect((purses[index] as Rational).numerator >= 0n).toBe(true)
            const more = pays.numerator * BigInt(count)
            paid = {
              numerator: paid.numerator * pays.denominator + more * paid.denominator,
              denominator: paid.denominator * pays.denominator,
            }
          }
          expect(compareRationals(paid, { numerator: BigInt(contest.costs[project] as number), denominator: 1n })).toBe(0)
        }
      }),
    )
  })
})

describe('raised endowments', () => {
  // Found by search: the outcome is not monotone in the endowment.
  const jumpy = makeElection({
    budget: 225,
    projects: Object.entries({ a: 146, b: 66, c: 114, d: 50, e: 26 }).map(([id, cost]) => ({ id, cost })),
    ballots: ['abcde', 'd', 'bd', 'a', 'abcde'].map((ids) => ({ projects: [...ids] })),
  })

  it('stop before the first increment that overspends, though a later one would fit again', () => {
    const [contest, electorate] = [prepareContest(jumpy, BY_ID), layOut(jumpy)]
    const costAt = (k: number) =>
      runEqualShares(contest, electorate, 'cost', endowmentOf(contest, k, 1)).purchases.reduce(
        (sum, { project }) => sum + (contest.costs[project] as number),
        0,
      )
    const outcome = raiseEndowments(contest, electorate, 'cost', { raising: 'until-overspending', step: 1 })
    expect(outcome).toMatchObject({ increments: 21, cost: 196, stop: 'next-overspends' })
    expect([costAt(21), costAt(22) > 225, costAt(30)]).toEqual([196, true, 222])
  })

  it('tell how far they are', () => {
    const seen: number[] = []
    const [contest, electorate] = [prepareContest(jumpy, BY_ID), layOut(jumpy)]
    const onProgress = ({ increments }: { increments: number }) => seen.push(increments)
    raiseEndowments(contest, electorate, 'cost', { raising: 'until-overspending', step: 1, everyRun: true, onProgress })
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => index))
  })

  it('pass over no run that does anything new: same outcome, increments and ties as with every run', () => {
    fc.assert(
      fc.property(
        elections(),
        fc.constantFrom('cost', 'card'),
        fc.constantFrom('until-exhaustive', 'until-overspending'),
        fc.integer({ min: 0, max: 52 }),
        (election, utility, raising, bits) => {
          const [contest, electorate] = [prepareContest(election, BY_ID), layOut(election, bits)]
          const outcome = raiseEndowments(contest, electorate, utility, { raising, step: 1 })
          const { run, funded, increments, ties, stop } = raiseEndowments(contest, electorate, utility, {
            raising,
            step: 1,
            everyRun: true,
          })
          expect(outcome).toMatchObject({ run, funded, increments, ties, stop })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('end at once where nobody shares or nothing is wanted', () => {
    const empty = makeElection({ budget: 10, projects: [{ id: 'a', cost: 5 }], ballots: [{ projects: [] }] })
    const outcome = raiseEndowments(prepareContest(empty, BY_ID), layOut(empty), 'cost', { raising: 'until-overspending', step: 1 })
    expect(outcome).toMatchObject({ funded: [], increments: 0, stop: 'all-funded' })
  })
})
