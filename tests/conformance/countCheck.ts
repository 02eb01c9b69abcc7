import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareOutcomes, fundedPerBallot } from '../../server/allocation/rules/comparison.ts'
import { type Count, type CountOptions, countElection } from '../../server/allocation/rules/count.ts'
import type { Election } from '../../server/allocation/rules/election.ts'
import { readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import type { RuleName } from '../../server/allocation/rules/ruleNames.ts'
import { parseTieOrder, type TieOrder } from '../../server/allocation/rules/ties.ts'

interface Outcome {
  readonly selected: readonly string[]
  readonly total_cost: number
  readonly welfare?: number
  readonly unique_optimum?: boolean
  readonly increments?: number
  readonly ties_met?: number
}

type Preferences = Record<string, { voters_preferring_first: number; voters_preferring_greedy: number; indifferent: number }>

/** Reference outcomes of one file, as they stand beside it. */
interface Expected {
  readonly add1_increment?: number
  readonly official?: { readonly rule: string; readonly selected_1: readonly string[] | null }
  readonly results: Readonly<Record<string, Readonly<Record<string, Outcome>>>>
  readonly comparison_step?: Preferences
  readonly voters_with_no_funded_project?: Readonly<Record<string, number>>
  readonly house_rules: {
    readonly G: Outcome
    readonly E: Omit<Outcome, 'increments'> & { readonly increments: number | null }
    readonly final: { readonly prefer_E: number; readonly prefer_G: number }
  }
}

interface FileCheck {
  readonly name: string
  compared: number
  readonly differences: string[]
  /** Null where no official outcome is known or the rule it came from is not one of ours. */
  official: boolean | null
  seconds: number
}

const HOUSE: TieOrder = ['min-cost', 'max-votes', 'lexico']
const LEXICO: TieOrder = ['lexico']

const sameIds = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n')
const isClose = (a: number, b: number) => Math.abs(a - b) < 1e-6

/** What is wrong with a count against a reference outcome; an optimum that others share need not be the same set. */
function differenceOf(count: Count, expected: Outcome): string | null {
  const { selected, totalCost, tiesMet, increments, optimum } = count
  if (optimum !== null && (optimum.welfare !== expected.welfare || optimum.isUniqueOptimum !== expected.unique_optimum))
    return 'another optimum'
  if (expected.unique_optimum !== false && !sameIds(selected, expected.selected))
    return `funds ${selected.join()}, not ${expected.selected.join()}`
  if (expected.unique_optimum !== false && !isClose(totalCost, expected.total_cost)) return `costs ${totalCost}, not ${expected.total_cost}`
  if (expected.increments != null && increments !== expected.increments) return `${increments} increments, not ${expected.increments}`
  const ties = tiesMet.reduce((sum, { fromRun, toRun }) => sum + toRun - fromRun + 1, 0)
  return expected.ties_met === undefined || ties === expected.ties_met ? null : `${ties} ties met, not ${expected.ties_met}`
}

function compare(check: FileCheck, what: string, difference: string | null): void {
  check.compared += 1
  if (difference !== null) check.differences.push(`${check.name}, ${what}: ${difference}`)
}

function compareResults(check: FileCheck, election: Election, { results, add1_increment: step = 1 }: Expected): Map<string, Count> {
  const counts = new Map<string, Count>()
  for (const [rule, byTie] of Object.entries(results)) {
    for (const [tie, outcome] of Object.entries(byTie)) {
      const count = countElection(election, rule as RuleName, { tie: parseTieOrder(tie) ?? LEXICO, practice: 'reference', step })
      compare(check, `${rule}, ${tie}`, differenceOf(count, outcome))
      if (tie === 'lexico') counts.set(rule, count)
    }
  }
  return counts
}

function compareHouse(check: FileCheck, election: Election, { house_rules: { G, E, final }, add1_increment: step = 1 }: Expected): void {
  const mostVotes = countElection(election, 'greedy_cost', { tie: HOUSE })
  const equalShares = countElection(election, 'mes_cost+add1u', { tie: HOUSE, step })
  compare(check, 'house rule G', differenceOf(mostVotes, G))
  compare(check, 'house rule E', differenceOf(equalShares, { ...E, increments: E.increments ?? 0 }))
  const { preferFirst, preferSecond } = compareOutcomes(election, equalShares.selected, mostVotes.selected)
  const isSame = preferFirst === final.prefer_E && preferSecond === final.prefer_G
  compare(check, 'house comparison', isSame ? null : `${preferFirst} to ${preferSecond}`)
}

/** Head counts of the voters for outcomes that were counted before. */
function compareVoters(check: FileCheck, election: Election, expected: Expected, counts: ReadonlyMap<string, Count>): void {
  const selectedBy = (rule: string) => counts.get(rule)?.selected ?? []
  for (const [pair, numbers] of Object.entries(expected.comparison_step ?? {})) {
    const [first = '', second = ''] = pair.split(' vs ')
    const { preferFirst, preferSecond, indifferent } = compareOutcomes(election, selectedBy(first), selectedBy(second))
    const said = [numbers.voters_preferring_first, numbers.voters_preferring_greedy, numbers.indifferent]
    compare(check, pair, sameIds(said.map(String), [preferFirst, preferSecond, indifferent].map(String)) ? null : 'other head counts')
  }
  for (const [rule, number] of Object.entries(expected.voters_with_no_funded_project ?? {})) {
    const nothing = (fundedPerBallot(election, selectedBy(rule))[0] ?? 0) + election.blankBallots
    compare(check, `voters with nothing, ${rule}`, nothing === number ? null : `${nothing}, not ${number}`)
  }
}

/** Our name for the rule a city used; undefined for one that is not among ours. */
const OFFICIAL_RULES: Readonly<Record<string, RuleName>> = {
  greedy: 'greedy_cost',
  'greedy-threshold': 'greedy_cost',
  'greedy-no-skip': 'greedy_cost-noskip',
  'equalshares/add1': 'mes_cost+add1',
  // Wieliczka: without the stop where nothing more fits.
  'equalshares/add1-comparison': 'mes_cost+add1-nostop',
}

function reproducesOfficial(election: Election, { official }: Expected, threshold: string | undefined): boolean | null {
  const rule = OFFICIAL_RULES[official?.rule ?? '']
  if (rule === undefined || !official?.selected_1) return null
  const options: CountOptions = { tie: HOUSE, minScore: Number(threshold ?? 1) }
  return sameIds(countElection(election, rule, options).selected, official.selected_1)
}

function checkFile(folder: string, name: string, expected: Expected): FileCheck {
  const check: FileCheck = { name, compared: 0, differences: [], official: null, seconds: 0 }
  const began = performance.now()
  const reading = readPb(readFileSync(join(folder, `${name}.pb`), 'utf8'))
  if (reading.ok) {
    const { election, meta } = reading.file
    const counts = compareResults(check, election, expected)
    compareHouse(check, election, expected)
    compareVoters(check, election, expected, counts)
    check.official = reproducesOfficial(election, expected, meta.min_project_score_threshold)
  } else compare(check, 'reading', `refused: ${reading.fault.kind}`)
  check.seconds = (performance.now() - began) / 1000
  return check
}

function checkRefusal(folder: string, name: string): FileCheck {
  const check: FileCheck = { name, compared: 0, differences: [], official: null, seconds: 0 }
  compare(check, 'reading', readPb(readFileSync(join(folder, `${name}.pb`), 'utf8')).ok ? 'accepted, although it must be refused' : null)
  return check
}

function tableOf(checks: readonly FileCheck[]): string[] {
  const row = (cells: readonly string[]) =>
    cells.map((cell, index) => (index === 0 ? cell.slice(-52).padEnd(53) : cell.padStart(11))).join('')
  const officialWord = ({ official }: FileCheck) => (official === null ? '–' : official ? 'same' : 'other')
  return [
    row(['election', 'outcomes', 'equal', 'official', 'seconds']),
    ...checks.map((check) =>
      row([
        check.name,
        String(check.compared),
        String(check.compared - check.differences.length),
        officialWord(check),
        check.seconds.toFixed(1),
      ]),
    ),
  ]
}

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content

/** Counts every election of the folder by every rule and both tie orders, and holds it against the reference outcomes. */
export function compareCounts(folder: string, say: (line: string) => void) {
  const [real, edge] = [join(folder, 'pabulib'), join(folder, 'pabulib', 'edge')]
  const names = readdirSync(real)
    .filter((file) => file.endsWith('.pb'))
    .map((file) => file.replace(/\.pb$/, ''))
  const edges = readJson<Record<string, Expected & { valid: boolean }>>(join(edge, 'expected.json'))
  const checks = [
    ...names.map((name) => checkFile(real, name, readJson(join(real, 'expected', `${name}.json`)))),
    ...Object.entries(edges).map(([name, expected]) => (expected.valid ? checkFile(edge, name, expected) : checkRefusal(edge, name))),
  ]
  for (const line of tableOf(checks)) say(line)
  const differences = checks.flatMap((check) => check.differences)
  for (const difference of differences) say(difference)
  const compared = checks.reduce((sum, check) => sum + check.compared, 0)
  const official = checks.filter((check) => check.official !== null)
  return {
    name: 'the count against reference outcomes',
    found:
      `${compared - differences.length} of ${compared} outcomes of ${checks.length} files equal; ` +
      `official winners of ${official.filter((check) => check.official).length} of ${official.length} elections`,
    passed: differences.length === 0 && compared > 1000,
  }
}
