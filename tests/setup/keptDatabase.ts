import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { type Config, readConfig } from '../../server/platform/config.ts'
import { type DatabaseHandle, openDatabase } from '../../server/platform/db/connect.ts'
import type { DB } from '../../server/platform/db/schema.ts'
import { copyFolder } from './copyFolder.ts'
import { bringBack, type Pristine, readPristine } from './pristine.ts'

// To start the embedded database and to warm it takes ten times as long as to bring its few rows back. The files of a
// worker share one process, so the database of the last file is the next one's as well; what cannot be brought back,
// as the fingerprints of its rows and of its schema tell, is closed, and the next file starts anew.

export interface TestDatabase extends DatabaseHandle {
  config: Config
}

interface Kept {
  templateFolder: string
  handle: DatabaseHandle
  pristine: Pristine
}

let idle: Kept | undefined

async function start(templateFolder: string): Promise<Kept> {
  // Within the template's folder: that is removed when the run is over, whatever ends this process.
  const folder = mkdtempSync(join(templateFolder, 'kept-'))
  copyFolder(join(templateFolder, 'postgres'), join(folder, 'postgres'))
  const handle = await openDatabase(readConfig({ NODE_ENV: 'test', LOCAL_DIR: folder }))
  const close = async () => {
    await handle.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { templateFolder, handle: { ...handle, close }, pristine: await readPristine(handle.db) }
}

/** Whether nobody holds a connection any more; what a file left running gets a moment to end. */
async function isQuiet(pool: Pool): Promise<boolean> {
  for (let wait = 0; wait < 20; wait++) {
    if (pool.idleCount === pool.totalCount && pool.waitingCount === 0) return true
    await pause(50)
  }
  return false
}

async function giveBack(kept: Kept): Promise<void> {
  const { handle, pristine } = kept
  const isGood = (await isQuiet(handle.pool)) && (await bringBack(handle.db, pristine).catch(() => false))
  if (isGood && idle === undefined) idle = kept
  else await handle.close()
}

/** The database this worker keeps, or a new one while that is taken; `close` gives it back. */
export async function takeDatabase(templateFolder: string, environment: Record<string, string>): Promise<TestDatabase> {
  const kept = idle?.templateFolder === templateFolder ? idle : await start(templateFolder)
  if (kept === idle) idle = undefined
  const folder = mkdtempSync(join(tmpdir(), 'bm-test-'))
  return {
    ...kept.handle,
    // The server remembers things per database object: each file has its own.
    db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: kept.handle.pool }) }),
    config: readConfig({ NODE_ENV: 'test', LOCAL_DIR: folder, ...environment }),
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await giveBack(kept)
    },
  }
}
