// `npm run demo:clear`: removes demo rounds with their ideas, projects, pictures, invented people and invented constraint layers,
// and nothing else.
import { deleteDemoPeople } from '../../server/accounts/import.ts'
import { deleteDemoLayers } from '../../server/constraints/importDemo.ts'
import { deleteElectionsOfRounds } from '../../server/elections/import.ts'
import { removeFiles } from '../../server/files/keys.ts'
import { deleteIdeasOfRounds } from '../../server/ideas/import.ts'
import { readConfig } from '../../server/platform/config.ts'
import { type Database, openDatabase } from '../../server/platform/db/connect.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { createFolderStorage } from '../../server/platform/storage/folderStorage.ts'
import type { Storage } from '../../server/platform/storage/storage.ts'
import { deleteProjectsOfRounds } from '../../server/projects/import.ts'
import { deleteDemoRounds, selectDemoYears } from '../../server/rounds/import.ts'
import type { Say } from '../dataFile.ts'
import { runCommand } from '../runCommand.ts'

/** Removes every demo round with all that was put into it. */
export async function clearDemo(db: Database, storage: Storage, say: Say): Promise<void> {
  const years = await selectDemoYears(db)
  const { ideaCount, pictureIds, personCount, layerCount } = await db.transaction().execute(async (trx) => {
    // A ballot keeps its projects: it goes before them.
    await deleteElectionsOfRounds(trx, years)
    await deleteProjectsOfRounds(trx, years)
    const ideas = await deleteIdeasOfRounds(trx, years)
    const personCount = await deleteDemoPeople(trx)
    const layerCount = await deleteDemoLayers(trx)
    await deleteDemoRounds(trx)
    return { ...ideas, personCount, layerCount }
  })
  // After the rows are surely gone: a file without a row is litter, a row without its file is a broken page.
  for (const pictureId of pictureIds) await removeFiles(storage, pictureId)
  if (years.length === 0) return say('There is no demo round.')
  say(`Removed the demo round of ${years.join(', ')}: ${ideaCount} ideas, ${pictureIds.length} pictures, ${personCount} invented people.`)
  if (layerCount > 0) say(`Removed the example data of ${layerCount} constraint layers; they count as not checked now.`)
  say('It comes back at the next start unless DEMO=false is set.')
}

if (import.meta.main) {
  await runCommand(async (say) => {
    const config = readConfig(process.env)
    const { db, close } = await openDatabase(config)
    try {
      await migrate(db)
      await clearDemo(db, createFolderStorage(config.storageDir), say)
    } finally {
      await close()
    }
  })
}
