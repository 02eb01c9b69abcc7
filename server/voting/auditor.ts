// `npm run auditor -- keys|export|open|check|destroy`: what the two auditors of a vote do, on machines of their own.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { systemClock } from '../platform/clock.ts'
import { readConfig, StartError } from '../platform/config.ts'
import { type Database, openDatabase } from '../platform/db/connect.ts'
import { ballotsOfPb, makeKeys, openedText, openReceipts, readPrivateKey, type SealedExport, sealedExportSchema } from './audit.ts'
import { checkFile, checkOpened, checkPublished } from './auditCheck.ts'
import { receiptListSchema } from './contract.ts'
import { destroyOpenings, exportOpenings } from './openings.ts'

const USAGE = `npm run auditor -- keys --out MINE.pem
    makes a pair of keys; the public one goes to the organiser before the set-up is frozen, the file stays with the auditor
npm run auditor -- export --year 2026 --out SEALED.json
    the sealed openings of a closed vote (where the database is); the vote's log tells that they were handed out
npm run auditor -- open SEALED.json --key FIRST.pem --key SECOND.pem --out OPENED.json
    opens them with both keys, in the order of the auditors; the file tells ballots by receipt: guard it, and destroy it
npm run auditor -- check SEALED.json --receipts RECEIPTS.json --key FIRST.pem --key SECOND.pem
      [--district maaloev --pb maaloev.pb --paper 12]
    RECEIPTS.json is the published list, fetched by the auditor: /api/rounds/2026/receipts of the site
    checks that the export has exactly the published receipts and they have the published root, that each is the hash of a
    ballot, and with --pb that the published file of a district has each of those ballots and besides them as many as there
    were valid papers (--paper, from who counted them at the meeting; 0 for none); exit code 2 when anything is not so
npm run auditor -- destroy --year 2026
    destroys the sealed openings in the database, when the vote is published or stopped and the time to appeal is over;
    the vote's log tells how many`

const OPTIONS = {
  out: { type: 'string' },
  year: { type: 'string' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  district: { type: 'string' },
  pb: { type: 'string' },
  receipts: { type: 'string' },
  paper: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new StartError(`--${name} is missing.\n${USAGE}`)
  return value
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${(error as Error).message}.`)
  }
}

/** Never over a file that is there: it could be the only key. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new StartError(`${file} cannot be written: ${(error as Error).message}.`)
  }
}

async function onDatabase<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  const { db, close } = await openDatabase(readConfig(process.env))
  try {
    return await work(db)
  } finally {
    await close()
  }
}

const yearOf = ({ year }: Values) => Number(needed(year, 'year'))

function keys({ out }: Values): void {
  const { privatePem, publicKey, fingerprint } = makeKeys()
  const file = needed(out, 'out')
  write(file, privatePem)
  console.log(`Private key: ${file}. Keep it to yourself, with a copy in another safe place.`)
  console.log(`Public key for the organiser: ${publicKey}`)
  console.log(`Its fingerprint, to compare on the telephone: ${fingerprint}`)
}

async function exportSealed(values: Values): Promise<void> {
  const year = yearOf(values)
  const out = needed(values.out, 'out')
  const file = await onDatabase((db) => exportOpenings({ db, clock: systemClock }, year))
  write(out, JSON.stringify(file))
  console.log(`${file.receipts.length} sealed openings of ${year}.`)
}

/** A file of JSON in a known shape. @errors StartError */
function readJson<Shape>(name: string, schema: z.ZodType<Shape>, what: string): Shape {
  try {
    return schema.parse(JSON.parse(read(name)))
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${name} is no ${what}.`)
  }
}

const readSealed = (file: string | undefined) => readJson(needed(file, 'SEALED.json'), sealedExportSchema, 'export of sealed openings')

function openAll({ key }: Values, sealed: SealedExport) {
  if (key.length !== 2) throw new StartError(`Both auditors' keys are needed.\n${USAGE}`)
  return openReceipts(
    sealed,
    key.map((path) => readPrivateKey(read(path), path)),
  )
}

function open(values: Values, file: string | undefined): void {
  const opened = openAll(values, readSealed(file))
  const told = opened.map((one) => ({ districtId: one.districtId, receipt: one.receipt, opening: openedText(one), fault: one.fault }))
  write(needed(values.out, 'out'), JSON.stringify(told, null, 1))
  console.log(`${opened.filter(({ fault }) => fault === null).length} of ${opened.length} receipts opened.`)
}

/** The published file of one district, with how many papers it may have besides. @errors StartError */
function readDistrictFile({ pb, district, paper }: Values) {
  if (pb === undefined) return null
  const papers = needed(paper, 'paper')
  if (!/^\d{1,7}$/.test(papers)) throw new StartError(`--paper is a number of valid papers, 0 for none.\n${USAGE}`)
  return { districtId: needed(district, 'district'), name: pb, ballots: ballotsOfPb(read(pb), pb), papers: Number(papers) }
}

function check(values: Values, file: string | undefined): void {
  const sealed = readSealed(file)
  const list = readJson(needed(values.receipts, 'receipts'), receiptListSchema, 'published list of receipts')
  if (list.roundYear !== sealed.roundYear)
    throw new StartError(`The export is of ${sealed.roundYear}, the published list of ${list.roundYear}.`)
  const districtFile = readDistrictFile(values)
  const opened = openAll(values, sealed)
  const checks = [checkPublished(sealed, list), checkOpened(opened), ...(districtFile === null ? [] : [checkFile(opened, districtFile)])]
  for (const { lines } of checks) for (const line of lines) console.log(line)
  if (checks.some(({ faults }) => faults > 0)) process.exitCode = 2
}

async function destroy(values: Values): Promise<void> {
  const year = yearOf(values)
  const count = await onDatabase((db) => destroyOpenings({ db, clock: systemClock }, year))
  console.log(`Destroyed ${count} sealed openings of ${year}. Backups may still hold them.`)
}

async function run(words: string[]): Promise<void> {
  if (words.length === 0 || words.includes('--help')) return console.log(USAGE)
  let parsed: ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`)
  }
  const [command, file] = parsed.positionals
  if (command === 'keys') return keys(parsed.values)
  if (command === 'export') return exportSealed(parsed.values)
  if (command === 'open') return open(parsed.values, file)
  if (command === 'check') return check(parsed.values, file)
  if (command === 'destroy') return destroy(parsed.values)
  throw new StartError(USAGE)
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
