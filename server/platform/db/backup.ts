// `npm run backup -- <file>`: database and pictures in one .tar.gz.
import { join, resolve } from 'node:path'
import { type Config, readConfig, StartError } from '../config.ts'
import { packFolder, withWorkFolder, writeArchive } from './archive.ts'
import { lockFolder } from './folderLock.ts'
import { dumpServer } from './serverPrograms.ts'

type Say = (line: string) => void

/** A folder at rest is a whole database: what was not written out is in its log. So nobody may hold it meanwhile. */
async function packEmbedded(localDir: string, folder: string): Promise<void> {
  const unlock = lockFolder(localDir)
  try {
    await packFolder(join(localDir, 'postgres'), join(folder, 'database'))
  } finally {
    unlock()
  }
}

/**
 * Writes a backup of what the configuration names. @errors StartError when the folder is in use or a program is missing
 */
export async function backUp(config: Config, file: string | undefined, say: Say, now = new Date()): Promise<void> {
  if (!file) throw new StartError('Say where to write the backup: npm run backup -- backup.tar.gz')
  const target = resolve(file)
  const { databaseUrl, localDir, storageDir } = config
  await withWorkFolder(target, async (folder) => {
    // The database first: every picture it tells of is then surely among the files.
    if (databaseUrl === null) await packEmbedded(localDir, folder)
    else await dumpServer(databaseUrl, join(folder, 'database'))
    await packFolder(storageDir, join(folder, 'files.tar'))
    const bytes = await writeArchive(folder, databaseUrl === null ? 'embedded' : 'server', now, target)
    say(`Backup written: ${target} (${(bytes / 1024 / 1024).toFixed(1)} MB).`)
  })
}

if (import.meta.main) {
  try {
    await backUp(readConfig(process.env), process.argv[2], console.log)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(`No backup was made. ${error.message}`)
    process.exitCode = 1
  }
}
