import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { installPackages, isDebianAsRoot } from './debianPackage.ts'

const run = promisify(execFile)
const MAX_BYTES = 64 * 1024 * 1024

function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** GDAL's own programs, as planners have them beside QGIS; on Debian as root they are installed. */
export function requireGdal(): void {
  if (!findProgram('ogr2ogr') && isDebianAsRoot()) installPackages('gdal-bin')
  if (!findProgram('ogr2ogr'))
    throw new Error('These tests read our answers with GDAL. Install its programs (on Debian: apt-get install gdal-bin).')
}

/** What `ogrinfo` or `ogr2ogr` says. Warnings are failures: a client would show them to people. */
export async function gdal(program: 'ogrinfo' | 'ogr2ogr', ...words: string[]): Promise<string> {
  const { stdout, stderr } = await run(program, words, { maxBuffer: MAX_BYTES, env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  if (/\b(ERROR|Warning)\b/.test(stderr)) throw new Error(`${program} ${words.join(' ')}: ${stderr}`)
  return stdout
}

export interface ReadFeature {
  id?: string | number
  properties: Record<string, unknown>
  geometry: { type: string; coordinates: unknown } | null
}

/** Features of a layer as GDAL reads them, as GeoJSON with its coordinates untouched. */
export async function readWithGdal(source: string, ...words: string[]): Promise<ReadFeature[]> {
  const text = await gdal(
    'ogr2ogr',
    '-f',
    'GeoJSON',
    '-lco',
    'RFC7946=NO',
    '-lco',
    'COORDINATE_PRECISION=15',
    '/vsistdout/',
    source,
    ...words,
  )
  return (JSON.parse(text) as { features: ReadFeature[] }).features
}
