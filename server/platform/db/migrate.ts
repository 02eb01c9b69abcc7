import { promises as fs } from 'node:fs'
import path from 'node:path'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import { StartError } from '../config.ts'
import type { Database } from './connect.ts'

const migrationFolder = path.resolve(import.meta.dirname, '../../../migrations')

function migratorOf(db: Database): Migrator {
  return new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) })
}

/** Runs what has not run yet; returns the names. Several processes may call it at once. @errors StartError */
export async function migrate(db: Database): Promise<string[]> {
  const { error, results = [] } = await migratorOf(db).migrateToLatest()
  if (error) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'before the first'
    throw new StartError(`Migration ${failed} failed and was undone: ${(error as Error).message ?? error}.`)
  }
  return results.map((result) => result.migrationName)
}

/** True when the database has every migration of this checkout. */
export async function isMigrated(db: Database): Promise<boolean> {
  const migrations = await migratorOf(db).getMigrations()
  return migrations.every((migration) => migration.executedAt !== undefined)
}
