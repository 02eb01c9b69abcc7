// `npm run conformance -- <folder> [part …]`. Part `count`: the count of real elections against the outcomes of two other
// engines. Part `geo`, in an embedded database that is thrown away: the data that comes with the program against the real
// polling districts and the real municipal border, and the check of places against SpatiaLite on the neighbour's real data.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAll } from '../../data/load.ts'
import { runCommand } from '../../data/runCommand.ts'
import { importDistricts, selectVersionInForce } from '../../server/districts/import.ts'
import { readParts } from '../../server/districts/importPlan.ts'
import { selectMisplacedInstallations } from '../../server/installations/import.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { readConfig, StartError } from '../../server/platform/config.ts'
import { type Database, openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { readVectorFile } from '../../server/platform/vectorFile/readVectorFile.ts'
import { selectMisplacedProjects } from '../../server/projects/import.ts'
import { compareCounts } from './countCheck.ts'
import { compareFeasibility } from './feasibilityCheck.ts'
import { compareVersions, compareWithBorder, countPositions, selectMisplacedPlaces } from './measures.ts'

const DISTRICT_OF = new Map(
  Object.entries({ skovlunde: [5, 6], maaloev: [8, 10], 'ballerup-nord': [3, 9], 'ballerup-syd': [1, 2, 4] }).flatMap(
    ([districtId, numbers]) => numbers.map((number) => [String(number), districtId] as const),
  ),
)
const MAX_CHANGED_SHARE = 0.01
const MAX_BORDER_SHARE = 0.001

interface Check {
  name: string
  found: string
  passed: boolean
}

async function loadRealDistricts(db: Database, folder: string): Promise<number> {
  const { features } = await readVectorFile(join(folder, 'geo', 'afstemningsomraader-2025.geojson'))
  const reading = readParts(features, { attribute: 'nummer', districtOf: DISTRICT_OF })
  if (!reading.ok) throw new StartError(reading.failures.join('\n'))
  const input = { validFrom: '2025-05-22', source: 'polling districts 2025', attribution: 'Klimadatastyrelsen (DAGI)', isOfficial: false }
  const report = await db.transaction().execute((trx) => importDistricts(trx, { ...input, parts: reading.parts, names: reading.names }))
  return report.districtVersionId
}

async function checkOutlines(db: Database, before: number, after: number, say: (line: string) => void): Promise<Check> {
  const { areas, pointCount, changedCount } = await compareVersions(db, before, after)
  say(`${'district'.padEnd(16)}${'default km²'.padStart(13)}${'real km²'.padStart(13)}${'difference m²'.padStart(15)}`)
  for (const { districtId, beforeM2, afterM2 } of areas) {
    const [km2Before, km2After] = [beforeM2, afterM2].map((areaM2) => (areaM2 / 1e6).toFixed(4).padStart(13))
    say(
      `${districtId.padEnd(16)}${km2Before}${km2After}${Math.round(beforeM2 - afterM2)
        .toLocaleString('en')
        .padStart(15)}`,
    )
  }
  const share = changedCount / pointCount
  const found = `${changedCount} of ${pointCount} random points (${(share * 100).toFixed(2)} %, at most ${MAX_CHANGED_SHARE * 100} %)`
  return { name: 'default outlines: points in another district', found, passed: pointCount === 20_000 && share <= MAX_CHANGED_SHARE }
}

async function checkPositions(db: Database): Promise<Check[]> {
  const counts = await countPositions(db)
  const misplaced = {
    projects: (await selectMisplacedProjects(db)).map(({ projectId, districtId }) => `${projectId} (${districtId})`),
    installations: (await selectMisplacedInstallations(db)).map(({ installationId, districtId }) => `${installationId} (${districtId})`),
    places: (await selectMisplacedPlaces(db)).map(({ placeId, districtId }) => `${placeId} (${districtId ?? 'outside'})`),
  }
  return (['projects', 'installations', 'places'] as const).map((kind) => ({
    name: `${kind} in their real district`,
    found: `${counts[kind] - misplaced[kind].length} of ${counts[kind]}${misplaced[kind].length > 0 ? `; not: ${misplaced[kind].join(', ')}` : ''}`,
    passed: counts[kind] > 0 && misplaced[kind].length === 0,
  }))
}

async function checkBorder(db: Database, folder: string, version: number): Promise<Check> {
  const { features } = await readVectorFile(join(folder, 'geo', 'kommunegraense-2025.geojson'))
  const { differenceM2, borderM2 } = await compareWithBorder(
    db,
    version,
    features.map(({ geometry }) => geometry),
  )
  const share = differenceM2 / borderM2
  return {
    name: 'union of the real districts against the municipal border',
    found: `${differenceM2.toFixed(1)} m² differ of ${(borderM2 / 1e6).toFixed(3)} km² (${(share * 1000).toFixed(4)} ‰, at most ${MAX_BORDER_SHARE * 1000} ‰)`,
    passed: share <= MAX_BORDER_SHARE,
  }
}

async function runChecks(db: Database, folder: string, local: string, say: (line: string) => void): Promise<Check[]> {
  await migrate(db)
  await loadAll({ db, isEmbedded: true, withDemo: false, clock: systemClock, say })
  const before = (await selectVersionInForce(db)) as number
  const after = await loadRealDistricts(db, folder)
  if ((await selectVersionInForce(db)) !== after) throw new StartError('The real polling districts did not come into force.')
  const checks = [await checkOutlines(db, before, after, say), ...(await checkPositions(db)), await checkBorder(db, folder, after)]
  return [...checks, await compareFeasibility(db, folder, local, say)]
}

/** The checks that need a database. */
async function checkGeodata(folder: string, say: (line: string) => void): Promise<Check[]> {
  const local = mkdtempSync(join(tmpdir(), 'bm-conformance-'))
  try {
    const { db, close } = await openDatabase(readConfig({ LOCAL_DIR: local, NODE_ENV: 'test' }))
    return await runChecks(db, folder, local, say).finally(close)
  } finally {
    rmSync(local, { recursive: true, force: true })
  }
}

const PARTS = {
  count: async (folder: string, say: (line: string) => void): Promise<Check[]> => [compareCounts(folder, say)],
  geo: checkGeodata,
}

await runCommand(async (say) => {
  const [folder, ...named] = process.argv.slice(2)
  if (!folder) throw new StartError('Say in which folder the real data lies: npm run conformance -- <folder>')
  const unknown = named.find((name) => !Object.hasOwn(PARTS, name))
  if (unknown) throw new StartError(`There is no part "${unknown}". The parts are: ${Object.keys(PARTS).join(', ')}.`)
  const checks: Check[] = []
  for (const [name, check] of Object.entries(PARTS))
    if (named.length === 0 || named.includes(name)) checks.push(...(await check(folder, say)))
  for (const { name, found, passed } of checks) say(`${passed ? 'passed' : 'FAILED'}  ${name}: ${found}`)
  const failed = checks.filter(({ passed }) => !passed).length
  say(`${checks.length - failed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
})
