// `npm run voting:roll -- FILE.csv --year 2026`: loads the roll of a vote; keyed hashes are all that is kept of it.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../platform/clock.ts'
import { readConfig, StartError } from '../platform/config.ts'
import { openDatabase } from '../platform/db/connect.ts'
import { migrate } from '../platform/db/migrate.ts'
import { prepareVoting } from './prepare.ts'
import { loadRoll } from './roll.ts'

const USAGE = `npm run voting:roll -- FILE.csv --year YEAR [options]
  --district-column NAME  column with the id of the district; default district
  --number-column NAME    column with the number the identity provider tells too (OIDC_ROLL_CLAIM); default number`

const OPTIONS = {
  year: { type: 'string' },
  'district-column': { type: 'string', default: 'district' },
  'number-column': { type: 'string', default: 'number' },
  help: { type: 'boolean', default: false },
} as const

function readOrder(words: string[]) {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`)
  }
  const { values, positionals } = parsed
  const [file] = positionals
  if (file === undefined || positionals.length > 1 || !/^20\d\d$/.test(values.year ?? '')) throw new StartError(USAGE)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
    return { file, text, year: Number(values.year), columns: { district: values['district-column'], number: values['number-column'] } }
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${error instanceof TypeError ? 'it is not UTF-8' : (error as Error).message}.`)
  }
}

async function run(): Promise<void> {
  const words = process.argv.slice(2)
  if (words.includes('--help')) return console.log(USAGE)
  const { file, ...order } = readOrder(words)
  const config = readConfig(process.env)
  const { db, close } = await openDatabase(config)
  try {
    await migrate(db)
    await prepareVoting(db, config)
    const sizes = await loadRoll(db, config, { ...order, at: systemClock.now() })
    for (const { districtId, people } of sizes) console.log(`  ${districtId.padEnd(20)}${String(people).padStart(8)}`)
    console.log(`The roll of ${order.year} is loaded from ${basename(file)}. Remove the file where it is not needed any more.`)
  } finally {
    await close()
  }
}

try {
  await run()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
