import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { readFeatureLines } from './featureLines.ts'
import { startGdalThread } from './gdalThreads.ts'
import { unpackZip } from './unpackZip.ts'
import { VectorFileError } from './vectorFileError.ts'
import type { VectorFeature, VectorFile, VectorFileHead, WorkerAnswer, WorkerTask } from './vectorFileTypes.ts'

export interface VectorFileOptions {
  layer?: string | undefined
  /** Of texts in Shapefiles and MapInfo files that do not say it, for example `ISO-8859-1`. */
  encoding?: string | undefined
  /** SQL condition on attributes, for example `kommunekode = '0151'`. */
  where?: string | undefined
  /** Coordinate system of files that cannot name one. */
  assumedCrs?: string | undefined
  /** Also mends geometries that are not valid: rings that cross themselves become several areas. */
  mendInvalid?: boolean | undefined
  /** How long reading may take. */
  timeoutMs?: number | undefined
}

/** Features as they are read from a file, one at a time. */
export interface VectorStream extends VectorFileHead {
  features: AsyncGenerator<VectorFeature>
}

const MAX_FILE_BYTES = 300 * 1024 * 1024
const MAX_READING_MS = 120_000
// What GDAL opens; the other files of a data set lie beside it.
const OPENED = ['.shp', '.tab', '.mif', '.gpkg', '.gml', '.fgb', '.geojson', '.json', '.topojson']

function isZip(file: string): boolean {
  const handle = openSync(file, 'r')
  try {
    const head = Buffer.alloc(4)
    readSync(handle, head, 0, 4, 0)
    return head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50
  } finally {
    closeSync(handle)
  }
}

function checkFile(file: string, shownName: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) throw new VectorFileError('not-found', `There is no file ${file}.`)
  if (!stats.isFile()) throw new VectorFileError('not-found', `${file} is not a file. A folder of files goes into one zip.`)
  if (stats.size > MAX_FILE_BYTES) throw new VectorFileError('too-large', `${shownName} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB.`)
}

/** Puts what GDAL may see into a folder of its own; returns the file to open. */
function isolate(file: string, shownName: string, folder: string): string {
  if (!isZip(file)) {
    if (/^\.(shp|dbf|shx|tab|mif|mid|dat|map)$/i.test(extname(file))) {
      throw new VectorFileError(
        'not-readable',
        `${shownName} is only one of the files of its data set. Pack them all into one zip and load that.`,
      )
    }
    const copy = join(folder, `data${extname(file).toLowerCase()}`)
    copyFileSync(file, copy)
    return copy
  }
  const candidates = unpackZip(file, folder).filter((name) => OPENED.includes(extname(name).toLowerCase()))
  if (candidates.length === 0)
    throw new VectorFileError('not-readable', `${shownName} holds no file that can be read (${OPENED.join(', ')}).`)
  if (candidates.length > 1) {
    throw new VectorFileError('several-layers', `${shownName} holds several data sets (${candidates.join(', ')}). Pack one per zip.`)
  }
  return join(folder, candidates[0] as string)
}

function runWorker(task: WorkerTask, timeoutMs: number): Promise<VectorFileHead & { outputs: string[] }> {
  const worker = startGdalThread(new URL('./vectorFileWorker.ts', import.meta.url), task)
  return new Promise<VectorFileHead & { outputs: string[] }>((resolve, reject) => {
    const fail = (why: string) => reject(new VectorFileError('not-readable', `${task.shownName} cannot be read: ${why}.`))
    const timer = setTimeout(() => fail('it took too long'), timeoutMs)
    worker.once('message', (answer: WorkerAnswer) => {
      if (answer.ok) resolve(answer.result)
      else reject(new VectorFileError(answer.reason, answer.message))
    })
    worker.once('error', (error: unknown) => fail((error as Error).message))
    worker.once('exit', () => {
      clearTimeout(timer)
      fail('the reader stopped')
    })
  }).finally(() => worker.terminate())
}

async function* readOutputs(outputs: readonly string[], shownName: string): AsyncGenerator<VectorFeature> {
  for (const output of outputs) yield* readFeatureLines(output, shownName)
}

/**
 * Reads files of features in any format and coordinate system GDAL knows and that names itself, and gives them one by one:
 * what GDAL made of them waits on disk, so that memory does not grow with them.
 * GDAL runs in a thread that ends afterwards: a damaged file or its memory cannot harm the process.
 * @crs EPSG:25832
 * @errors VectorFileError with one sentence
 * @cost 100,000 areas of 27 vertices from a GeoPackage: 15 s, 240 MB (2026-11-25)
 */
export async function streamVectorFiles<Result>(
  files: readonly string[],
  options: VectorFileOptions,
  use: (stream: VectorStream) => Promise<Result>,
): Promise<Result> {
  const shownName = basename(files[0] ?? '')
  for (const file of files) checkFile(file, basename(file))
  const folder = mkdtempSync(join(tmpdir(), 'bm-vector-'))
  try {
    const outputFolder = join(folder, 'out')
    mkdirSync(outputFolder)
    const opened = files.map((file, index) => {
      const input = join(folder, `in${index}`)
      mkdirSync(input)
      return isolate(file, basename(file), input)
    })
    const { layer = null, encoding = null, where = null, assumedCrs = null, mendInvalid = false } = options
    const task = { files: opened, shownName, outputFolder, layer, encoding, where, assumedCrs, mendInvalid }
    const { outputs, ...head } = await runWorker(task, options.timeoutMs ?? MAX_READING_MS)
    return await use({ ...head, features: readOutputs(outputs, shownName) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Reads a whole file of features at once.
 * @crs EPSG:25832
 * @errors VectorFileError with one sentence
 */
export function readVectorFile(file: string, options: VectorFileOptions = {}): Promise<VectorFile> {
  return streamVectorFiles([file], options, async ({ features, ...head }) => {
    const all: VectorFeature[] = []
    for await (const feature of features) all.push(feature)
    if (all.length > 0) return { ...head, features: all }
    const condition = options.where === undefined ? '' : ` that meet ${options.where}`
    throw new VectorFileError('no-features', `${basename(file)} holds no features${condition}.`)
  })
}
