import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { readConfig } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { copyFolder } from './copyFolder.ts'
import { type TestDatabase, takeDatabase } from './keptDatabase.ts'
import { databaseUrl, runOnServer } from './templateDatabase.ts'

export interface ClonedDatabase {
  /** Environment that opens the clone: `LOCAL_DIR` of the test's own, and `DATABASE_URL` on a server. */
  environment: Record<string, string>
  remove: () => Promise<void>
}

/** A database of this test's own, migrated and loaded (districts, rounds, places). */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const template = inject('template')
  const folder = mkdtempSync(join(tmpdir(), 'bm-test-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  if (template.kind === 'folder') {
    copyFolder(join(template.folder, 'postgres'), join(folder, 'postgres'))
    return { environment: { NODE_ENV: 'test', LOCAL_DIR: folder }, remove: async () => removeFolder() }
  }
  const database = `bm_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await runOnServer(template.adminUrl, `create database ${database} template ${template.database}`)
  return {
    environment: { NODE_ENV: 'test', LOCAL_DIR: folder, DATABASE_URL: databaseUrl(template.adminUrl, database) },
    remove: async () => {
      await runOnServer(template.adminUrl, `drop database if exists ${database} with (force)`)
      removeFolder()
    },
  }
}

/**
 * A database that is as the template is: on a server, or where the environment says something about databases, a clone
 * that `close` removes; else the one this worker keeps.
 */
export async function openTestDatabase(environment: Record<string, string> = {}): Promise<TestDatabase> {
  const template = inject('template')
  const isOwn = template.kind === 'server' || Object.keys(environment).some((name) => name.startsWith('DATABASE_'))
  if (!isOwn) return takeDatabase(template.folder, environment)
  const clone = await cloneDatabase()
  const config = readConfig({ ...clone.environment, ...environment })
  const handle = await openDatabase(config)
  return {
    ...handle,
    config,
    close: async () => {
      await handle.close()
      await clone.remove()
    },
  }
}
