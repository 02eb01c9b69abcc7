import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commonProblem } from '../kernel/problem.ts'
import type { Deps } from '../platform/deps.ts'
import { startGdalThread } from '../platform/vectorFile/gdalThreads.ts'
import { type RoundParts, readParts } from './contents.ts'
import type { ExportAnswer, ExportTask } from './exportWorker.ts'
import { writeRoundLayer, writeRoundLayers } from './layerFiles.ts'
import { LAYERS } from './rules.ts'

export type FileFormat = 'gpkg' | 'fgb'
export interface ExportFile {
  path: string
  byteCount: number
}

// GDAL takes a processor and about 150 MB while it writes: one at a time, and a short queue.
const WAITING_MAX = 4
const RETRY_AFTER_S = 20
const WRITING_MAX_MS = 120_000
const KEPT_MS = 5 * 60_000
/** Whoever was told of a file just before it aged out still gets it. */
const GRACE_MS = 60_000

/** Older than this a folder belongs to a process that was killed. */
const ABANDONED_MS = 60 * 60_000
const FOLDER_PREFIX = 'bm-export-'

const folders = new Set<string>()

function removeFolders(): void {
  for (const left of folders) rmSync(left, { recursive: true, force: true })
}

/** Removes what killed processes left. */
async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX))
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    // Another user's folder stays; that is no reason to refuse an export.
    if (age > ABANDONED_MS) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), FOLDER_PREFIX))
  // It goes with this process at the latest.
  if (!process.listeners('exit').includes(removeFolders)) process.on('exit', removeFolders)
  folders.add(folder)
  return folder
}

async function forgetFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  folders.delete(folder)
}

function runWorker(task: ExportTask): Promise<string> {
  const worker = startGdalThread(new URL('./exportWorker.ts', import.meta.url), task)
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('writing the export took too long')), WRITING_MAX_MS)
    worker.once('message', (answer: ExportAnswer) => (answer.ok ? resolve(answer.file) : reject(new Error(answer.message))))
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('the writing thread stopped'))
    })
  }).finally(() => worker.terminate())
}

function layerDescriptions(parts: RoundParts, year: number): ExportTask['descriptions'] {
  return LAYERS.map((layer) => {
    const { collection, view } = parts[layer.startsWith('ideas_') ? 'ideas' : (layer as keyof RoundParts)].described
    const shape = layer.startsWith('ideas_') ? ` (${layer.slice('ideas_'.length)})` : ''
    const title = `${collection.title.da} | ${collection.title.en}${shape} ${year}`
    return { layer, title, description: `${view.description.da} | ${view.description.en}` }
  })
}

async function make({ db }: Pick<Deps, 'db'>, folder: string, year: number, format: FileFormat): Promise<ExportFile> {
  const [inputFolder, outputFolder] = [join(folder, 'in'), join(folder, 'out')]
  await mkdir(inputFolder)
  await mkdir(outputFolder)
  const parts = await readParts(db, year)
  const base = { inputFolder, outputFolder, descriptions: layerDescriptions(parts, year) }
  let path: string
  if (format === 'gpkg') {
    await writeRoundLayers(db, inputFolder, parts)
    path = await runWorker({ ...base, driver: 'GPKG', options: [] })
  } else {
    const { allPlaced } = await writeRoundLayer(db, inputFolder, parts)
    // An index has no room for what has no place, and what has none stays in the file.
    path = await runWorker({ ...base, driver: 'FlatGeobuf', options: ['-lco', `SPATIAL_INDEX=${allPlaced ? 'YES' : 'NO'}`] })
  }
  await rm(inputFolder, { recursive: true })
  return { path, byteCount: (await stat(path)).size }
}

/** Files of whole rounds: each written once per version of the data, kept some minutes, one at a time. */
export function createFileExports(deps: Pick<Deps, 'db'>) {
  const made = new Map<string, Promise<ExportFile>>()
  let waiting = 0
  let queue: Promise<unknown> | null = null

  async function makeOnce(key: string, year: number, format: FileFormat): Promise<ExportFile> {
    const folder = await makeFolder()
    try {
      const file = await make(deps, folder, year, format)
      setTimeout(() => made.delete(key), KEPT_MS).unref()
      setTimeout(() => forgetFolder(folder), KEPT_MS + GRACE_MS).unref()
      return file
    } catch (error) {
      await forgetFolder(folder)
      throw error
    }
  }

  return {
    /** The file for a version of the data. @errors Problem `too-many-requests` when too many wait already */
    async read(year: number, format: FileFormat, version: string): Promise<ExportFile> {
      const key = `${year}.${format}.${version}`
      const known = made.get(key)
      if (known) return known
      if (waiting >= WAITING_MAX) throw commonProblem('too-many-requests', { retryAfterS: RETRY_AFTER_S })
      waiting += 1
      const file = (queue ?? removeAbandoned())
        .then(() => makeOnce(key, year, format))
        .finally(() => {
          waiting -= 1
        })
      queue = file.catch(() => {})
      made.set(key, file)
      file.catch(() => made.delete(key))
      return file
    },
  }
}
