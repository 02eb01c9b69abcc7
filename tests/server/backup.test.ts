import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Config, readConfig } from '../../server/platform/config.ts'
import { backUp } from '../../server/platform/db/backup.ts'
import { openDatabase } from '../../server/platform/db/connect.ts'
import { lockFolder } from '../../server/platform/db/folderLock.ts'
import { restore } from '../../server/platform/db/restore.ts'
import { type ClonedDatabase, cloneDatabase } from '../setup/database.ts'

// Each opens the database anew, several times.
vi.setConfig({ testTimeout: 120_000 })

const quiet = () => {}
let clone: ClonedDatabase
let config: Config
let folder: string
beforeAll(async () => {
  clone = await cloneDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bm-backups-'))
  config = readConfig(clone.environment)
})
afterAll(async () => {
  await clone.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Rows of every table, and how the districts look: counts alone would not notice swapped content. */
async function inspect(): Promise<Record<string, number | string>> {
  const { db, close } = await openDatabase(config)
  try {
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'spatial_ref_sys' order by 1`.execute(db)
    const found: Record<string, number | string> = {}
    for (const { name } of tables) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db)
      found[name] = rows[0]?.count as number
    }
    if (found.district_area !== undefined) {
      const { rows } = await sql<{
        sum: string
      }>`select md5(string_agg(ST_AsText(geom), ',' order by district_id)) as sum from district_area`.execute(db)
      found.outlines = rows[0]?.sum as string
    }
    return found
  } finally {
    await close()
  }
}

async function dropEverything(): Promise<void> {
  if (config.databaseUrl === null) return rmSync(join(config.localDir, 'postgres'), { recursive: true })
  const { db, close } = await openDatabase(config)
  await sql`do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys' loop
      execute format('drop table %I cascade', name);
    end loop; end $$`.execute(db)
  await close()
}

describe('back up, drop, restore', () => {
  test('brings back every row and every file', async () => {
    const before = await inspect()
    expect(before).toMatchObject({ district: 4, round: 5 })
    mkdirSync(join(config.storageDir, 'pictures'), { recursive: true })
    writeFileSync(join(config.storageDir, 'pictures', 'a.webp'), 'picture')
    const file = join(folder, 'whole.tar.gz')
    await backUp(config, file, quiet)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['whole.tar.gz'])

    await dropEverything()
    rmSync(config.storageDir, { recursive: true })
    await restore(config, file, quiet)
    expect(await inspect()).toEqual(before)
    expect(readFileSync(join(config.storageDir, 'pictures', 'a.webp'), 'utf8')).toBe('picture')
  })

  test('a restore over living data replaces it and keeps the old files beside', async () => {
    const before = await inspect()
    const file = join(folder, 'over.tar.gz')
    await backUp(config, file, quiet)
    const { db, close } = await openDatabase(config)
    await sql`delete from place`.execute(db)
    await close()
    const said: string[] = []
    await restore(config, file, (line) => said.push(line))
    expect(await inspect()).toEqual(before)
    expect(said.join('\n')).toMatch(/What was there before is kept in .*before-restore/)
  })
})

describe('what cannot be done says why and changes nothing', () => {
  const refuses = (work: Promise<void>, sentence: RegExp) =>
    expect(work).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(sentence) })
  // Opening it costs seconds: once for all of them.
  afterAll(async () => {
    expect(await inspect()).toMatchObject({ district: 4, round: 5 })
  })

  test('no file', async () => {
    await refuses(backUp(config, undefined, quiet), /Say where/)
    await refuses(restore(config, undefined, quiet), /Say which/)
    await refuses(restore(config, join(folder, 'nowhere.tar.gz'), quiet), /There is no file/)
  })

  test('a damaged backup', async () => {
    const file = join(folder, 'damaged.tar.gz')
    await backUp(config, file, quiet)
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, bytes.length - 2000))
    await refuses(restore(config, file, quiet), /is not a whole backup/)
    writeFileSync(file, 'something else')
    await refuses(restore(config, file, quiet), /is not a whole backup/)
  })

  test('a backup of the other kind', async () => {
    const file = join(folder, 'kind.tar.gz')
    await backUp(config, file, quiet)
    const other = config.databaseUrl === null ? { ...config, databaseUrl: 'postgres://localhost:1/none' } : { ...config, databaseUrl: null }
    await refuses(restore(other, file, quiet), /cannot be restored here/)
  })

  test('a folder in use', async () => {
    const embedded = readConfig({ NODE_ENV: 'test', LOCAL_DIR: join(folder, 'held') })
    const unlock = lockFolder(embedded.localDir)
    try {
      await expect(backUp(embedded, join(folder, 'held.tar.gz'), quiet)).rejects.toThrow(/already in use by process/)
      await expect(restore(embedded, join(folder, 'held.tar.gz'), quiet)).rejects.toThrow(/already in use by process/)
      expect(existsSync(join(folder, 'held.tar.gz'))).toBe(false)
    } finally {
      unlock()
    }
  })

  test('missing programs', async () => {
    const path = process.env.PATH
    process.env.PATH = folder
    try {
      const server = { ...config, databaseUrl: 'postgres://localhost:1/none' }
      await expect(backUp(server, join(folder, 'x.tar.gz'), quiet)).rejects.toThrow(
        /The program pg_dump is missing\. Install the PostgreSQL client programs/,
      )
    } finally {
      process.env.PATH = path
    }
  })
})
