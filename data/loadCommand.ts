import { basename } from 'node:path'
import { type DistrictReport, DistrictsRefused, importDistricts, selectVersionInForce } from '../server/districts/import.ts'
import { readParts } from '../server/districts/importPlan.ts'
import { applyReassignment, planReassignment, type Reassignment } from '../server/ideas/reassign.ts'
import { copenhagenDate } from '../server/kernel/time.ts'
import { type Clock, systemClock } from '../server/platform/clock.ts'
import { readConfig, StartError } from '../server/platform/config.ts'
import { type Database, openDatabase } from '../server/platform/db/connect.ts'
import { migrate } from '../server/platform/db/migrate.ts'
import { readVectorFile } from '../server/platform/vectorFile/readVectorFile.ts'
import { loadConstraint } from './constraintCommand.ts'
import { loadCatalogue } from './constraints/load.ts'
import type { Loading, Say } from './dataFile.ts'
import { loadDistricts } from './districts/load.ts'
import { type DistrictArguments, readLoadArguments, USAGE } from './loadArguments.ts'
import { runCommand } from './runCommand.ts'

/** Ends the transaction of a dry run without keeping anything. */
class Rollback extends Error {}

const square = (areaM2: number | null) => (areaM2 === null ? '–' : Math.round(areaM2).toLocaleString('en')).padStart(13)

function sayAreas({ areas, districtVersionId, isInForce }: DistrictReport, validFrom: string, say: Say): void {
  say(`Version ${districtVersionId}, valid from ${validFrom}${isInForce ? '' : ' (not in force today)'}:`)
  say(`  ${'district'.padEnd(24)}${'parts'.padStart(6)}${'m² before'.padStart(13)}${'m² after'.padStart(13)}${'change'.padStart(13)}`)
  for (const { districtId, partCount, beforeM2, afterM2 } of areas) {
    const change = beforeM2 === null || afterM2 === null ? null : afterM2 - beforeM2
    if (afterM2 === null) say(`  ${districtId}: no longer a district in this version`)
    say(`  ${districtId.padEnd(24)}${String(partCount).padStart(6)}${square(beforeM2)}${square(afterM2)}${square(change)}`)
  }
}

function sayReassignment({ moves, outside, stayCount, toVersion }: Reassignment, did: 'would move' | 'moved', say: Say): void {
  for (const { ideaId, title, fromDistrictId, toDistrictId } of moves)
    say(`  idea ${ideaId} "${title}": ${fromDistrictId} → ${toDistrictId}`)
  for (const { ideaId, title, fromDistrictId } of outside)
    say(`  idea ${ideaId} "${title}": outside all districts, stays in ${fromDistrictId}`)
  say(
    `Ideas under version ${toVersion}: ${moves.length} ${did} to another district, ${stayCount} stay in theirs, ${outside.length} lie outside all.`,
  )
}

/** Loads a file of outlines as a new version of the districts. @errors StartError, DistrictsRefused with every failed check */
async function loadDistrictFile(db: Database, clock: Clock, { file, options, mapping, names }: DistrictArguments, say: Say): Promise<void> {
  const { layer, encoding, where } = options
  const read = await readVectorFile(file, { layer, encoding, where })
  say(`${basename(file)}: ${read.format}, layer "${read.layer}", ${read.features.length} features, ${read.sourceCrs}.`)
  const reading = readParts(read.features, mapping, options['ignore-unmapped'])
  if (!reading.ok) throw new DistrictsRefused(reading.failures)
  if (reading.ignoredValues.length > 0) say(`Left out: ${mapping?.attribute} = ${reading.ignoredValues.join(', ')}.`)
  const validFrom = options['valid-from'] ?? copenhagenDate(clock.now())
  const work = db.transaction().execute(async (trx) => {
    const report = await importDistricts(trx, {
      validFrom,
      source: options.source ?? basename(file),
      attribution: options.attribution ?? options.source ?? basename(file),
      isOfficial: options.official,
      parts: reading.parts,
      names: new Map([...reading.names, ...names]),
    })
    sayAreas(report, validFrom, say)
    sayReassignment(await planReassignment(trx, report.districtVersionId), 'would move', say)
    if (options['dry-run']) throw new Rollback()
  })
  await work.then(
    () => say('Loaded. Ideas stay where they are until you run: npm run data:load -- reassign-ideas --apply'),
    (error) => {
      if (!(error instanceof Rollback)) throw error
      say('Dry run: nothing was changed.')
    },
  )
}

/** Tells which ideas lie in another district under the outlines in force, and moves them when asked. @errors StartError */
async function reassignIdeas(db: Database, apply: boolean, say: Say): Promise<void> {
  const version = await selectVersionInForce(db)
  if (version === null) throw new StartError('No districts are loaded yet.')
  if (!apply) return sayReassignment(await planReassignment(db, version), 'would move', say)
  sayReassignment(await db.transaction().execute((trx) => applyReassignment(trx, version)), 'moved', say)
}

/** `npm run data:load -- …` */
export function runLoadCommand(args: string[], loadAll: (loading: Loading) => Promise<void>): Promise<void> {
  return runCommand(async (say) => {
    const task = readLoadArguments(args)
    if (task.what === 'help') return say(USAGE)
    const config = readConfig(process.env)
    const { db, isEmbedded, close } = await openDatabase(config)
    try {
      await migrate(db)
      if (task.what === 'districts') await loadDistrictFile(db, systemClock, task, say)
      else if (task.what === 'constraint') {
        await loadDistricts(db, say)
        await loadCatalogue(db, say)
        await loadConstraint(task, { db, clock: systemClock, config, say })
      } else if (task.what === 'reassign-ideas') await reassignIdeas(db, task.apply, say)
      else await loadAll({ db, isEmbedded, withDemo: config.loadDemo && isEmbedded, clock: systemClock, say })
    } finally {
      await close()
    }
  })
}
