import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections } from '../../../tests/builders/election.ts'
import { expectEnough } from '../../../tests/builders/recount.ts'
import { type Count, type CountOptions, countElection } from './count.ts'
import { type Election, makeElection } from './election.ts'
import { addEnough } from './enough.ts'
import { RULE_NAMES, type RuleName } from './ruleNames.ts'
import type { StageRecord } from './transcript.ts'

const HOUSE: CountOptions = { tie: ['min-cost', 'max-votes', 'lexico'], withTranscript: true }

function equalSharesOf({ transcript }: Count) {
  const stage = transcript?.stages.find(({ kind }) => kind === 'equal-shares')
  if (stage?.kind !== 'equal-shares') throw new Error('no run of Equal Shares')
  return stage satisfies StageRecord
}

const town = makeElection({
  budget: 1000,
  projects: Object.entries({ a: 300, b: 250, c: 600, d: 10, e: 0 }).map(([id, cost]) => ({ id, cost })),
  ballots: [
    ...Array.from({ length: 6 }, () => ({ projects: ['a', 'c'] })),
    ...Array.from({ length: 3 }, () => ({ projects: ['b', 'c', 'e'] })),
    { projects: ['b'] },
  ],
})

describe('a transcript of Equal Shares', () => {
  const count = countElection(town, 'mes_cost', HOUSE)

  it('tells round by round who wins, what a supporter pays and what remains behind the others', () => {
    const { endowment, free, rounds } = equalSharesOf(count)
    expect({ endowment, free }).toEqual({ endowment: 100, free: ['e'] })
    expect(rounds).toMatchObject([
      {
        round: 1,
        projectId: 'c',
        effectiveVotes: 9,
        supporterPays: 66.666667,
        payers: 9,
        payersOfAll: 0,
        standings: [
          { projectId: 'a', effectiveVotes: 6, supporterPays: 50, moneyLeft: 200 },
          { projectId: 'b', effectiveVotes: 4, supporterPays: 62.5, moneyLeft: 200 },
          { projectId: 'd', effectiveVotes: null, supporterPays: null, moneyLeft: 0 },
        ],
      },
    ])
    expect(rounds).toHaveLength(1)
  })

  it('tells where the money of a loser went', () => {
    expect(count.transcript?.projects.find(({ projectId }) => projectId === 'a')?.reasons).toEqual([
      {
        kind: 'supporters-short',
        cost: 300,
        moneyAtStart: 600,
        moneyLeft: 200,
        missing: 100,
        spentOn: [{ projectId: 'c', amount: 400, ballots: 6 }],
      },
    ])
  })

  it('tells the other reasons', () => {
    const reasons = Object.fromEntries(count.transcript?.projects.map((project) => [project.projectId, project.reasons[0]?.kind]) ?? [])
    expect(reasons).toEqual({ a: 'supporters-short', b: 'supporters-short', c: 'bought', d: 'too-few-votes', e: 'free' })
  })
})

it('effective votes never rise from round to round', () => {
  fc.assert(
    fc.property(elections(), fc.constantFrom<RuleName>('mes_cost', 'mes_card+add1', 'mes_cost+add1u'), (election, rule) => {
      const last = new Map<string, number>()
      for (const { projectId, effectiveVotes, standings } of equalSharesOf(countElection(election, rule, HOUSE)).rounds) {
        for (const standing of [...standings, { projectId, effectiveVotes }]) {
          const now = standing.effectiveVotes ?? 0
          expect(now).toBeLessThanOrEqual(last.get(standing.projectId) ?? Number.POSITIVE_INFINITY)
          last.set(standing.projectId, now)
        }
      }
    }),
  )
})

it('what a loser’s supporters had, spent and have left adds up', () => {
  fc.assert(
    fc.property(elections(), fc.constantFrom<RuleName>('mes_cost', 'mes_card+add1u'), (election, rule) => {
      for (const { reasons } of countElection(election, rule, HOUSE).transcript?.projects ?? []) {
        for (const reason of reasons) {
          if (reason.kind !== 'supporters-short') continue
          const spent = reason.spentOn.reduce((sum, { amount }) => sum + amount, 0)
          expect(reason.moneyAtStart - spent).toBeCloseTo(reason.moneyLeft, 3)
          expect(reason.missing).toBeCloseTo(reason.cost - reason.moneyLeft, 3)
          expect(reason.missing).toBeGreaterThan(0)
        }
      }
    }),
  )
})

describe('every project', () => {
  it('has a last reason that agrees with its award, under every rule', () => {
    const funded = ['fits', 'topped-up', 'free', 'bought', 'earned', 'in-best-set', 'given-remainder']
    fc.assert(
      fc.property(elections({ withPoints: false }), fc.constantFrom(...RULE_NAMES), fc.boolean(), (election, rule, hasPair) => {
        const [a, b] = election.projects.map(({ id }) => id)
        const paired: Election = hasPair && a !== undefined && b !== undefined ? { ...election, exclusivePairs: [[a, b]] } : election
        const count = countElection(paired, rule, { ...HOUSE, remainderOffer: true })
        for (const { projectId, award, reasons } of count.transcript?.projects ?? []) {
          expect([projectId, award !== null]).toEqual([projectId, count.selected.includes(projectId)])
          expect([projectId, funded.includes(reasons.at(-1)?.kind ?? '')]).toEqual([projectId, award !== null])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('that lost learns what would have been enough, and that is so when counted again', () => {
    const rules = fc.constantFrom<RuleName>('mes_cost', 'mes_cost+add1u', 'mes_card+add1', 'phragmen', 'max_welfare_cost')
    fc.assert(
      fc.property(elections({ withPoints: false }), rules, (election, rule) => {
        const { transcript } = addEnough(election, HOUSE, countElection(election, rule, HOUSE))
        for (const outcome of transcript?.projects ?? []) {
          if (outcome.award === null) expectEnough(election, rule, HOUSE, outcome)
          else expect(outcome.enough).toBeNull()
        }
      }),
      { numRuns: 25 },
    )
  })
})
