import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareOutcomes } from './comparison.ts'
import { countElection } from './count.ts'
import type { Election } from './election.ts'
import { readPb } from './pb/pbReader.ts'
import { RULE_NAMES, type RuleName } from './ruleNames.ts'
import { parseTieOrder, type TieOrder } from './ties.ts'

interface Outcome {
  readonly selected: string[]
  readonly total_cost: number
  readonly welfare?: number
  readonly unique_optimum?: boolean
}

interface Expected {
  readonly valid: boolean
  readonly results: Record<RuleName, Record<string, Outcome>>
  readonly house_rules: {
    readonly G: Outcome
    readonly E: Outcome & { increments: number | null }
    readonly final: { prefer_E: number; prefer_G: number }
  }
}

const folder = new URL('../../../tests/fixtures/pb/', import.meta.url)
const expected: Record<string, Expected> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))
const valid = Object.entries(expected).filter(([, { valid: isValid }]) => isValid)
const HOUSE: TieOrder = ['min-cost', 'max-votes', 'lexico']

function electionOf(name: string): Election {
  const reading = readPb(readFileSync(new URL(`${name}.pb`, folder), 'utf8'))
  if (!reading.ok) throw new Error(`${name} is refused: ${JSON.stringify(reading.fault)}`)
  return reading.file.election
}

it('every file has an expected outcome, and every invalid one is refused', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.pb'))
  expect(names.map((name) => name.replace('.pb', ''))).toEqual(Object.keys(expected).sort())
  for (const [name, { valid: isValid }] of Object.entries(expected)) {
    expect([name, readPb(readFileSync(new URL(`${name}.pb`, folder), 'utf8')).ok]).toEqual([name, isValid])
  }
})

const cases = valid.flatMap(([name, { results }]) =>
  Object.entries(results).flatMap(([rule, byTie]) =>
    Object.entries(byTie).map(([tie, outcome]) => ({ name, rule: rule as RuleName, tie, outcome })),
  ),
)

it('covers every rule that has reference outcomes', () => {
  const covered = new Set(cases.map(({ rule }) => rule))
  expect(RULE_NAMES.filter((rule) => !covered.has(rule))).toEqual(['greedy_cost-noskip80', 'mes_card+add1-nostop', 'phragmen-skip'])
})

describe('reference outcomes', () => {
  it.each(cases)('$name, $rule, $tie', ({ name, rule, tie, outcome }) => {
    const { selected, totalCost, optimum } = countElection(electionOf(name), rule, {
      tie: parseTieOrder(tie) ?? HOUSE,
      practice: 'reference',
    })
    if (outcome.welfare !== undefined) expect(optimum).toEqual({ welfare: outcome.welfare, isUniqueOptimum: outcome.unique_optimum })
    if (outcome.unique_optimum !== false) expect([selected, totalCost]).toEqual([outcome.selected, outcome.total_cost])
  })
})

describe('house rules', () => {
  it.each(valid)('%s', (name, { house_rules: { G, E, final } }) => {
    const election = electionOf(name)
    const [mostVotes, equalShares] = [
      countElection(election, 'greedy_cost', { tie: HOUSE }),
      countElection(election, 'mes_cost+add1u', { tie: HOUSE }),
    ]
    expect([mostVotes.selected, mostVotes.totalCost]).toEqual([G.selected, G.total_cost])
    expect([equalShares.selected, equalShares.totalCost, equalShares.increments]).toEqual([E.selected, E.total_cost, E.increments ?? 0])
    const { preferFirst, preferSecond } = compareOutcomes(election, equalShares.selected, mostVotes.selected)
    expect([preferFirst, preferSecond]).toEqual([final.prefer_E, final.prefer_G])
  })
})
