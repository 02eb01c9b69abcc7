import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { runOnServer } from '../setup/templateDatabase.ts'
import { measureConflicts } from './conflictsPart.ts'
import { measureCount } from './countPart.ts'
import { measureFeasibility, measureFeasibilityGrowth } from './feasibilityPart.ts'
import { measureGrowth } from './growthPart.ts'
import { measureLayer } from './layerPart.ts'
import { holdsBar, type PartResult } from './measure.ts'
import { measurePage } from './pagePart.ts'
import { POSTGRES_SETTINGS, type PostgisServer, startPostgis } from './postgis.ts'
import { describeMachine, figureLine, type PartName, partNames, resultsJson, writeResults } from './report.ts'
import { measureServer } from './serverPart.ts'
import { measureVotes } from './votesPart.ts'

const onDatabase: Record<Exclude<PartName, 'count' | 'votes'>, (postgis: PostgisServer, database: string) => Promise<PartResult>> = {
  server: measureServer,
  growth: measureGrowth,
  page: measurePage,
  conflicts: measureConflicts,
  feasibility: measureFeasibility,
  'feasibility-growth': measureFeasibilityGrowth,
  layer: measureLayer,
}

function wantedParts(): PartName[] {
  const named = process.argv.slice(2)
  const unknown = named.find((name) => !partNames.includes(name))
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}". The parts are: ${partNames.join(', ')}.`)
  return (named.length === 0 ? partNames : named) as PartName[]
}

function describeVersions(postgis: PostgisServer | null): string {
  if (postgis === null) return `Node ${process.versions.node}`
  const pgbench = execFileSync(join(postgis.programs, 'pgbench'), ['--version'], { encoding: 'utf8' }).trim()
  const settings = Object.entries(POSTGRES_SETTINGS).map(([name, value]) => `${name}=${value}`)
  return `Node ${process.versions.node}, ${pgbench}, PostGIS server with ${settings.join(', ')}, jit=off as the program sets it`
}

/** Runs a part; null where it says itself why it is left out. */
async function measurePart(part: PartName, postgis: PostgisServer | null): Promise<PartResult | null> {
  // A server of its own, with other settings.
  if (part === 'votes') return measureVotes()
  if (part === 'count' || postgis === null) return measureCount()
  const database = `bench_${part.replaceAll('-', '_')}`
  await runOnServer(postgis.urlOf('postgres'), `create database ${database}`)
  const result = await onDatabase[part](postgis, database)
  await runOnServer(postgis.urlOf('postgres'), `drop database ${database} with (force)`)
  return result
}

async function run(): Promise<boolean> {
  const parts = wantedParts()
  const postgis = parts.some((part) => part !== 'count' && part !== 'votes') ? await startPostgis() : null
  const results = new Map<PartName, PartResult>()
  try {
    for (const part of parts) {
      console.error(`Measuring: ${part} …`)
      const result = await measurePart(part, postgis)
      if (result === null) continue
      results.set(part, result)
      for (const figure of result.figures) console.error(`  ${figureLine(figure)}`)
      const now = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`
      writeResults(new Map([[part, result]]), [now, describeMachine(), describeVersions(postgis)])
    }
  } finally {
    await postgis?.stop()
  }
  console.log(resultsJson(results))
  return [...results.values()].every(({ figures }) => figures.every((figure) => holdsBar(figure) !== false))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
try {
  process.exitCode = (await run()) ? 0 : 2
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
