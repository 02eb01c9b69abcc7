// `npm run auditor -- keys|export|open|check|destroy`: what the two auditors of a vote do, on machines of their own.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig, StartError } from '../platform/config.ts'
import { type Database, openDatabase } from '../platform/db/connect.ts'
import {
  ballotsOfPb,
  compareWithFile,
  makeKeys,
  type OpenedReceipt,
  openedText,
  openReceipts,
  readPrivateKey,
  type SealedExport,
  sealedExportSchema,
} from './audit.ts'
import { deleteSealed, selectSealed } from './boxQueries.ts'

const USAGE = `npm run auditor -- keys --out MINE.pem
    makes a pair of keys; the public one goes to the organiser before the vote opens, the file stays with the auditor
npm run auditor -- export --year 2026 --out SEALED.json
    the sealed openings of a closed vote (where the database is)
npm run auditor -- open SEALED.json --key FIRST.pem --key SECOND.pem --out OPENED.json
    opens them with both keys, in the order of the auditors; the file tells ballots by receipt: guard it, and destroy it
npm run auditor -- check SEALED.json --key FIRST.pem --key SECOND.pem [--district maaloev --pb maaloev.pb]
    checks that every receipt is the hash of a ballot, and that the published file of a district has each of them
npm run auditor -- destroy --year 2026
    destroys the sealed openings in the database, when the time to appeal is over`

const OPTIONS = {
  out: { type: 'string' },
  year: { type: 'string' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  district: { type: 'string' },
  pb: { type: 'string' },
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
  const rows = await onDatabase((db) => selectSealed(db, year))
  if (rows.length === 0) throw new StartError(`There are no receipts of ${year}, or its boxes are not closed.`)
  const receipts = rows.map(({ sealed, ...row }) => ({ ...row, sealed: sealed?.toString('base64') ?? null }))
  const file: SealedExport = { format: 'borgermillionen-sealed-1', roundYear: year, receipts }
  write(needed(values.out, 'out'), JSON.stringify(file))
  console.log(`${receipts.length} sealed openings of ${year}.`)
}

function openAll(values: Values, file: string | undefined): OpenedReceipt[] {
  const name = needed(file, 'SEALED.json')
  if (values.key.length !== 2) throw new StartError(`Both auditors' keys are needed.\n${USAGE}`)
  const parsed = sealedExportSchema.safeParse(JSON.parse(read(name)))
  if (!parsed.success) throw new StartError(`${name} is no export of sealed openings.`)
  return openReceipts(
    parsed.data,
    values.key.map((path) => readPrivateKey(read(path), path)),
  )
}

function open(values: Values, file: string | undefined): void {
  const opened = openAll(values, file)
  const told = opened.map((one) => ({ districtId: one.districtId, receipt: one.receipt, opening: openedText(one), fault: one.fault }))
  write(needed(values.out, 'out'), JSON.stringify(told, null, 1))
  console.log(`${opened.filter(({ fault }) => fault === null).length} of ${opened.length} receipts opened.`)
}

function check(values: Values, file: string | undefined): void {
  const opened = openAll(values, file)
  const wrong = opened.filter(({ fault }) => fault !== null)
  for (const { receipt, fault, districtId } of wrong) console.log(`  ${districtId} ${receipt}: ${fault}`)
  console.log(`${opened.length - wrong.length} of ${opened.length} receipts are the hash of a ballot of their district.`)
  let failed = wrong.length
  if (values.pb !== undefined) {
    const district = needed(values.district, 'district')
    const own = opened.filter(({ districtId }) => districtId === district)
    const { missing, withoutReceipt } = compareWithFile(own, ballotsOfPb(read(values.pb), values.pb))
    for (const receipt of missing) console.log(`  ${district} ${receipt}: its ballot is not in the file`)
    console.log(
      `${own.length - missing.length} of ${own.length} ballots with a receipt are in ${values.pb}; ${withoutReceipt} there have none (paper).`,
    )
    failed += missing.length
  }
  if (failed > 0) process.exitCode = 2
}

async function destroy(values: Values): Promise<void> {
  const year = yearOf(values)
  const count = await onDatabase((db) => deleteSealed(db, year))
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
