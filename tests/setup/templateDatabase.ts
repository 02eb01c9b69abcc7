import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { loadAll } from '../../data/load.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { copyFolder } from './copyFolder.ts'

/** Where tests find the database to clone: a folder to copy, or a template database on a server. */
export type Template = { kind: 'folder'; folder: string; demoFolder: string } | { kind: 'server'; adminUrl: string; database: string }

declare module 'vitest' {
  interface ProvidedContext {
    template: Template
  }
}

async function fill(environment: Record<string, string>, withDemo = false): Promise<void> {
  const handle = await openDatabase(readConfig({ NODE_ENV: 'test', ...environment }))
  await migrate(handle.db)
  await loadAll({ db: handle.db, isEmbedded: handle.isEmbedded, withDemo, clock: systemClock, say: () => {} })
  await handle.close()
}

export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.toString()
}

export async function runOnServer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect().catch((error) => {
    throw new Error(
      `TEST_DATABASE_URL cannot be reached (${error.message}). Start that server, or unset TEST_DATABASE_URL to test on the embedded database.`,
    )
  })
  await client.query(statement)
  await client.end()
}

async function makeServerTemplate(adminUrl: string) {
  const database = `bm_template_${process.pid}_${Date.now().toString(36)}`
  await runOnServer(adminUrl, `create database ${database}`)
  await fill({ DATABASE_URL: databaseUrl(adminUrl, database) })
  const template: Template = { kind: 'server', adminUrl, database }
  return { template, remove: () => runOnServer(adminUrl, `drop database ${database} with (force)`) }
}

async function makeFolderTemplate() {
  const folder = mkdtempSync(join(tmpdir(), 'bm-template-'))
  await fill({ LOCAL_DIR: folder })
  const demoFolder = join(folder, 'with-demo')
  copyFolder(join(folder, 'postgres'), join(demoFolder, 'postgres'))
  await fill({ LOCAL_DIR: demoFolder }, true)
  const template: Template = { kind: 'folder', folder, demoFolder }
  return { template, remove: async () => {} }
}

const MEMORY = '/dev/shm'
const ROOM_BYTES = 4 * 2 ** 30

/** In memory where that has room: a database is a thousand small files, and to copy one costs ten times as much on a disk. */
function roomyFolder(): string {
  if (process.env.TMPDIR) return process.env.TMPDIR
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM_BYTES ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** The template, and a folder for temporary files of all processes of the run: those that are killed leave some behind. */
async function makeTemplate(adminUrl: string | undefined) {
  const folder = mkdtempSync(join(roomyFolder(), 'bm-tests-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  // Also when the run is broken off.
  process.once('exit', removeFolder)
  // A PostgreSQL that tests start runs as another user, who must get through to its own folder in here.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  // Tests start some sixty processes of ours: what one has compiled the others need not.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled')
  const { template, remove } = await (adminUrl ? makeServerTemplate(adminUrl) : makeFolderTemplate())
  const removeAll = async () => {
    await remove()
    removeFolder()
  }
  return { template, remove: removeAll }
}

// Each project loads this file for itself; what they share lies beside.
const shared = globalThis as { borgermillionenTemplate?: ReturnType<typeof makeTemplate> }

/** Migrates and loads once for the whole run; every test file clones it. */
export default async function setup(project: TestProject) {
  shared.borgermillionenTemplate ??= makeTemplate(process.env.TEST_DATABASE_URL)
  const { template, remove } = await shared.borgermillionenTemplate
  project.provide('template', template)
  return async () => {
    if (!shared.borgermillionenTemplate) return
    shared.borgermillionenTemplate = undefined
    await remove()
  }
}
