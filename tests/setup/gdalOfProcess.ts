import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Gdal, openGdal } from '../../server/platform/vectorFile/gdal.ts'

/** GDAL and the one folder it writes to: it starts once per process, and the files of a worker share theirs. */
export interface GdalOfProcess {
  gdal: Gdal
  folder: string
}

let started: Promise<GdalOfProcess> | undefined

async function start(): Promise<GdalOfProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bm-gdal-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { gdal: await openGdal(folder, () => {}), folder }
}

/** This process's GDAL, with nothing left in its folder by the file before. */
export async function takeGdal(): Promise<GdalOfProcess> {
  started ??= start()
  const taken = await started
  for (const name of readdirSync(taken.folder)) rmSync(join(taken.folder, name), { recursive: true })
  return taken
}
