// `npm run -s allocate -- FILE.pb --rule mes_cost+add1u --tie lexico --json`: counts a file, without a database.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { countTable } from './countTable.ts'
import { faultSentence, warningSentence } from './faultSentences.ts'
import { type Count, type CountOptions, countElection } from './rules/count.ts'
import type { Election } from './rules/election.ts'
import { addEnough } from './rules/enough.ts'
import { drawLot } from './rules/lot.ts'
import { readPb } from './rules/pb/pbReader.ts'
import { isRuleName, RULE_NAMES, type RuleName } from './rules/ruleNames.ts'
import { parseTieOrder, TIE_CRITERIA } from './rules/ties.ts'

const USAGE = `npm run -s allocate -- FILE.pb [options]
  --rule NAME        ${RULE_NAMES.join(' ')}; default greedy_cost
  --tie ORDER        ${TIE_CRITERIA.join(' ')} with commas between; default min-cost,max-votes,lexico
  --lot ID,ID,…      the published order of all projects, for ties by lot (or the column lot of the file)
  --lot-seed TEXT    draw that order from a public seed: sort by SHA-256 of id, line feed, seed
  --min-score N      votes without which nothing is funded; "file" takes the file's own threshold
  --step N           what Add1 adds to every endowment; default 1
  --excludes A,B     of these two at most one is funded; may be repeated
  --remainder-offer  offer what is left to who declared a smallest useful amount (column smallest_useful)
  --reference        follow the literature where the house rules differ
  --transcript       tell how it went, step by step
  --enough           with the transcript: what would have been enough for every loser (counts anew, some 40 times each)
  --json             print JSON instead of a table`

const OPTIONS = {
  rule: { type: 'string', default: 'greedy_cost' },
  tie: { type: 'string', default: 'min-cost,max-votes,lexico' },
  lot: { type: 'string' },
  'lot-seed': { type: 'string' },
  'min-score': { type: 'string' },
  step: { type: 'string', default: '1' },
  excludes: { type: 'string', multiple: true, default: [] as string[] },
  'remainder-offer': { type: 'boolean', default: false },
  reference: { type: 'boolean', default: false },
  transcript: { type: 'boolean', default: false },
  enough: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** What a caller may have got wrong; told in one sentence with exit code 2. */
class Refusal extends Error {}

function readOptions(words: string[]) {
  try {
    return parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new Refusal((error as Error).message)
  }
}
type Values = ReturnType<typeof readOptions>['values']

function readElection(path: string): { election: Election; threshold: string | undefined } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${error instanceof TypeError ? 'it is not UTF-8' : (error as Error).message}`)
  }
  const reading = readPb(text)
  if (!reading.ok) throw new Refusal(`${path} is refused: ${faultSentence(reading.fault)}`)
  for (const warning of reading.file.warnings) console.error(`Note: ${warningSentence(warning)}.`)
  return { election: reading.file.election, threshold: reading.file.meta.min_project_score_threshold }
}

function naturalNumber(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(`--${option} must be a whole number of zero or more, not "${text}"`)
  return Number(text)
}

function knownIds(election: Election, text: string, option: string): string[] {
  const ids = text.split(',').map((id) => id.trim())
  const stranger = ids.find((id) => !election.projects.some((project) => project.id === id))
  if (stranger !== undefined) throw new Refusal(`--${option} names project ${stranger}, which is not on the list`)
  return ids
}

/** The election with the lot and the pairs of the command line. */
function withPublished(election: Election, values: Values): Election {
  const seed = values['lot-seed']
  const drawn =
    seed === undefined
      ? election.lot
      : drawLot(
          election.projects.map(({ id }) => id),
          seed,
        ).map(({ projectId }) => projectId)
  const lot = values.lot === undefined ? drawn : knownIds(election, values.lot, 'lot')
  const pairs = values.excludes.map((text) => {
    const [one, other, ...rest] = knownIds(election, text, 'excludes')
    if (one === undefined || other === undefined || one === other || rest.length > 0)
      throw new Refusal('--excludes takes two projects: A,B')
    return [one, other] as const
  })
  return { ...election, lot, exclusivePairs: [...election.exclusivePairs, ...pairs] }
}

function countOptions(election: Election, threshold: string | undefined, values: Values): CountOptions {
  const tie = parseTieOrder(values.tie)
  if (tie === null) throw new Refusal(`tie order "${values.tie}" is not known: ${TIE_CRITERIA.join(', ')}, the last one lexico or lot`)
  if (tie.includes('lot') && new Set(election.lot).size !== election.projects.length) {
    throw new Refusal('ties by lot need the published order of all projects: --lot, --lot-seed, or a column lot in the file')
  }
  const minScore = values['min-score'] === 'file' ? threshold : values['min-score']
  return {
    tie,
    practice: values.reference ? 'reference' : 'house',
    ...(minScore === undefined ? {} : { minScore: naturalNumber(minScore, 'min-score') }),
    step: Math.max(1, naturalNumber(values.step, 'step')),
    remainderOffer: values['remainder-offer'],
    withTranscript: values.transcript || values.enough,
  }
}

function asJson(
  { rule, tie, selected, totalCost, tiesMet, increments, optimum, transcript, awards }: Count,
  remainderOffer: boolean,
): string {
  const extra = {
    ...(increments === null ? {} : { increments }),
    ...optimum,
    ...(remainderOffer ? { awards } : {}),
    ...(transcript === null ? {} : { transcript }),
  }
  return JSON.stringify({ rule, tie, selected, totalCost, tiesMet, ...extra }, null, 2)
}

function allocate(words: string[]): string {
  const { values, positionals } = readOptions(words)
  if (values.help) return USAGE
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0) throw new Refusal(`name one file\n\n${USAGE}`)
  if (!isRuleName(values.rule)) throw new Refusal(`rule "${values.rule}" is not known; the rules are ${RULE_NAMES.join(', ')}`)
  const rule: RuleName = values.rule
  const { election: written, threshold } = readElection(path)
  const election = withPublished(written, values)
  const options = countOptions(election, threshold, values)
  const counted = countElection(election, rule, options)
  const count = values.enough ? addEnough(election, options, counted) : counted
  return values.json ? asJson(count, values['remainder-offer']) : countTable(election, count)
}

try {
  console.log(allocate(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}
