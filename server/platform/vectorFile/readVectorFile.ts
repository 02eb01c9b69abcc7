import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { unpackZip } from './unpackZip.ts'
import { VectorFileError } from './vectorFileError.ts'
import type { VectorFile, WorkerAnswer, WorkerTask } from './vectorFileTypes.ts'

export interface VectorFileOptions {
  layer?: string | undefined
  /** Of texts in Shapefiles and MapInfo files that do not say it, for example `ISO-8859-1`. */
  encoding?: string | undefined
  /** SQL condition on attributes, for example `kommunekode = '0151'`. */
  where?: string | undefined
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

function runWorker(task: WorkerTask): Promise<VectorFile> {
  const worker = new Worker(new URL('./vectorFileWorker.ts', import.meta.url), { workerData: task, execArgv: [] })
  return new Promise<VectorFile>((resolve, reject) => {
    const fail = (why: string) => reject(new VectorFileError('not-readable', `${task.shownName} cannot be read: ${why}.`))
    const timer = setTimeout(() => fail('it took too long'), MAX_READING_MS)
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

/**
 * Reads a file of features in any format and coordinate system GDAL knows and that names itself.
 * Runs in a thread that ends afterwards: a damaged file or GDAL's memory cannot harm the process.
 * @crs EPSG:25832
 * @errors VectorFileError with one sentence
 */
export async function readVectorFile(file: string, options: VectorFileOptions = {}): Promise<VectorFile> {
  const shownName = basename(file)
  checkFile(file, shownName)
  const folder = mkdtempSync(join(tmpdir(), 'bm-vector-'))
  try {
    const [input, outputFolder] = [join(folder, 'in'), join(folder, 'out')]
    mkdirSync(input)
    mkdirSync(outputFolder)
    const opened = isolate(file, shownName, input)
    const { layer = null, encoding = null, where = null } = options
    return await runWorker({ file: opened, shownName, outputFolder, layer, encoding, where })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
