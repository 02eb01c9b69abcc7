import { promises as fs } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import { StartError } from '../config.ts'
import type { Database } from './connect.ts'

const migrationFolder = path.resolve(import.meta.dirname, '../../../migrations')

function migratorOf(db: Database): Migrator {
  return new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) })
}

/** Names of the migrations of this checkout, and of those the database has. */
async function migrationNames(db: Database): Promise<{ known: string[]; run: Set<string> }> {
  const files = await fs.readdir(migrationFolder)
  const known = files.filter((file) => file.endsWith('.ts')).map((file) => path.parse(file).name)
  const { rows } = await sql<{ isThere: boolean }>`select to_regclass('kysely_migration') is not null as "isThere"`.execute(db)
  if (!rows[0]?.isThere) return { known, run: new Set() }
  const run = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return { known, run: new Set(run.rows.map(({ name }) => name)) }
}

/** True when the database has every migration of this checkout. */
export async function isMigrated(db: Database): Promise<boolean> {
  const { known, run } = await migrationNames(db)
  return known.every((name) => run.has(name))
}

/** Runs what has not run yet; returns the names. Several processes may call it at once. @errors StartError */
export async function migrate(db: Database): Promise<string[]> {
  const { known, run } = await migrationNames(db)
  // The migrator reads the whole schema and each file first, a second of every start.
  if (known.length === run.size && known.every((name) => run.has(name))) return []
  const { error, results = [] } = await migratorOf(db).migrateToLatest()
  if (error) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'before the first'
    throw new StartError(`Migration ${failed} failed and was undone: ${(error as Error).message ?? error}.`)
  }
  return results.map((result) => result.migrationName)
}
