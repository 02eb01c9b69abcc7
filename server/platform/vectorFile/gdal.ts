import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'

export interface GdalDataset {
  pointer: number
  path: string
  type: string
}

/** The part of gdal3.js in use; the package has no types for its Node build. */
export interface Gdal {
  open(file: string, openOptions?: string[]): Promise<{ datasets: GdalDataset[]; errors: { message: string }[] }>
  close(dataset: GdalDataset): Promise<void>
  ogrinfo(dataset: GdalDataset, options?: string[]): Promise<unknown>
  ogr2ogr(dataset: GdalDataset, options: string[], outputName: string): Promise<{ real: string }>
}

type Start = (options: {
  path: string
  dest: string
  useWorker: false
  env: Record<string, string>
  logHandler: (line: string) => void
  errorHandler: (line: string) => void
}) => Promise<Gdal>

/**
 * Starts GDAL (WebAssembly, once per thread) with a folder for what it writes; `onError` gets each line it complains with.
 * It keeps its memory until the thread ends, so a file is read in a thread of its own.
 */
export function openGdal(outputFolder: string, onError: (line: string) => void, settings: Record<string, string> = {}): Promise<Gdal> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('gdal3.js/node.js')
  const start: Start = require(entry)
  return start({
    // gdal3.js puts "./" before it, so it has to be relative.
    path: relative(process.cwd(), `${dirname(entry)}/dist/package`) || '.',
    dest: outputFolder,
    useWorker: false,
    env: settings,
    logHandler: () => {},
    errorHandler: onError,
  })
}
