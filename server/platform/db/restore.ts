// `npm run restore -- <file>`: puts a backup in the place of database and pictures.
import { join } from 'node:path'
import { type Config, readConfig, StartError } from '../config.ts'
import { openArchive, replaceFolder, unpackFolder, withWorkFolder } from './archive.ts'
import { openDatabase } from './connect.ts'
import { lockFolder } from './folderLock.ts'
import { restoreServer } from './serverPrograms.ts'

type Say = (line: string) => void

async function restoreEmbedded(localDir: string, folder: string, now: Date): Promise<string | null> {
  const fresh = join(folder, 'postgres')
  await unpackFolder(join(folder, 'database'), fresh)
  return replaceFolder(fresh, join(localDir, 'postgres'), now)
}

async function restoreDatabase(config: Config & { databaseUrl: string }, folder: string): Promise<void> {
  // Opening it says in clear words what is wrong, and makes the extensions the dump's tables need.
  const { close } = await openDatabase(config)
  await close()
  await restoreServer(config.databaseUrl, join(folder, 'database'), folder)
}

/**
 * Restores a backup into what the configuration names. What was in the folders is kept beside them.
 * @errors StartError when the file is no backup or of the other kind, the folder is in use, or a program is missing
 */
export async function restore(config: Config, file: string | undefined, say: Say, now = new Date()): Promise<void> {
  if (!file) throw new StartError('Say which backup to restore: npm run restore -- backup.tar.gz')
  const { databaseUrl, localDir, storageDir } = config
  // Nobody may start on the folder meanwhile, and what is unpacked lies on the same disk, so that it can be moved.
  const unlock = databaseUrl === null ? lockFolder(localDir) : () => {}
  try {
    await withWorkFolder(join(localDir, 'restore'), async (folder) => {
      const { madeAt } = await openArchive(file, folder, databaseUrl === null ? 'embedded' : 'server')
      await unpackFolder(join(folder, 'files.tar'), join(folder, 'files'))
      const kept =
        databaseUrl === null ? await restoreEmbedded(localDir, folder, now) : await restoreDatabase({ ...config, databaseUrl }, folder)
      const keptFiles = replaceFolder(join(folder, 'files'), storageDir, now)
      say(`Restored the backup of ${madeAt}.`)
      for (const old of [kept, keptFiles]) if (old) say(`What was there before is kept in ${old}; remove it when all is well.`)
    })
  } finally {
    unlock()
  }
}

if (import.meta.main) {
  try {
    await restore(readConfig(process.env), process.argv[2], console.log)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(`Nothing was restored. ${error.message}`)
    process.exitCode = 1
  }
}
