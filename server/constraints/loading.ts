import { createHash, randomUUID } from 'node:crypto'
import { StartError } from '../platform/config.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { LayerDataset } from './import.ts'
import { type AfterSwap, type MunicipalityBox, renewDataset, selectMunicipalityBox, swapStaged } from './importStaging.ts'
import { LoadFailure, loadFailureOf, takenOver } from './loadFailure.ts'
import { claimLoad, type LoadableLayer, releaseLoad, selectLoadableLayer, touchLoad, updateFailure } from './loadingQueries.ts'
import { judgeLoad, MARGIN_M } from './loadingRules.ts'
import type { FeatureSource, Say, SourceReport } from './sources/featureSource.ts'
import { Staging } from './staging.ts'

export type LoadingDeps = Pick<Deps, 'db' | 'clock'>

const HEARTBEAT_MS = 15_000
// Grows when the same data would be kept in another form, so that it is taken anew.
const REVISION = 1

export interface LoadOptions {
  /** Day the data describes; otherwise what its features say. */
  datasetDate?: string | null
  /** Somebody vouches for what the expectations would refuse. */
  force?: boolean
  dryRun?: boolean
  /** Somebody types it: a mistyped name is then no failure of the layer. */
  isByHand?: boolean
  /** Runs in the transaction that swaps the data; not when the same data came again. */
  afterSwap?: AfterSwap
  say?: Say
}

export interface LoadOutcome {
  layerId: string
  featureCount: number
  /** False when the same data came again: only its record was renewed. */
  isNew: boolean
  report: Record<string, unknown>
}

interface Load {
  layer: LoadableLayer
  loadId: string
  sources: readonly FeatureSource[]
  options: LoadOptions
  say: Say
  box: MunicipalityBox
}

/** Says every few seconds that the load lives, so that nobody takes its place. */
function keepAlive(db: Database, loadId: string, countOf: () => number): () => void {
  const timer = setInterval(() => {
    touchLoad(db, loadId, countOf()).catch(() => {}) // the next one may reach the database again
  }, HEARTBEAT_MS)
  return () => clearInterval(timer)
}

async function stageAll(db: Database, load: Load): Promise<{ staging: Staging; sources: SourceReport[] }> {
  const staging = new Staging({ db, loadId: load.loadId, municipality: load.box.metres, say: load.say })
  const stop = keepAlive(db, load.loadId, () => staging.stagedCount)
  try {
    const sources: SourceReport[] = []
    for (const source of load.sources) {
      const before = staging.stagedCount
      const fetched = async (count: number) => {
        if (!(await touchLoad(db, load.loadId, before + count))) throw takenOver()
      }
      sources.push(
        await source.read({ ...load, fetched }, (features) => staging.take(features, source.mapping, load.options.isByHand === true)),
      )
    }
    await staging.mend()
    return { staging, sources }
  } finally {
    stop()
  }
}

function datasetOf(load: Load, staging: Staging, sources: readonly SourceReport[], loadedAt: Date): LayerDataset {
  const first = load.sources[0] as FeatureSource
  return {
    layerId: load.layer.layerId,
    source: [...new Set(load.sources.map(({ description }) => description))].join(' + '),
    sourceKind: first.kind,
    datasetDate: load.options.datasetDate ?? staging.latestDay,
    loadedAt,
    checksum: createHash('sha256').update(`${REVISION} ${staging.checksum}`).digest('hex'),
    report: { ...staging.report, sources },
  }
}

async function run({ db, clock }: LoadingDeps, load: Load): Promise<LoadOutcome> {
  const { layer, loadId, options } = load
  const { staging, sources } = await stageAll(db, load)
  const judgement = judgeLoad(
    { ...staging.counts, before: layer.current?.featureCount ?? null },
    { force: options.force === true, isKnownEmpty: sources.every(({ isKnownEmpty }) => isKnownEmpty) },
  )
  if (!judgement.ok) throw new LoadFailure(judgement.reason, judgement.sentence)
  const silent = sources.find(({ isEmpty, isKnownEmpty }) => isEmpty && !isKnownEmpty)
  if (silent !== undefined && !options.force)
    throw new LoadFailure('no-features', `"${silent.layer}" holds no features at all. If that is right, load it with --force.`)
  const dataset = datasetOf(load, staging, sources, clock.now())
  const outcome = { layerId: layer.layerId, featureCount: staging.stagedCount, report: dataset.report }
  const isNew = layer.current?.checksum !== dataset.checksum
  if (options.dryRun) {
    await releaseLoad(db, loadId)
    return { ...outcome, isNew }
  }
  const isDone =
    isNew || layer.current === null
      ? (await swapStaged(db, loadId, dataset, options.afterSwap ?? (async () => {}))) !== null
      : await renewDataset(db, loadId, layer.current.datasetId, dataset)
  if (!isDone) throw takenOver()
  return { ...outcome, isNew }
}

/** What a service said may stand in the sentence. */
const plainSentence = (text: string) =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, 600)

async function begin({ db }: LoadingDeps, layerId: string): Promise<Pick<Load, 'layer' | 'loadId' | 'box'>> {
  const known = await selectLoadableLayer(db, layerId)
  if (known === null) throw new LoadFailure('unknown-layer', `The catalogue has no layer "${layerId}".`)
  if (!known.isMapped) throw new LoadFailure('not-mapped', `The layer "${layerId}" is a rule without a map: there is nothing to load.`)
  const box = await selectMunicipalityBox(db, MARGIN_M)
  if (box === null) throw new StartError('No districts are loaded yet, so nobody can tell where the municipality lies.')
  const loadId = randomUUID()
  if (!(await claimLoad(db, layerId, loadId, 'running')))
    throw new LoadFailure('already-loading', `The layer "${layerId}" is being loaded already. Wait until that has ended.`)
  // Read again: another load may have ended while this one waited for its place.
  return { layer: (await selectLoadableLayer(db, layerId)) ?? known, loadId, box }
}

/**
 * Loads a layer from its sources: staged beside the data there is, mended with a report, held against what was expected,
 * swapped in one transaction. When anything is wrong the old data stays, and the layer says why.
 * @errors LoadFailure with its kind and one sentence
 */
export async function loadLayer(
  deps: LoadingDeps,
  layerId: string,
  sources: readonly FeatureSource[],
  options: LoadOptions = {},
): Promise<LoadOutcome> {
  const begun = await begin(deps, layerId)
  try {
    return await run(deps, { ...begun, sources, options, say: options.say ?? (() => {}) })
  } catch (error) {
    const failure = loadFailureOf(error)
    const shown = failure ?? new LoadFailure('internal-error', 'The load broke off; the log says more.')
    await releaseLoad(deps.db, begun.loadId)
    if (!options.dryRun && shown.concernsLayer(options.isByHand === true))
      await updateFailure(deps.db, layerId, { kind: shown.kind, detail: plainSentence(shown.message), at: deps.clock.now() })
    throw failure ?? error
  }
}

/** The `source` column of a layer. @errors LoadFailure `unknown-layer` */
export async function sourceOf(db: Database, layerId: string): Promise<unknown> {
  const layer = await selectLoadableLayer(db, layerId)
  if (layer === null) throw new LoadFailure('unknown-layer', `The catalogue has no layer "${layerId}".`)
  return layer.source
}
