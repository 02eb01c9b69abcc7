import { randomUUID } from 'node:crypto'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { servicesOf } from './catalogueFile.ts'
import { constraintProblem, type LayerLoad, type LayerProgress } from './contract.ts'
import type { AfterSwap } from './importStaging.ts'
import { loadFailureOf } from './loadFailure.ts'
import { loadLayer } from './loading.ts'
import { claimLoad, type LoadableLayer, releaseQueued, selectLoad, selectLoadableLayer, selectMappedLayers } from './loadingQueries.ts'
import { serviceSources } from './sources/serviceSources.ts'

type LoadingJobDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'jobs' | 'config'>

const NIGHTLY = '40 2 * * *'

/** Queues the load of a layer; `false` when one is queued or under way already. */
async function queueLoad({ db, jobs }: LoadingJobDeps, layerId: string): Promise<boolean> {
  if (!(await claimLoad(db, layerId, randomUUID(), 'queued'))) return false
  try {
    await jobs.send('load-constraint-layer', { layerId })
  } catch (error) {
    await releaseQueued(db, layerId)
    throw error
  }
  return true
}

function reloadOf({ config }: Pick<LoadingJobDeps, 'config'>, { isMapped, source }: LoadableLayer): LayerProgress['reload'] {
  if (!isMapped || servicesOf(source).length === 0) return 'no-service'
  return config.constraintServices.loadNightly ? 'possible' : 'loading-off'
}

/** What is being loaded of a layer now, and whether a load can be asked for. @errors Problem `not-found` */
export async function readProgress({ db, config }: Pick<LoadingJobDeps, 'db' | 'config'>, layerId: string): Promise<LayerProgress> {
  const layer = await selectLoadableLayer(db, layerId)
  if (layer === null) throw commonProblem('not-found')
  return { layerId, reload: reloadOf({ config }, layer), load: await selectLoad(db, layerId) }
}

/** Queues a load that a planner asks for. @errors Problem `not-found`, `layer-has-no-service`, `layer-loading-off`, `already-loading` */
export async function requestLoad(deps: LoadingJobDeps, layerId: string): Promise<LayerLoad> {
  const layer = await selectLoadableLayer(deps.db, layerId)
  if (layer === null) throw commonProblem('not-found')
  const reload = reloadOf(deps, layer)
  if (reload === 'no-service') throw constraintProblem('layer-has-no-service')
  if (reload === 'loading-off') throw constraintProblem('layer-loading-off')
  if (!(await queueLoad(deps, layerId))) throw constraintProblem('already-loading')
  // A worker may have been so quick that it is over.
  return (await selectLoad(deps.db, layerId)) ?? { layerId, status: 'queued', startedAt: deps.clock.now().toISOString(), featureCount: 0 }
}

/** Loads a layer from its services. What failed is written on the layer; what may pass is tried again by the queue. */
export async function loadFromServices(deps: LoadingJobDeps, layerId: string, afterSwap?: AfterSwap): Promise<void> {
  const { db, log, config } = deps
  const layer = await selectLoadableLayer(db, layerId)
  const services = layer === null ? [] : servicesOf(layer.source)
  if (services.length === 0) return releaseQueued(db, layerId)
  try {
    const { featureCount, isNew } = await loadLayer(deps, layerId, serviceSources(services, config.constraintServices.allowPrivate), {
      afterSwap,
    })
    log.info({ layerId, featureCount, isNew }, 'constraint layer loaded')
  } catch (error) {
    const failure = loadFailureOf(error)
    if (failure === null) throw error
    log.warn({ layerId, kind: failure.kind }, 'constraint layer not loaded')
    if (failure.isTransient) throw failure
  }
}

async function queueAll(deps: LoadingJobDeps): Promise<void> {
  for (const { layerId, source } of await selectMappedLayers(deps.db)) if (servicesOf(source).length > 0) await queueLoad(deps, layerId)
}

/**
 * Says who loads layers, and every night those that name a service; called while the rooms are put together. `afterSwap`
 * joins each swap's transaction: whoever keeps what the old data said learns that there is new data.
 */
export function handleLoadingJobs(deps: Deps, afterSwap: AfterSwap): void {
  if (!deps.config.constraintServices.loadNightly) return
  deps.jobs.handle('load-constraint-layer', ({ layerId }) => loadFromServices(deps, layerId, afterSwap))
  deps.jobs.handle('load-constraint-layers', () => queueAll(deps))
  deps.jobs.schedule('load-constraint-layers', NIGHTLY)
}
