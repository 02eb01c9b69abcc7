import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type LayerService, servicesOf } from '../server/constraints/catalogueFile.ts'
import { type LoadOutcome, loadLayer, sourceOf } from '../server/constraints/loading.ts'
import type { FeatureSource } from '../server/constraints/sources/featureSource.ts'
import { fileSource } from '../server/constraints/sources/fileSource.ts'
import { fetchFile, SERVICE_LIMITS } from '../server/constraints/sources/serviceRequest.ts'
import { serviceSources } from '../server/constraints/sources/serviceSources.ts'
import { recheckIdeas } from '../server/feasibility/records.ts'
import type { Clock } from '../server/platform/clock.ts'
import { type Config, StartError } from '../server/platform/config.ts'
import type { Database } from '../server/platform/db/connect.ts'
import type { ConstraintArguments } from './constraintArguments.ts'
import type { Say } from './dataFile.ts'

interface Surroundings {
  db: Database
  clock: Clock
  config: Pick<Config, 'constraintServices'>
  say: Say
}

/** What kind of service an address is of; `null`: a file to fetch. */
function serviceKindOf(url: URL): LayerService['kind'] | null {
  const isWfs = [...url.searchParams].some(([name, value]) => name.toLowerCase() === 'service' && value.toLowerCase() === 'wfs')
  if (isWfs || /\/(wfs|ows|mapserv|mapserver)\/?$/i.test(url.pathname)) return 'wfs'
  return /\/(collections(\/.*)?|ogc\/features.*|ogcapi.*)\/?$/i.test(url.pathname) ? 'ogc-api-features' : null
}

function namedService({ from, file, mapping }: ConstraintArguments, kind: LayerService['kind'], url: URL): LayerService {
  const inPath = /\/collections\/([^/]+)/.exec(url.pathname)?.[1]
  const name = file.layer ?? url.searchParams.get('typeNames') ?? url.searchParams.get('typename') ?? (inPath && decodeURIComponent(inPath))
  if (!name) throw new StartError(`Say with --layer which ${kind === 'wfs' ? 'feature type' : 'collection'} of the service is the layer.`)
  const cql = file.where === undefined ? {} : { cql: file.where }
  return { kind, url: from as string, typeNames: [name], ...cql, useBbox: true, attributes: mapping }
}

async function sourcesFor(task: ConstraintArguments, { db, config, say }: Surroundings, folder: string): Promise<FeatureSource[]> {
  const { from, layerId, file, mapping } = task
  const { allowPrivate } = config.constraintServices
  if (from === null) {
    const services = servicesOf(await sourceOf(db, layerId))
    if (services.length === 0) throw new StartError(`The catalogue names no service for the layer "${layerId}": give a file or an address.`)
    return serviceSources(services, allowPrivate)
  }
  if (!/^https?:\/\//i.test(from)) return [fileSource(from, file, mapping)]
  const url = URL.parse(from)
  if (url === null) throw new StartError(`${from} is not an address.`)
  const kind = serviceKindOf(url)
  if (kind !== null) return serviceSources([namedService(task, kind, url)], allowPrivate)
  const fetched = join(folder, basename(url.pathname) || 'data')
  await fetchFile(from, fetched, { ...SERVICE_LIMITS, allowPrivate })
  say(`${basename(fetched)}: fetched.`)
  return [fileSource(fetched, file, mapping)]
}

function sayOutcome({ layerId, featureCount, isNew, report }: LoadOutcome, dryRun: boolean, say: Say): void {
  const counted: [string, unknown][] = [
    ['read', report.read],
    ['kept', report.kept],
    ['more than 5 km away, left out', report.farAway],
    ['without geometry, left out', report.empty],
    ['not valid, mended', report.mended],
    ['area changed by mending, m²', report.areaChangedM2],
    ['largest change of one, m²', report.largestChangeM2],
    ['without extent, left out', report.vanishedWhenMended],
    ['collections reduced', report.reducedCollections],
  ]
  for (const [what, number] of counted) say(`  ${what.padEnd(32)}${Number(number).toLocaleString('en').padStart(12)}`)
  if (dryRun) say('Dry run: nothing was changed.')
  else
    say(
      isNew
        ? `Layer ${layerId}: ${featureCount} features loaded.`
        : `Layer ${layerId}: the same ${featureCount} features as before; their date was renewed.`,
    )
}

/** Loads a layer from a file or a service. @errors LoadFailure, StartError */
export async function loadConstraint(task: ConstraintArguments, surroundings: Surroundings): Promise<void> {
  const { db, clock, say } = surroundings
  const folder = mkdtempSync(join(tmpdir(), 'bm-fetched-'))
  try {
    const sources = await sourcesFor(task, surroundings, folder)
    const outcome = await loadLayer({ db, clock }, task.layerId, sources, { ...task.options, isByHand: task.from !== null, say })
    sayOutcome(outcome, task.options.dryRun, say)
    if (task.options.dryRun || !outcome.isNew) return
    const { checked, written } = await recheckIdeas({ db, clock }, null)
    say(`Ideas checked again: ${checked}, of which ${written} are told something else now.`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
