import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { type CountOptions, countElection } from '../../server/allocation/rules/count.ts'
import type { Election } from '../../server/allocation/rules/election.ts'
import { readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import { RULE_NAMES, type RuleName } from '../../server/allocation/rules/ruleNames.ts'
import { findChromium } from '../setup/chromium.ts'
import { countInPage, startCountPage } from '../setup/countPage.ts'
import { launchBrowser } from '../setup/launchBrowser.ts'
import { TOLD } from './countTold.ts'
import { type Figure, type PartResult, rounded, type Spread, spreadOf, spreadText } from './measure.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const TIMES = 5
const ADD1: RuleName = 'mes_cost+add1u'

const LODZ = 'Poland_Lodz_2022'
const BEMOWO = 'Poland_Warszawa_2023_Bemowo'
const WIELICZKA = 'Poland_Wieliczka_2023_Green_Budget'

/** What an increment is worth in a file whose currency is small, as the reference outcomes have it. */
function stepOf(folder: string, file: string): number {
  const { add1_increment = 1 } = JSON.parse(readFileSync(join(folder, 'expected', `${file}.json`), 'utf8')) as { add1_increment?: number }
  return add1_increment
}

interface Bar {
  readonly file: string
  readonly rule: RuleName
  readonly seconds: number
}

const BARS: readonly Bar[] = [
  { file: LODZ, rule: 'greedy_cost', seconds: 1 },
  { file: LODZ, rule: ADD1, seconds: 6 },
  { file: BEMOWO, rule: ADD1, seconds: 5 },
  { file: WIELICZKA, rule: ADD1, seconds: 0.5 },
]
const MEMORY_MB = 500
const BROWSER_TIMES_NODE = 3

/** The end of a name that says enough. */
const shortName = (file: string) => file.replace(/^US_Stanford_.*-_/, 'US_').replace('_vote_approvals', '')

/** Folder of the real elections; null where it is not at hand. They belong to others and are no part of the program. */
function electionFolder(): string | null {
  const folder = join(process.env.BENCH_SHARED ?? join(root, '..', 'shared'), 'pabulib')
  return existsSync(folder) ? folder : null
}

async function timesOf<Value>(times: number, measure: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = []
  for (let time = 0; time < times; time += 1) values.push(await measure())
  return values
}

/** The whole command, from the start of its process to its end. @unit seconds */
async function timeCommand(path: string, rule: RuleName): Promise<number> {
  const command = join(root, 'server/allocation/allocate.ts')
  const began = performance.now()
  await run(process.execPath, [command, path, '--rule', rule, '--tie', 'lexico', '--json'], { maxBuffer: 2 ** 26 })
  return (performance.now() - began) / 1000
}

/** Reading and counting in a fresh process, without its start. */
async function countOnce(path: string, rule: RuleName): Promise<{ seconds: number; memoryMb: number }> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'countOnce.ts'), path, rule])
  return JSON.parse(stdout)
}

async function commandFigures(folder: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { file, rule, seconds } of BARS) {
    const measured = spreadOf(await timesOf(TIMES, () => timeCommand(join(folder, `${file}.pb`), rule)))
    const told = rule === ADD1 ? TOLD[file] : undefined
    const detail = told === undefined ? '' : `; told of Add1: pabutools ${told.pabutools}, exact reference ${told.reference}`
    figures.push({
      name: `${file}, ${rule}`,
      bar: { atMost: seconds },
      unit: 's',
      measured,
      detail: `the whole command, start and reading included${detail}`,
    })
  }
  return figures
}

async function memoryFigure(folder: string): Promise<Figure> {
  const counts = await timesOf(TIMES, () => countOnce(join(folder, `${BEMOWO}.pb`), ADD1))
  const measured = spreadOf(counts.map(({ memoryMb }) => memoryMb))
  return { name: `${BEMOWO}, ${ADD1}: most memory`, bar: { atMost: MEMORY_MB }, unit: 'MB', measured, detail: 'told of pabutools: 5.4 GiB' }
}

async function browserFigure(page: Page, folder: string, file: string): Promise<Figure> {
  const path = join(folder, `${file}.pb`)
  const order = { source: { pb: readFileSync(path, 'utf8') }, rule: ADD1, options: { tie: ['lexico'] } } as const
  const rounds = await timesOf(TIMES, async () => {
    const node = await countOnce(path, ADD1)
    return { node: node.seconds, browser: (await countInPage(page, order)).seconds }
  })
  const [node, browser] = [spreadOf(rounds.map((round) => round.node)), spreadOf(rounds.map((round) => round.browser))]
  return {
    name: `${file}, ${ADD1}, in the browser`,
    bar: { atMost: BROWSER_TIMES_NODE },
    unit: '× Node',
    measured: spreadOf(rounds.map((round) => round.browser / round.node)),
    detail: `${spreadText(browser)} s in a new worker, its start included, against ${spreadText(node)} s`,
  }
}

async function browserFigures(folder: string): Promise<Figure[]> {
  const [served, browser] = [await startCountPage(), await launchBrowser(findChromium())]
  try {
    const page = await browser.newPage()
    await page.goto(served.url)
    const figures: Figure[] = []
    for (const file of [WIELICZKA, BEMOWO, LODZ]) figures.push(await browserFigure(page, folder, file))
    return figures
  } finally {
    await browser.close()
    await served.close()
  }
}

function secondsOf(work: () => void): number {
  const began = performance.now()
  work()
  return (performance.now() - began) / 1000
}

/** Every rule once over a file, in this process; the sum is the figure, the parts are told. */
function everyRule(folder: string, file: string): Figure {
  let election: Election | null = null
  const reading = secondsOf(() => {
    const read = readPb(readFileSync(join(folder, `${file}.pb`), 'utf8'))
    election = read.ok ? read.file.election : null
  })
  if (election === null) throw new Error(`${file} is refused.`)
  const counted = election as Election
  const options: CountOptions = { tie: ['lexico'], step: stepOf(folder, file) }
  const rules = RULE_NAMES.map((rule) => ({ rule, seconds: secondsOf(() => countElection(counted, rule, options)) }))
  const total: Spread = spreadOf([reading + rules.reduce((sum, { seconds }) => sum + seconds, 0)])
  const told = TOLD[file]
  const others =
    told === undefined
      ? ''
      : `; told of Add1: pabutools ${told.pabutools}, exact reference ${told.reference}, tool with floats ${told.tool}`
  return {
    name: `${shortName(file)}: all ${RULE_NAMES.length} rules`,
    bar: null,
    unit: 's',
    measured: total,
    detail: `reading ${rounded(reading)}, ${rules.map(({ rule, seconds }) => `${rule} ${rounded(seconds)}`).join(', ')}${others}`,
  }
}

/** The count of real elections; null, with a sentence, where they are not at hand. */
export async function measureCount(): Promise<PartResult | null> {
  const folder = electionFolder()
  if (folder === null) {
    console.error(
      'The part "count" is left out: name the folder with the real elections in BENCH_SHARED, or lay it beside the checkout as "shared".',
    )
    return null
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.pb'))
  const figures = [
    ...(await commandFigures(folder)),
    await memoryFigure(folder),
    ...(await browserFigures(folder)),
    ...files.map((name) => everyRule(folder, name.replace(/\.pb$/, ''))),
  ]
  const notes = [
    `Real elections of Pabulib, up to 90,494 ballots; bars: ${TIMES} times, each in a process or worker of its own.`,
    'All rules: once each in one process, house rules, ties by id, steps of one (Budapest: 1,000 forint). What is told of others was measured elsewhere and says the order of magnitude only.',
  ]
  return { figures, plans: {}, notes }
}
